import { type ChatPage, chatFrom } from '../../core/chat/page.ts';
import { parseRunId } from '../../durable-objects/runner/protocol.ts';
import { runnerOf } from '../../durable-objects/stubs.ts';
import type { HookRoute } from '../../durable-objects/tenant/protocol.ts';
import type { Env } from '../env.ts';
import { allowOrigin, corsOf } from '../hooks/origins.ts';
import { replyResponse } from '../hooks/reply.ts';
import { common, Problem } from '../kit/problem.ts';
import { valueOf } from '../kit/refusal.ts';
import { failureResponse, newRequestId, SECURITY_HEADERS } from '../kit/response.ts';
import { shardFor } from '../kit/shard.ts';
import { type ChatMessage, itemOfMessage, noMessage, readMessage, scriptsOwn, talkIn } from './chat-message.ts';
import { CHAT_SCRIPT } from './chat-script.ts';
import { hear, type Talk, talkResponse } from './chat-talk.ts';
import { CHAT_STYLE, chatBody, type ChatView } from './chat-view.ts';
import { pageFailure } from './failure.ts';
import { answerOf, findPage, type Found } from './published.ts';
import { pageResponse, scriptResponse } from './layout.ts';
import { refuseForeign } from './origin.ts';
import { type Reader, readerOf } from './reader.ts';
import { filePlace } from '../hooks/files.ts';

const SCRIPT_PATH = '/chats/script.js';

/** `/chats/{tenant}/{path}`: GET the page, POST a message. n8n's own addresses end in `/chat`; both are taken. */
export async function serveChat(request: Request, env: Env): Promise<Response> {
  const requestId = newRequestId();
  const reader = readerOf(request, requestId);
  if (new URL(request.url).pathname === SCRIPT_PATH) return scriptResponse(CHAT_SCRIPT, requestId);
  const isJson = request.method === 'POST' && /json\b/i.test(request.headers.get('content-type') ?? '');
  const isProgram = (isJson || wantsStream(request)) && !wantsPage(request);
  let cors: string | undefined;
  try {
    if (request.method === 'OPTIONS') return await preflight(request, env, requestId);
    const found = await findPage(request, env, 'chat');
    cors = corsOf(request, found.route);
    const { methods } = found.route;
    if (request.method === 'POST') return await taken(request, env, { found, reader, cors });
    if (request.method !== 'GET' || !methods.includes('GET')) {
      throw common('method-not-allowed', { headers: { allow: methods.join(', ') } });
    }
    const { talk } = talkIn((name) => new URL(request.url).searchParams.get(name));
    if (talk && wantsStream(request)) {
      const stream = await talkResponse(env, found, talk, { reader, isDrawn: wantsPage(request) });
      allowOrigin(stream.headers, cors);
      return stream;
    }
    const page = await pageOf(env, found);
    return chatResponse({ page, session: crypto.randomUUID(), said: [], key: crypto.randomUUID() }, found, reader);
  } catch (error) {
    if (!isProgram) return pageFailure(error, reader);
    const response = failureResponse(error, requestId);
    allowOrigin(response.headers, cors);
    return response;
  }
}

const runnerFor = (env: Env, { tenant, route, shards }: Found, key: string) =>
  runnerOf(env, tenant, shardFor(`${route.workflow}/${key}`, shards));

async function pageOf(env: Env, found: Found): Promise<ChatPage> {
  const { workflow, version, node } = found.route;
  return chatFrom(valueOf(await runnerFor(env, found, node).firstPage({ workflow, version }, node)).page);
}

/** Sites whose scripts may talk to it may also show it in a frame. */
const framesOf = ({ allowedOrigins = [] }: HookRoute): string[] =>
  allowedOrigins.filter((origin) => URL.canParse(origin) && new URL(origin).origin === origin);

const chatResponse = (view: ChatView, { route }: Found, reader: Reader): Response =>
  pageResponse(
    {
      title: view.page.title,
      description: view.page.subtitle,
      body: chatBody(view, reader.words),
      css: `${CHAT_STYLE}${view.page.css ?? ''}`,
      script: SCRIPT_PATH,
      frames: framesOf(route),
    },
    reader,
  );

interface Asked {
  found: Found;
  reader: Reader;
  cors: string | undefined;
}

/** How long a page without scripts waits for answers. */
const MAX_HEAR_MS = 25_000;

