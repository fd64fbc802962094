import { cpuMsOf } from '../process-tree.ts';
import { round } from '../results.ts';
import type { ApiRate } from '../results.ts';
import type { BenchContext, Section } from '../section.ts';
import { requireWrk, wrk } from '../wrk.ts';

/** Few enough that a request is not mostly waiting for the others. */
const CONNECTIONS = 4;

/** What knowing who asks costs: an answer for anybody beside answers for a key, on one server in one run. */
async function run(context: BenchContext) {
  requireWrk();
  const { url, apiKey, pid } = await context.product();
  const headers = { authorization: `Bearer ${apiKey}` };
  const measure = async (path: string, withKey: boolean): Promise<ApiRate> => {
    const load = { url: url + path, method: 'GET', connections: CONNECTIONS, ...(withKey ? { headers } : {}) } as const;
    await wrk({ ...load, seconds: 1 });
    const before = cpuMsOf(pid);
    const { requests, rps, p50, p99, errors } = await wrk({ ...load, seconds: context.seconds });
    if (errors > 0) throw new Error(`${errors} of ${requests} requests to ${path} failed`);
    const cpuMs = round((cpuMsOf(pid) - before) / Math.max(1, requests), 3);
    return { rps: round(rps), p50: round(p50, 2), p99: round(p99, 2), cpuMs };
  };
  const hello = await measure('/health', false);
  const access = await measure('/v1/access', true);
  const list = await measure('/v1/projects', true);
  return { results: { api: { hello, access, list } } };
}

export const section: Section = { name: 'api', run };
