import { common } from '../kit/problem.ts';
import { languageOf } from '../kit/language.ts';
import { failureResponse, newRequestId, problemResponse, SECURITY_HEADERS } from '../kit/response.ts';
import { authFor, BASE_PATH } from './auth.ts';
import { inCall } from './call.ts';
import { callerOf, countAttempt, inputOf } from './door.ts';
import { guardFetch } from './egress.ts';
import type { IdentityEnv } from './env.ts';
import { problemOf } from './failures.ts';
import { isSecure, publicOrigin, refuseForeign } from './origin.ts';
import type { OriginEnv } from './origin.ts';
import { pathsAt } from './paths.ts';
import type { AuthPath } from './paths.ts';
import { offered } from './providers.ts';
import { cookieName, isSsoToken, openSigned, sessionKey, shownSession } from './session-token.ts';
import { shaped } from './shape.ts';

/** Told to the main Worker, which removes them: whom a change concerned, and what audit logs call it. */
const CONCERNS = { user: 'x-millrace-user', action: 'x-millrace-action' } as const;

type Env = IdentityEnv & OriginEnv;
type Later = (work: Promise<unknown>) => void;

/** `/auth/*`: decides what reaches the library, in which form, and what of its answers is shown. */
export async function serveAuth(request: Request, env: Env, later: Later): Promise<Response> {
  const requestId = newRequestId();
  try {
    if (!env.DEPLOYMENT_KEY) throw common('unavailable', { hint: 'The operator sets DEPLOYMENT_KEY.' });
    guardFetch(env);
    const path = new URL(request.url).pathname.slice(BASE_PATH.length);
    if (path === '/providers' && request.method === 'GET') {
      return Response.json(offered(env), { headers: headersFor(requestId) });
    }
    return await serve(addressed(request, path), { request, env, later, requestId, path });
  } catch (error) {
    return failureResponse(error, requestId);
  }
}

const headersFor = (requestId: string): Headers =>
  new Headers({ ...SECURITY_HEADERS, 'cache-control': 'no-store', 'x-request-id': requestId });

function addressed(request: Request, path: string): AuthPath {
  const here = pathsAt(path);
  if (here.length === 0) throw common('not-found', { hint: 'docs/guide/signing-in.md lists what there is.' });
  const at = here.find(({ method }) => method === request.method);
  if (at) return at;
  const allow = here.map(({ method }) => method).join(', ');
  throw common('method-not-allowed', { hint: `Use ${allow}.`, headers: { allow } });
}

interface Arrival {
  request: Request;
  env: Env;
  later: Later;
  requestId: string;
  path: string;
}

async function serve(at: AuthPath, { request, env, later, requestId, path }: Arrival): Promise<Response> {
  const origin = publicOrigin(request, env);
  const shown = shownSession(request, isSecure(request, env));
  if (at.method === 'POST' && !(shown?.by === 'bearer')) refusePage(request, env);
  const input = await inputOf(request, at);
  const forgive = await countAttempt(request, env, at, input);
  // A session of single sign-on lies in the same cookie, and the library clears what it does not know.
  const known = shown && (await isOfLibrary(env, shown.signed)) ? shown.signed : undefined;
  const forwarded = forward(request, { at, env, input, origin, path, session: known });
  const auth = await authFor(env, origin, later);
  const { result: answer, userId } = await inCall(() => auth.handler(forwarded));
  const session = newSession(answer, cookieName(origin.startsWith('https:')));
  const headers = headersFor(requestId);
  for (const cookie of answer.headers.getSetCookie()) headers.append('set-cookie', cookie);
  const isRedirect = answer.status >= 300 && answer.status < 400;
  const body: unknown = isRedirect ? null : await answer.json().catch(() => null);
  if (at.action !== undefined) {
    headers.set(CONCERNS.action, at.action);
    const user =
      userId ?? userIn(body) ?? (await userOf(env, session ?? shown?.signed)) ?? (await knownUser(env, answer, input));
    if (user !== undefined) headers.set(CONCERNS.user, user);
  }
  if (isRedirect) {
    const location = localLocation(answer.headers.get('location'), origin);
    headers.set('location', location);
    if (new URL(location).searchParams.has('error')) headers.delete(CONCERNS.action);
    return new Response(null, { status: answer.status, headers });
  }
  if (!answer.ok) return refused(answer.status, body, { headers, requestId });
  later(forgive());
  headers.set('content-type', 'application/json');
  return new Response(JSON.stringify(shaped(at.path, body, session)), { status: 200, headers });
}

