import type { HookReply } from '../../durable-objects/runner/protocol.ts';
import { common } from '../kit/problem.ts';
import { openFile } from './files.ts';
import type { FilePlace } from './files.ts';
import { allowOrigin } from './origins.ts';

/** Headers that describe the connection, not the answer: a workflow cannot set them. */
const RESERVED = new Set([
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
  'x-request-id',
  'x-millrace-run',
]);

/** Statuses that by definition carry no body. */
const BODILESS = new Set([204, 205, 304]);

/** A workflow's answer as a response. Its pages are strangers on our origin: sandboxed, so they get none of its rights. */
export async function replyResponse(
  reply: HookReply,
  requestId: string,
  { place, cors }: { place: FilePlace; cors: string | undefined },
): Promise<Response> {
  const { status, body } = reply;
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw common('internal', {
      detail: `The workflow answered with the status ${String(status).slice(0, 20)}.`,
      hint: 'Use 200 to 599.',
    });
  }
  const headers = new Headers();
  for (const [name, value] of reply.headers) append(headers, name, value);
  headers.set('x-request-id', requestId);
  headers.set('x-millrace-run', reply.run);
  headers.set('x-content-type-options', 'nosniff');
  if (!headers.has('access-control-allow-origin')) allowOrigin(headers, cors);
  if (body === null || BODILESS.has(status)) return new Response(null, { status, headers });
  if (typeof body === 'string') {
    sandbox(headers);
    return new Response(body, { status, headers });
  }
  if (!headers.has('content-type')) append(headers, 'content-type', body.mimeType);
  sandbox(headers);
  const file = await openFile(body.binary, place);
  if (file === null) {
    throw common('internal', { detail: 'The file of the answer is gone.', hint: `See run ${reply.run}.` });
  }
  return new Response(file, { status, headers });
}

/** Names and values are the workflow's: one the platform refuses is left out rather than failing the whole answer. */
function append(headers: Headers, name: string, value: string): void {
  if (RESERVED.has(name.toLowerCase())) return;
  try {
    headers.append(name, value);
  } catch {
    console.warn(JSON.stringify({ level: 'warn', hooks: 'header refused', name: name.slice(0, 100) }));
  }
}

function sandbox(headers: Headers): void {
  const type = headers.get('content-type') ?? 'text/plain';
  // JSON and plain text are not rendered; everything else might be.
  if (type.startsWith('application/json') || type.startsWith('text/plain')) return;
  headers.set('content-security-policy', 'sandbox');
}
