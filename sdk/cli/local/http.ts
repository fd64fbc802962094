import type { BinaryRef, JsonObject } from '../../../core/data/item.ts';
import type { HttpBody, HttpCall, HttpPayload, HttpReplyValue, HttpResult } from '../../../core/http/request.ts';
import type { EffectReply } from '../../../core/node/kit.ts';
import type { World } from '../terminal/cli.ts';

const MAX_PARALLEL = 6;
const EXCERPT_CHARS = 500;
const BINARY_TYPES = /^(image|audio|video|font)\/|^application\/(octet-stream|pdf|zip|gzip|vnd\.)/;
const JSON_TYPES = /^application\/(json|[\w.+-]+\+json)|^text\/json/;
const isRetryable = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500;

type Send = World['fetch'];

/** Performs an effect of kind `http` with this machine's network and the user's own rights: no egress rules here. */
export async function performHttp(payload: HttpPayload, send: Send): Promise<EffectReply> {
  const { requests, options } = payload;
  const results: HttpResult[] = [];
  if (options.delayMs > 0) await pause(options.delayMs);
  const size = options.batch.size > 0 ? options.batch.size : Math.max(1, requests.length);
  for (let from = 0; from < requests.length; from += size) {
    if (from > 0) await pause(options.batch.intervalMs);
    const batch = requests.slice(from, from + size);
    for (let at = 0; at < batch.length; at += MAX_PARALLEL) {
      results.push(
        ...(await Promise.all(batch.slice(at, at + MAX_PARALLEL).map((call) => request(call, options, send)))),
      );
      const failed = results.find((result) => !result.ok);
      if (failed && !failed.ok && !options.continueOnFail) {
        const { code, message, retryable, status } = failed.error;
        const detail: JsonObject = { itemIndex: failed.itemIndex, ...(status === undefined ? {} : { status }) };
        return { ok: false, error: { code, message, retryable, detail } };
      }
    }
  }
  const value: HttpReplyValue = {
    results,
    state: payload.state,
    meta: { requests: results.length, bytesIn: 0, bytesOut: 0 },
  };
  // SAFETY: HttpReplyValue is JSON by construction.
  return { ok: true, value: value as unknown as JsonObject };
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function request(call: HttpCall, options: HttpPayload['options'], send: Send): Promise<HttpResult> {
  const { itemIndex } = call;
  const refuse = (code: string, message: string, retryable: boolean, status?: number): HttpResult => ({
    ok: false,
    itemIndex,
    error: { code, message, retryable, ...(status === undefined ? {} : { status }) },
  });
  if (call.credential) {
    return refuse(
      'credential-missing',
      `A local run has no credentials ('${call.credential.type}'). Send an Authorization header instead.`,
      false,
    );
  }
  try {
    const headers = new Headers(call.headers);
    const body = call.body && bodyOf(call.body, headers);
    if (call.idempotencyKey !== undefined && !headers.has('idempotency-key')) {
      headers.set('idempotency-key', call.idempotencyKey);
    }
    if (!headers.has('user-agent')) headers.set('user-agent', 'millrace');
    const response = await send(addressOf(call), {
      method: call.method,
      headers,
      redirect: options.redirect.follow ? 'follow' : 'manual',
      signal: AbortSignal.timeout(options.timeoutMs),
      ...(body === undefined ? {} : { body }),
    });
    const { status, statusText } = response;
    if (status >= 400 && !options.neverError && !options.acceptStatuses.includes(status)) {
      const text = (await response.text()).slice(0, EXCERPT_CHARS);
      return refuse(
        'http-status',
        `Request failed with status ${status}${statusText && ` ${statusText}`}${text && ` - ${text}`}`,
        isRetryable(status),
        status,
      );
    }
    return {
      ok: true,
      itemIndex,
      status,
      statusText,
      headers: headersOf(response.headers),
      body: await answerOf(response, options.format),
    };
  } catch (error) {
    const { name, message, cause } = error as Error;
    if (name === 'TimeoutError') return refuse('timeout', `No answer within ${options.timeoutMs} ms`, true);
    if (error instanceof SyntaxError) {
      return refuse(
        'bad-json',
        'The response body is not valid JSON. Set the response format to text to see it.',
        false,
      );
    }
    return refuse('network', cause instanceof Error ? `${message}: ${cause.message}` : message, true);
  }
}

function addressOf({ url, query }: HttpCall): string {
  const address = new URL(url);
  for (const [name, value] of query) address.searchParams.append(name, value);
  return address.href;
}

function headersOf(headers: Headers): JsonObject {
  const cookies = headers.getSetCookie();
  const plain = [...headers].filter(([name]) => name !== 'set-cookie');
  return Object.fromEntries<string | string[]>(cookies.length > 0 ? [...plain, ['set-cookie', cookies]] : plain);
}

const bytesOf = (file: BinaryRef): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(file.data ?? '', 'base64'));

/** The body, and its content type where the author gave none. */
function bodyOf(body: HttpBody, headers: Headers): string | FormData | Uint8Array<ArrayBuffer> {
  const typed = (type: string): void => {
    if (!headers.has('content-type')) headers.set('content-type', type);
  };
  switch (body.kind) {
    case 'json':
      typed('application/json');
      return JSON.stringify(body.value);
    case 'text':
      typed(body.mimeType);
      return body.text;
    case 'form':
      typed('application/x-www-form-urlencoded');
      return new URLSearchParams(body.fields).toString();
    case 'file':
      typed(body.mimeType ?? body.file.mimeType);
      return bytesOf(body.file);
    case 'multipart': {
      // The boundary is made by FormData, so an author's type cannot be right.
      headers.delete('content-type');
      const form = new FormData();
      for (const part of body.parts) {
        if ('value' in part) form.append(part.name, part.value);
        else {
          form.append(
            part.name,
            new Blob([bytesOf(part.file)], { type: part.file.mimeType }),
            part.file.fileName ?? 'file',
          );
        }
      }
      return form;
    }
  }
}

async function answerOf(
  response: Response,
  format: HttpPayload['options']['format'],
): Promise<(HttpResult & { ok: true })['body']> {
  const type = (response.headers.get('content-type') ?? '').toLowerCase();
  const kind =
    format !== 'autodetect' ? format : JSON_TYPES.test(type) ? 'json' : BINARY_TYPES.test(type) ? 'file' : 'text';
  if (kind === 'file') {
    const bytes = Buffer.from(await response.arrayBuffer());
    const mimeType = type.split(';')[0]?.trim() || 'application/octet-stream';
    return { kind, file: { mimeType, data: bytes.toString('base64'), sizeBytes: bytes.byteLength } };
  }
  const text = await response.text();
  if (kind === 'text') return { kind, text };
  return { kind, value: text.trim() === '' ? '' : (JSON.parse(text) as never) };
}