async function isOfLibrary({ DEPLOYMENT_KEY }: Env, signed: string): Promise<boolean> {
  const token = DEPLOYMENT_KEY ? await openSigned(signed, await sessionKey(DEPLOYMENT_KEY)) : undefined;
  return token === undefined || !isSsoToken(token);
}

/** Without a cookie there is nothing to abuse, but a page may sign its visitors in as somebody else. */
function refusePage(request: Request, env: Env): void {
  const isBrowser = request.headers.has('origin') || request.headers.has('sec-fetch-site');
  if (isBrowser || request.headers.has('cookie')) refuseForeign(request, env);
}

interface Forwarding {
  at: AuthPath;
  env: Env;
  input: Record<string, unknown>;
  origin: string;
  path: string;
  session: string | undefined;
}

/** The request as the library gets it: only what the address declares, from where we said it comes. */
function forward(request: Request, { at, env, input, origin, path, session }: Forwarding): Request {
  const url = new URL(BASE_PATH + path, origin);
  const headers = new Headers({ origin, host: url.host });
  const agent = request.headers.get('user-agent');
  if (agent !== null) headers.set('user-agent', agent.slice(0, 300));
  // of the mails that are asked for
  if (request.headers.has('accept-language')) headers.set('accept-language', languageOf(request));
  const caller = callerOf(request, env);
  if (caller !== '') headers.set('x-forwarded-for', caller);
  const cookies = (request.headers.get('cookie') ?? '').split(';').map((each) => each.trim());
  const name = cookieName(origin.startsWith('https:'));
  const kept = cookies.filter((each) => each !== '' && !each.startsWith(`${name}=`));
  if (session !== undefined) kept.push(`${name}=${encodeURIComponent(session)}`);
  if (kept.length > 0) headers.set('cookie', kept.join('; '));
  if (at.method === 'GET') {
    for (const [key, value] of Object.entries(input)) url.searchParams.set(key, String(value));
    return new Request(url, { headers });
  }
  headers.set('content-type', 'application/json');
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(input) });
}

/** The signed value of the session that an answer begins, if it does. */
function newSession(answer: Response, name: string): string | undefined {
  for (const cookie of answer.headers.getSetCookie()) {
    const value = cookie.startsWith(`${name}=`) ? (cookie.slice(name.length + 1).split(';')[0] ?? '') : '';
    if (value !== '') return decodeURIComponent(value);
  }
  return undefined;
}

function userIn(body: unknown): string | undefined {
  const { user } = (body ?? {}) as { user?: { id?: unknown } };
  return typeof user?.id === 'string' ? user.id : undefined;
}

async function userOf(env: Env, signed: string | undefined): Promise<string | undefined> {
  if (signed === undefined) return undefined;
  const token = await openSigned(signed, await sessionKey(env.DEPLOYMENT_KEY ?? ''));
  if (token === undefined) return undefined;
  const row = await env.DB.prepare('SELECT user_id AS id FROM sessions WHERE token = ?')
    .bind(token)
    .first<{ id: string }>();
  return row?.id;
}

/** Whose password was guessed at: their organisations' audit logs say so. */
async function knownUser(env: Env, answer: Response, input: Record<string, unknown>): Promise<string | undefined> {
  const { email } = input;
  if (answer.ok || typeof email !== 'string') return undefined;
  const row = await env.DB.prepare('SELECT id FROM users WHERE email = ?').bind(email).first<{ id: string }>();
  return row?.id;
}

/** Redirects stay here, whatever was asked for. */
function localLocation(location: string | null, origin: string): string {
  const target = new URL(location ?? '/', origin);
  return target.origin === origin ? target.href : `${origin}/?error=redirect-refused`;
}

function refused(
  status: number,
  body: unknown,
  { headers, requestId }: { headers: Headers; requestId: string },
): Response {
  const response = problemResponse(problemOf(status, body, requestId), requestId);
  for (const [name, value] of response.headers) if (!headers.has(name)) headers.set(name, value);
  headers.set('content-type', 'application/problem+json');
  return new Response(response.body, { status: response.status, headers });
}
