import { isTenantId, runnerOf } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { common } from '../kit/problem.ts';

/** `GET /internal/stats?tenant=&shard=`: counters of one runner, for benchmarks and operators. */
export async function runnerStats(request: Request, env: Env): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const tenant = searchParams.get('tenant') ?? '';
  const shard = Number(searchParams.get('shard') ?? '0');
  if (!isTenantId(tenant) || !Number.isInteger(shard) || shard < 0) {
    throw common('input-invalid', { hint: 'Give tenant, an id, and shard, a number from 0.' });
  }
  return Response.json(await runnerOf(env, tenant, shard).stats());
}
