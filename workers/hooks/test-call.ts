import type { Workflow } from '../../core/graph/document.ts';
import { publicationOf } from '../areas/workflows/triggers.ts';
import { d1Workflows } from '../areas/workflows/store.ts';
import type { Env } from '../env.ts';
import { sha256Hex } from '../kit/digest.ts';
import { common } from '../kit/problem.ts';
import { compile, type Routes, routesOf } from '../kit/route-table.ts';
import { TEST_PREFIX, workflowOfToken } from '../kit/test-hook.ts';
import type { Address } from './address.ts';
import { hookUnknown } from './failures.ts';
import { type Match, match } from './match.ts';
import { mayLookUp } from './probe-limit.ts';

interface TestCall {
  routes: Routes;
  found: Match;
  /** What runs: the draft as it stands. */
  source: { workflow: string; version: string; doc: Workflow };
}

/**
 * A call to a draft somebody tries out (HOOK19): `~~/{token}/{path}`. Not the hot path: the draft is read, and what
 * answers is found as publishing would find it.
 */
export async function testCallOf(env: Env, { tenant, path }: Address): Promise<TestCall | undefined> {
  if (!path.startsWith(TEST_PREFIX)) return undefined;
  if (!mayLookUp(tenant)) {
    throw common('rate-limited', { hint: 'Too many unknown addresses.', headers: { 'retry-after': '1' } });
  }
  const [token = '', ...rest] = path.slice(TEST_PREFIX.length).split('/');
  const deploymentKey = env.DEPLOYMENT_KEY;
  const workflow = deploymentKey && (await workflowOfToken(token, { tenant, deploymentKey, nowMs: Date.now() }));
  const row = workflow ? await d1Workflows(env.DB, tenant).get(workflow) : undefined;
  if (!workflow || !row) throw hookUnknown(path);
  const doc = JSON.parse(row.draft) as Workflow;
  const version = `draft:${(await sha256Hex(row.draft)).slice(0, 16)}`;
  const { hooks } = publicationOf(workflow, 0, { document: doc, environment: 'production' });
  const table = await routesOf(env, tenant);
  const { version: known, shards, standing, branding } = table;
  const routes = compile({ version: known, shards, standing, branding, hooks });
  const found = match(routes, rest.join('/'));
  if (!found) throw hookUnknown(rest.join('/'));
  return { routes, found, source: { workflow, version, doc } };
}
