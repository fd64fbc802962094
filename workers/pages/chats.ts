import { answerText } from '../../core/chat/answer.ts';
import { type ChatPage, chatFrom } from '../../core/chat/page.ts';
import { runnerOf } from '../../durable-objects/stubs.ts';
import type { HookRoute } from '../../durable-objects/tenant/protocol.ts';
import type { Env } from '../env.ts';
import { allowOrigin, corsOf } from '../hooks/origins.ts';
import { replyResponse } from '../hooks/reply.ts';
import { common, Problem } from '../kit/problem.ts';
import { valueOf } from '../kit/refusal.ts';
import { failureResponse, newRequestId, SECURITY_HEADERS } from '../kit/response.ts';
import { shardFor } from '../kit/shard.ts';
import { type ChatMessage, itemOfMessage, noMessage, readMessage } from './chat-message.ts';
import { CHAT_SCRIPT } from './chat-script.ts';
import { CHAT_STYLE, chatBody, type ChatView, messageLine } from './chat-view.ts';
import { pageFailure } from './failure.ts';
import { findPage, type Found } from './forms.ts';
import { pageResponse } from './layout.ts';
import { refuseForeign } from './origin.ts';
import { type Reader, readerOf } from './reader.ts';
import { filePlace } from '../hooks/files.ts';

const SCRIPT_PATH = '/chats/script.js';

/** `/chats/{tenant}/{path}`: GET the page, POST a message. n8n's own addresses end in `/chat`; both are taken. */
export async function serveChat(request: Request, env: Env): Promise<Response> {
  const requestId = newRequestId();
  const reader = readerOf(request, requestId);
  if (new URL(request.url).pathname === SCRIPT_PATH) return scriptResponse(requestId);
  const isJson =
    request.method === 'POST' && /json\b/i.test(request.headers.get('content-type') ?? '') && !wantsPage(request);
  let cors: string | undefined;
  try {
    if (request.method === 'OPTIONS') return await preflight(request, env, requestId);
    const found = await findPage(request, env, 'chat');
    cors = corsOf(request, found.route);
    const { methods } = found.route;
    if (request.method === 'POST') return await answer(request, env, { found, reader, cors });
    if (request.method !== 'GET' || !methods.includes('GET')) {
      throw common('method-not-allowed', { headers: { allow: methods.join(', ') } });
    }
    const page = await pageOf(env, found);
    return chatResponse({ page, session: crypto.randomUUID(), said: [], key: crypto.randomUUID() }, found, reader);
  } catch (error) {
    if (!isJson) return pageFailure(error, reader);
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

async function answer(request: Request, env: Env, { found, reader, cors }: Asked): Promise<Response> {
  const { requestId } = reader;
  refuseStrangers(request, found.route, cors);
  const told = await readMessage(request);
  const headers = { ...SECURITY_HEADERS, 'cache-control': 'no-store', 'x-request-id': requestId };
  if (told.json['action'] === 'loadPreviousSession') {
    const none = Response.json({ data: [] }, { headers });
    allowOrigin(none.headers, cors);
    return none;
  }
  const { page: sent } = told;
  const isHosted = found.route.methods.includes('GET');
  if (sent && told.isLook && isHosted) {
    const view = { page: await pageOf(env, found), session: sent.session, said: sent.said, key: crypto.randomUUID() };
    return chatResponse(view, found, reader);
  }
  const said = told.json['chatInput'];
  if ((said === undefined || said === '') && told.files.length === 0) throw noMessage();
  const { reply, run } = await ask(env, found, told);
  const place = filePlace(env, found.tenant);
  if (!sent || !isHosted) {
    if (isHosted && wantsPage(request)) return spoken(answerText(reply), reader);
    return replyResponse({ ...reply, run }, requestId, { place, cors });
  }
  const page = await pageOf(env, found);
  const conversation = [
    ...sent.said,
    { by: 'you' as const, text: sent.text },
    { by: 'chat' as const, text: answerText(reply) },
  ];
  return chatResponse({ page, session: sent.session, said: conversation, key: crypto.randomUUID() }, found, reader);
}

/** The page's script says that it shows what it is told; programs say `*` or JSON. */
const wantsPage = (request: Request): boolean => request.headers.get('accept')?.startsWith('text/html') === true;

/** An answer alone, drawn as on the page, for its script. */
const spoken = (text: string, { requestId, words }: Reader): Response =>
  new Response(messageLine({ by: 'chat', text }, words).text, {
    headers: {
      ...SECURITY_HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'no-store',
      'x-request-id': requestId,
    },
  });

async function ask(env: Env, found: Found, message: ChatMessage) {
  const { route, tenant } = found;
  const { workflow, version, node } = route;
  const item = await itemOfMessage(message, filePlace(env, tenant));
  const key = message.key ?? crypto.randomUUID();
  const { responseMode, responseCode, responseData, responseHeaders } = route;
  const call = {
    source: { workflow, version },
    node,
    item,
    key: `chat:${key}`,
    answer: { responseMode, responseCode, responseData, responseHeaders },
  };
  const { run, reply } = valueOf(await runnerFor(env, found, key).submit(call));
  return { run, reply: reply ?? { status: 200, headers: [], body: '{"output":"This message was answered before."}' } };
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

const scriptResponse = (requestId: string): Response =>
  new Response(CHAT_SCRIPT, {
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=300',
      'x-request-id': requestId,
    },
  });
