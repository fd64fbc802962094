import { isTenantId, runnerOf } from '../../durable-objects/stubs.ts';
import { common } from '../kit/problem.ts';
import type { OperatorCall } from './call.ts';

/** `GET /internal/stats?tenant=&shard=`: counters of one runner, for benchmarks and operators. */
export async function runnerStats({ env, url: { searchParams } }: OperatorCall) {
  const tenant = searchParams.get('tenant') ?? '';
  const shard = Number(searchParams.get('shard') ?? '0');
  if (!isTenantId(tenant) || !Number.isInteger(shard) || shard < 0) {
    throw common('input-invalid', { hint: 'Give tenant, an id, and shard, a number from 0.' });
  }
  return runnerOf(env, tenant, shard).stats();
}
