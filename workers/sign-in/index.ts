import { auditOf, isCredentialId, isTenantId, signInOf, tenantOf } from '../../durable-objects/stubs.ts';
import { outcomeOf } from '../../core/audit/entry.ts';
import type { Env } from '../env.ts';
import { EgressError } from '../executor/egress/error.ts';
import { networkPorts } from '../executor/egress/network.ts';
import type { NetworkLike } from '../executor/ports.ts';
import { fetchRefsFor } from '../executor/external/fetch.ts';
import { vaultKeeper } from '../executor/tokens/keeper.ts';
import { sha256Hex } from '../kit/digest.ts';
import { common, Problem } from '../kit/problem.ts';
import { failureResponse, newRequestId, SECURITY_HEADERS } from '../kit/response.ts';
import { VaultError } from '../vault/envelope.ts';
import { vaultResolver } from '../vault/resolver.ts';
import { browserCookieIn, CALLBACK_PATH } from './browser.ts';
import { endPage, SCRIPT, SCRIPT_PATH } from './end-page.ts';
import { finishSignIn, Unfinished } from './finish.ts';

/** `/oauth/*`: where services send people back to. */
export async function serveSignIn(request: Request, env: Env): Promise<Response> {
  const requestId = newRequestId();
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === SCRIPT_PATH) {
    const headers = {
      ...SECURITY_HEADERS,
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    };
    return new Response(SCRIPT, { headers });
  }
  if (pathname !== CALLBACK_PATH) return failureResponse(common('not-found'), requestId);
  if (request.method !== 'GET') {
    return failureResponse(common('method-not-allowed', { headers: { allow: 'GET' } }), requestId);
  }
  try {
    const name = await answered(searchParams, { request, env, requestId });
    return endPage(request, { status: 200, text: `${name} is connected. You can close this window.` }, requestId);
  } catch (error) {
    const said = saidOf(error);
    return said ? endPage(request, said, requestId) : failureResponse(error, requestId);
  }
}

/** What the person is told; undefined: a bug, of which they are told nothing. */
function saidOf(error: unknown): { status: number; text: string } | undefined {
  if (error instanceof Unfinished) return { status: 400, text: error.message };
  if (error instanceof EgressError || error instanceof VaultError) return { status: 502, text: error.message };
  return error instanceof Problem ? { status: error.status, text: error.title } : undefined;
}

/** Returns the credential's name. @throws Unfinished, EgressError, VaultError. */
async function answered(
  query: URLSearchParams,
  { request, env, requestId }: { request: Request; env: Env; requestId: string },
): Promise<string> {
  const stale =
    'This sign-in is unknown, was used already, took more than ten minutes, or was begun in another browser. Begin it again.';
  // Given twice, nobody knows which of them counts.
  for (const name of ['state', 'code', 'error', 'iss']) if (query.getAll(name).length > 1) throw new Unfinished(stale);
  const state = query.get('state') ?? '';
  const [tenant = '', credential = '', nonce = ''] = state.split('.');
  if (!isTenantId(tenant) || !isCredentialId(credential) || !/^[\w-]{43}$/.test(nonce)) throw new Unfinished(stale);
  const browser = browserCookieIn(request.headers);
  const pending = await signInOf(env, tenant, credential).take(
    await sha256Hex(state),
    browser === undefined ? null : await sha256Hex(browser),
  );
  if (!pending) throw new Unfinished(stale);
  const note = (status: number) =>
    auditOf(env, tenant).append([
      {
        at: Date.now(),
        actor: pending.actor,
        action: 'credentials.connected',
        target: credential,
        status,
        outcome: outcomeOf(status),
        requestId,
      },
    ]);
  try {
    const profile = await tenantOf(env, tenant).profile();
    if (!profile.ok || profile.value.suspended) throw new Unfinished('The organisation cannot be used right now.');
    // SAFETY: Fetcher's connect is what NetworkLike says; the platforms' types disagree on streams.
    const egress = networkPorts(env as unknown as { EGRESS_PUBLIC?: NetworkLike; EGRESS_LISTED?: NetworkLike });
    const policy = profile.value.egress;
    const now = (): number => Date.now();
    const fetchRefs = fetchRefsFor({ tenant, policy }, { egress, now, credentials: vaultResolver(env) });
    const keeper = vaultKeeper(env, tenant, fetchRefs);
    const name = await finishSignIn({ credential, query, pending, policy }, { keeper, egress, now });
    await note(200);
    return name;
  } catch (error) {
    await note(error instanceof Unfinished ? 400 : 502);
    throw error;
  }
}
