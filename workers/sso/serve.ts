import type { Env } from '../env.ts';
import { forgetPerson } from '../api/session.ts';
import { cookieName, isSsoToken, openSigned, sessionKey, shownSession } from '../identity/session-token.ts';
import { isSecure, publicOrigin, refuseForeign } from '../identity/origin.ts';
import { common } from '../kit/problem.ts';
import { failureResponse, newRequestId, SECURITY_HEADERS } from '../kit/response.ts';
import { arrive } from './arrival.ts';
import type { Arrival } from './arrival.ts';
import { problemOf, saidOf } from './failure.ts';
import { findConnections } from './find.ts';
import { letIn, noteRefusal } from './finish.ts';
import { signInByLdap } from './ldap-step.ts';
import { beginOidc, endOidc } from './oidc-steps.ts';
import { refusedPage } from './refused-page.ts';
import { beginSaml, samlMetadata, takeResponse, takeVouched } from './saml-steps.ts';
import { endSession } from './sessions.ts';

type Step = (arrival: Arrival, requestId: string) => Promise<Response>;

interface Address {
  method: 'GET' | 'POST';
  kinds: readonly string[];
  step: Step;
  /** Programs and our own pages ask: they get problems instead of pages. */
  isApi?: true;
}

/** `/sso/<organisation>/<connection>/<what>`. */
const ADDRESSES: ReadonlyMap<string, Address> = new Map<string, Address>([
  ['start', { method: 'GET', kinds: ['oidc', 'saml'], step: start }],
  ['callback', { method: 'GET', kinds: ['oidc'], step: callback }],
  ['acs', { method: 'POST', kinds: ['saml'], step: acs }],
  ['finish', { method: 'GET', kinds: ['saml'], step: finish }],
  ['metadata', { method: 'GET', kinds: ['saml'], step: metadata }],
  ['sign-in', { method: 'POST', kinds: ['ldap'], step: signIn, isApi: true }],
]);

/** `/sso/*`: where browsers and identity providers come to. */
export async function serveSso(request: Request, env: Env): Promise<Response> {
  const requestId = newRequestId();
  const { pathname } = new URL(request.url);
  if (pathname === '/sso/find' || pathname === '/sso/sign-out') return serveOwn(pathname, request, { env, requestId });
  const [, , tenant = '', connection = '', what = '', ...rest] = pathname.split('/');
  const address = rest.length === 0 ? ADDRESSES.get(what) : undefined;
  if (!address) {
    return failureResponse(common('not-found', { hint: 'GET /v1/sso-connections shows the addresses.' }), requestId);
  }
  if (request.method !== address.method) {
    return failureResponse(common('method-not-allowed', { headers: { allow: address.method } }), requestId);
  }
  let arrival: Arrival | undefined;
  try {
    arrival = await arrive(request, env, { tenant, connection, kinds: address.kinds });
    return await address.step(arrival, requestId);
  } catch (error) {
    const said = saidOf(error);
    if (!said) return failureResponse(error, requestId);
    if (arrival) noteRefusal(arrival, said, requestId);
    if (address.isApi) {
      return failureResponse(error instanceof Error && error.name === 'Problem' ? error : problemOf(said), requestId);
    }
    return refusedPage(request, said, requestId);
  }
}

const headersFor = (requestId: string): Record<string, string> => ({
  ...SECURITY_HEADERS,
  'cache-control': 'no-store',
  'x-request-id': requestId,
});

function redirect(location: string, requestId: string, cookie?: string): Response {
  const headers = new Headers({ ...headersFor(requestId), location });
  if (cookie !== undefined) headers.append('set-cookie', cookie);
  // 303: what follows a post is a GET.
  return new Response(null, { status: 303, headers });
}

async function start(arrival: Arrival, requestId: string): Promise<Response> {
  const { url, cookie } = arrival.row.kind === 'saml' ? await beginSaml(arrival) : await beginOidc(arrival);
  return redirect(url, requestId, cookie);
}

async function callback(arrival: Arrival, requestId: string): Promise<Response> {
  const { login, flow } = await endOidc(arrival);
  const { cookie } = await letIn(arrival, login, requestId);
  return redirect(arrival.origin + flow.returnTo, requestId, cookie);
}

async function acs(arrival: Arrival, requestId: string): Promise<Response> {
  const taken = await takeResponse(arrival);
  if ('vouched' in taken) {
    const { cookie } = await letIn(arrival, taken.vouched, requestId);
    return redirect(`${arrival.origin}/`, requestId, cookie);
  }
  const { origin, tenant, row } = arrival;
  return redirect(`${origin}/sso/${tenant}/${row.id}/finish?code=${taken.next}`, requestId);
}

async function finish(arrival: Arrival, requestId: string): Promise<Response> {
  const { vouched, returnTo } = await takeVouched(arrival);
  const { cookie } = await letIn(arrival, vouched, requestId);
  return redirect(arrival.origin + returnTo, requestId, cookie);
}

function metadata(arrival: Arrival, requestId: string): Promise<Response> {
  const headers = { ...headersFor(requestId), 'content-type': 'application/samlmetadata+xml; charset=utf-8' };
  return Promise.resolve(new Response(samlMetadata(arrival), { headers }));
}

async function signIn(arrival: Arrival, requestId: string): Promise<Response> {
  const session = await letIn(arrival, await signInByLdap(arrival), requestId);
  const headers = new Headers(headersFor(requestId));
  headers.append('set-cookie', session.cookie);
  const { bearer, expiresAt } = session;
  return Response.json({ session: bearer, expiresAt, organization: arrival.tenant }, { headers });
}

async function serveOwn(
  pathname: string,
  request: Request,
  { env, requestId }: { env: Env; requestId: string },
): Promise<Response> {
  try {
    const method = pathname === '/sso/find' ? 'GET' : 'POST';
    if (request.method !== method) throw common('method-not-allowed', { headers: { allow: method } });
    const headers = new Headers(headersFor(requestId));
    if (method === 'GET') {
      const email = new URL(request.url).searchParams.get('email') ?? '';
      return Response.json(await findConnections(env, publicOrigin(request, env), email.slice(0, 320)), { headers });
    }
    const shown = shownSession(request, isSecure(request, env));
    if (shown?.by === 'cookie') refuseForeign(request, env);
    const token =
      shown && env.DEPLOYMENT_KEY ? await openSigned(shown.signed, await sessionKey(env.DEPLOYMENT_KEY)) : undefined;
    if (token === undefined || !isSsoToken(token)) {
      throw common('session-invalid', { hint: 'This is no session begun by SSO.' });
    }
    const user = await endSession(env.DB, token);
    if (user !== undefined) forgetPerson(user);
    const flags = `Path=/; Max-Age=0; HttpOnly; SameSite=Lax${isSecure(request, env) ? '; Secure' : ''}`;
    headers.append('set-cookie', `${cookieName(isSecure(request, env))}=; ${flags}`);
    return new Response(null, { status: 204, headers });
  } catch (error) {
    return failureResponse(error, requestId);
  }
}
