import type { Region } from '../core/environment/region.ts';
import type { AuditRpc } from './audit/protocol.ts';
import type { MeterRpc } from './meter/protocol.ts';
import type { RunnerRpc } from './runner/protocol.ts';
import type { QueriesRpc } from './queries/protocol.ts';
import type { SignInRpc } from './sign-in/protocol.ts';
import type { TablesRpc } from './tables/protocol.ts';
import type { TenantRpc } from './tenant/protocol.ts';

/** The bindings through which objects are reached. */
export interface ObjectBindings {
  TENANT: DurableObjectNamespace;
  RUNNER: DurableObjectNamespace;
  TABLES: DurableObjectNamespace;
  QUERIES: DurableObjectNamespace;
  AUDIT: DurableObjectNamespace;
  SIGN_IN: DurableObjectNamespace;
  METER: DurableObjectNamespace;
}

/**
 * The same bindings, through which objects are made near a region. Cloudflare heeds that at an object's first call and
 * never again, so only who may be the first to call needs it; one machine has one place and ignores it.
 */
export function near(env: ObjectBindings, region: Region | null): ObjectBindings {
  if (region === null) return env;
  const hinted = (namespace: DurableObjectNamespace): DurableObjectNamespace =>
    // SAFETY: the functions below use nothing else of a namespace.
    ({
      getByName: (name: string) => namespace.getByName(name, { locationHint: region }),
    }) as unknown as DurableObjectNamespace;
  return {
    TENANT: hinted(env.TENANT),
    RUNNER: hinted(env.RUNNER),
    TABLES: hinted(env.TABLES),
    QUERIES: hinted(env.QUERIES),
    AUDIT: hinted(env.AUDIT),
    SIGN_IN: hinted(env.SIGN_IN),
    METER: hinted(env.METER),
  };
}

const TENANT_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** The only place that names objects, so that no name can lack its tenant. */
function nameOf(tenant: string, ...rest: (string | number)[]): string {
  if (!TENANT_ID.test(tenant)) throw new Error(`Not a tenant id: ${JSON.stringify(tenant.slice(0, 80))}`);
  return [tenant, ...rest].join('/');
}

export const isTenantId = (text: string): boolean => TENANT_ID.test(text);

export function tenantOf(env: ObjectBindings, tenant: string): TenantRpc {
  // SAFETY: the namespace is bound to the class that implements TenantRpc (wrangler.toml).
  return env.TENANT.getByName(nameOf(tenant)) as unknown as TenantRpc;
}

export function runnerOf(env: ObjectBindings, tenant: string, shard: number): RunnerRpc {
  // SAFETY: the namespace is bound to the class that implements RunnerRpc (wrangler.toml).
  return env.RUNNER.getByName(nameOf(tenant, `shard-${shard}`)) as unknown as RunnerRpc;
}

export function auditOf(env: Pick<ObjectBindings, 'AUDIT'>, tenant: string): AuditRpc {
  // SAFETY: the namespace is bound to the class that implements AuditRpc (wrangler.toml).
  return env.AUDIT.getByName(nameOf(tenant)) as unknown as AuditRpc;
}

export function meterOf(env: Pick<ObjectBindings, 'METER'>, tenant: string): MeterRpc {
  // SAFETY: the namespace is bound to the class that implements MeterRpc (wrangler.toml).
  return env.METER.getByName(nameOf(tenant)) as unknown as MeterRpc;
}

export function tablesOf(env: Pick<ObjectBindings, 'TABLES'>, tenant: string): TablesRpc {
  // SAFETY: the namespace is bound to the class that implements TablesRpc (wrangler.toml).
  return env.TABLES.getByName(nameOf(tenant, 'tables')) as unknown as TablesRpc;
}

export function queriesOf(env: Pick<ObjectBindings, 'QUERIES'>, tenant: string): QueriesRpc {
  // SAFETY: the namespace is bound to the class that implements QueriesRpc (wrangler.toml).
  return env.QUERIES.getByName(nameOf(tenant, 'queries')) as unknown as QueriesRpc;
}

const CREDENTIAL_ID = /^cred_[0-9a-z]{16}$/;

export const isCredentialId = (text: string): boolean => CREDENTIAL_ID.test(text);

export function signInOf(env: Pick<ObjectBindings, 'SIGN_IN'>, tenant: string, credential: string): SignInRpc {
  if (!isCredentialId(credential)) throw new Error(`Not a credential id: ${JSON.stringify(credential.slice(0, 80))}`);
  // SAFETY: the namespace is bound to the class that implements SignInRpc (wrangler.toml).
  return env.SIGN_IN.getByName(nameOf(tenant, 'credential', credential)) as unknown as SignInRpc;
}
