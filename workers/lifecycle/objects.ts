import type { Erased } from '../../durable-objects/tenant/protocol.ts';
import {
  auditOf,
  isCredentialId,
  meterOf,
  queriesOf,
  runnerOf,
  signInOf,
  tablesOf,
  tenantOf,
} from '../../durable-objects/stubs.ts';
import type { ObjectBindings } from '../../durable-objects/stubs.ts';

/** One object to empty, named by kind for the certificate. */
export interface TenantObject {
  kind: string;
  /** The binding it is reached by: a test holds that every binding is among them. */
  binding: keyof ObjectBindings;
  erase(): Promise<Erased>;
}

/** Every object of a tenant but the tenant itself, which goes last. The audit log comes after all who may write to it. */
export function objectsOf(
  env: ObjectBindings,
  tenant: string,
  { shards, credentials }: { shards: number; credentials: readonly string[] },
): TenantObject[] {
  const runners = Array.from({ length: shards }, (_, shard): TenantObject => ({
    kind: 'runs',
    binding: 'RUNNER',
    erase: () => runnerOf(env, tenant, shard).erase(),
  }));
  const signIns = credentials.filter(isCredentialId).map((credential): TenantObject => ({
    kind: 'sign-ins',
    binding: 'SIGN_IN',
    erase: () => signInOf(env, tenant, credential).erase(),
  }));
  return [
    ...runners,
    ...signIns,
    { kind: 'tables', binding: 'TABLES', erase: () => tablesOf(env, tenant).erase() },
    { kind: 'queries', binding: 'QUERIES', erase: () => queriesOf(env, tenant).erase() },
    { kind: 'usage', binding: 'METER', erase: () => meterOf(env, tenant).erase() },
    { kind: 'audit', binding: 'AUDIT', erase: () => auditOf(env, tenant).erase() },
  ];
}

export const registryOf = (env: ObjectBindings, tenant: string): TenantObject => ({
  kind: 'registry',
  binding: 'TENANT',
  erase: () => tenantOf(env, tenant).erase(),
});