async function taken(request: Request, env: Env, { found, reader, cors }: Asked): Promise<Response> {
  const { requestId } = reader;
  refuseStrangers(request, found.route, cors);
  const told = await readMessage(request);
  if (told.json['action'] === 'loadPreviousSession') {
    const headers = { ...SECURITY_HEADERS, 'cache-control': 'no-store', 'x-request-id': requestId };
    const none = Response.json({ data: [] }, { headers });
    allowOrigin(none.headers, cors);
    return none;
  }
  const { page: sent } = told;
  const isHosted = found.route.methods.includes('GET');
  if (sent && told.isLook && isHosted) return look(env, { found, reader, cors }, sent);
  const said = told.json['chatInput'];
  if ((said === undefined || said === '') && told.files.length === 0) throw noMessage();
  const own = scriptsOwn(new URL(request.url).searchParams);
  const key = own.key ?? told.key ?? crypto.randomUUID();
  const before = own.talk ?? sent?.talk;
  if (wantsStream(request)) {
    const talk = await begin(env, found, { told, key, before });
    const stream = await talkResponse(env, found, talk, { reader, isDrawn: wantsPage(request) });
    allowOrigin(stream.headers, cors);
    return stream;
  }
  if (!sent || !isHosted) {
    const { run, reply } = await tell(env, found, { told, key, before, answer: answerOf(found.route) });
    const answered = reply ?? { status: 200, headers: [], body: '{"output":"This message was answered before."}' };
    return replyResponse({ ...answered, run }, requestId, { place: filePlace(env, found.tenant), cors });
  }
  const talk = await begin(env, found, { told, key, before });
  const mine = { by: 'you' as const, text: sent.text };
  return look(env, { found, reader, cors }, { ...sent, said: [...sent.said, mine], talk });
}

/** The page with its conversation, and what was said since. */
async function look(
  env: Env,
  { found, reader }: Asked,
  { said, session, talk }: NonNullable<ChatMessage['page']>,
): Promise<Response> {
  const page = await pageOf(env, found);
  const view = { page, session, key: crypto.randomUUID() };
  if (!talk) return chatResponse({ ...view, said }, found, reader);
  const { texts, state } = await hear(env, found, talk, MAX_HEAR_MS);
  const answers = texts.map((text) => ({ by: 'chat' as const, text }));
  const seen = talk.seen + texts.length;
  return chatResponse({ ...view, said: [...said, ...answers], talk: { ...talk, seen }, state }, found, reader);
}

const accepts = (request: Request, type: string): boolean => request.headers.get('accept')?.includes(type) === true;
const wantsPage = (request: Request): boolean => accepts(request, 'text/html');
const wantsStream = (request: Request): boolean => accepts(request, 'text/event-stream');

interface Sent {
  told: ChatMessage;
  key: string;
  /** The talk it belongs to, as far as the page knows. */
  before: Talk | undefined;
  /** Wait for what is answered. */
  answer?: ReturnType<typeof answerOf>;
}

/** Hands a message to the run of its session that waits for one, or to a new one. */
async function tell(env: Env, found: Found, { told, key, before, answer }: Sent) {
  const { route, tenant, shards } = found;
  const { workflow, version, node } = route;
  const { session } = told;
  const item = await itemOfMessage(told, filePlace(env, tenant));
  // one shard a session, so that a message finds the run that waits for it; that run's own, where it is known
  const place = before && parseRunId(before.run);
  const shard = place && place.shard < shards ? place.shard : shardFor(`${workflow}/${session ?? key}`, shards);
  const call = { source: { workflow, version }, node, item, key: `chat:${key}`, session, ...(answer && { answer }) };
  return valueOf(await runnerOf(env, tenant, shard).submit(call));
}

async function begin(env: Env, found: Found, sent: Sent): Promise<Talk> {
  const { run, token } = await tell(env, found, sent);
  return { run, token, seen: sent.before?.run === run ? sent.before.seen : 0 };
}

/**
 * JSON is a type browsers ask about before they send it to another site, and never with a login unless its origin was
 * listed. Other types go without asking: where there is a login, a page of ours must have sent them.
 */
function refuseStrangers(request: Request, route: HookRoute, cors: string | undefined): void {
  const isJson = /^application\/([\w.-]+\+)?json\b/i.test(request.headers.get('content-type') ?? '');
  const isForAll = route.allowedOrigins === undefined && (isJson || route.guard?.proof === undefined);
  const isListed = route.allowedOrigins !== undefined && cors !== undefined;
  if (!isForAll && !isListed) refuseForeign(request);
}

async function preflight(request: Request, env: Env, requestId: string): Promise<Response> {
  const headers = new Headers({
    ...SECURITY_HEADERS,
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-max-age': '600',
    'x-request-id': requestId,
  });
  const wanted = request.headers.get('access-control-request-headers');
  if (wanted !== null) headers.set('access-control-allow-headers', wanted);
  const cors = await findPage(request, env, 'chat').then(
    ({ route }) => corsOf(request, route),
    // A browser asks without the login; the call itself brings it.
    (error: unknown) => {
      if (error instanceof Problem) return undefined;
      throw error;
    },
  );
  allowOrigin(headers, cors);
  return new Response(null, { status: 204, headers });
}
