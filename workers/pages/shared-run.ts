import { addressIn } from '../hooks/address.ts';
import { mayLookUp } from '../hooks/probe-limit.ts';
import { runnerOfRun } from '../access/run-place.ts';
import { workflowName } from '../access/workflow-name.ts';
import type { RunView } from '../../durable-objects/runner/protocol.ts';
import { isTenantId } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { sameSecret, sha256Hex } from '../kit/digest.ts';
import { common, suspended } from '../kit/problem.ts';
import { newRequestId } from '../kit/response.ts';
import { routesOf } from '../kit/route-table.ts';
import { d1Shares, type StoredShare } from '../shares/store.ts';
import { pageFailure } from './failure.ts';
import { pageResponse } from './layout.ts';
import { readerOf } from './reader.ts';
import { SHARED_STYLE, sharedBody } from './shared-view.ts';

const gone = () =>
  common('not-found', {
    detail: 'This link shows nothing, or no longer.',
    hint: 'Ask whoever sent it for a new one: links end, and can be revoked.',
  });

/** `/shared/{tenant}/{share}/{secret}`: a run, to look at, for whoever has the link. */
export async function serveSharedRun(request: Request, env: Env): Promise<Response> {
  const reader = readerOf(request, newRequestId());
  try {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw common('method-not-allowed', { headers: { allow: 'GET, HEAD' } });
    }
    const address = addressIn(request.url, '/shared/');
    const [id, secret, ...rest] = address?.path.split('/') ?? [];
    if (!address || !isTenantId(address.tenant) || !id || !secret || rest.length > 0) throw gone();
    const { tenant } = address;
    if (!mayLookUp(tenant)) throw common('rate-limited', { headers: { 'retry-after': '1' } });
    const share = await d1Shares(env.DB, tenant).find(id, Date.now());
    if (!share || !(await sameSecret(await sha256Hex(secret), share.secretHash))) throw gone();
    const view = await viewOf(env, tenant, share);
    const title = (await workflowName(env.DB, tenant, view.workflow)) ?? reader.words.shared.run;
    const body = sharedBody({ view, title, share, words: reader.words });
    return pageResponse({ title, body, css: SHARED_STYLE, isSecret: true }, reader);
  } catch (error) {
    return pageFailure(error, reader);
  }
}

async function viewOf(env: Env, tenant: string, { run }: StoredShare): Promise<RunView> {
  const { standing } = await routesOf(env, tenant);
  if (standing !== 'active') throw suspended();
  const view = await (await runnerOfRun(env, tenant, run))?.view(run);
  if (!view?.ok) throw gone();
  // SAFETY: the protocol says that this is the JSON text of a RunView.
  return JSON.parse(view.value) as RunView;
}
