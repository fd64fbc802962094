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

/** One object to make and to empty, named by kind for the certificate. */
interface TenantObject {
  kind: string;
  /** The binding it is reached by: a test holds that every binding is among them. */
  binding: keyof ObjectBindings;
  /** A call that changes nothing. */
  wake(): Promise<unknown>;
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
    wake: () => runnerOf(env, tenant, shard).size(),
    erase: () => runnerOf(env, tenant, shard).erase(),
  }));
  const signIns = credentials.filter(isCredentialId).map((credential): TenantObject => ({
    kind: 'sign-ins',
    binding: 'SIGN_IN',
    wake: () => signInOf(env, tenant, credential).take('', null),
    erase: () => signInOf(env, tenant, credential).erase(),
  }));
  return [
    ...runners,
    ...signIns,
    {
      kind: 'tables',
      binding: 'TABLES',
      wake: () => tablesOf(env, tenant).size(),
      erase: () => tablesOf(env, tenant).erase(),
    },
    {
      kind: 'queries',
      binding: 'QUERIES',
      // empty before and after each call
      wake: () => queriesOf(env, tenant).erase(),
      erase: () => queriesOf(env, tenant).erase(),
    },
    {
      kind: 'usage',
      binding: 'METER',
      wake: () => meterOf(env, tenant).ledger(),
      erase: () => meterOf(env, tenant).erase(),
    },
    {
      kind: 'audit',
      binding: 'AUDIT',
      wake: () => auditOf(env, tenant).ends(),
      erase: () => auditOf(env, tenant).erase(),
    },
  ];
}

export const registryOf = (env: ObjectBindings, tenant: string): TenantObject => ({
  kind: 'registry',
  binding: 'TENANT',
  wake: () => tenantOf(env, tenant).profile(),
  erase: () => tenantOf(env, tenant).erase(),
});
