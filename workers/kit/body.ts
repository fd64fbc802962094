import { common } from './problem.ts';
import { faultInJson } from './json-text.ts';
import type { JsonRules } from './json-text.ts';

export const MAX_JSON_BYTES = 10 * 1024 * 1024;
/** Deeper documents exist only to break parsers; real ones stay under 30 levels. */
const MAX_JSON_DEPTH = 256;

/** Real documents have some thousands; a million of them would fill an isolate's memory from 10 MiB of text. */
const MAX_JSON_KEYS = 250_000;
/** Longer texts are files, and are uploaded as such. */
const MAX_JSON_CHARS = 8 * 1024 * 1024;

/** Beyond the limit this much more is read and dropped: a sender who is cut off while sending sees no answer. */
const GRACE_BYTES = 32 * 1024 * 1024;

async function drop(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  for (let left = GRACE_BYTES; left > 0;) {
    const { done, value } = await reader.read();
    if (done) return;
    left -= value.byteLength;
  }
  await reader.cancel();
}

/** Reads at most `maxBytes`; refuses by the declared length first, then while counting. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () =>
    common('body-too-large', {
      detail: `The body may have ${maxBytes} bytes.`,
      hint: 'Send less at once, or store the file elsewhere and send its address.',
    });
  if (!request.body) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = request.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) {
    await drop(reader);
    throw tooLarge();
  }
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    sizeBytes += value.byteLength;
    if (sizeBytes > maxBytes) {
      await drop(reader);
      throw tooLarge();
    }
    chunks.push(value);
  }
  const first = chunks[0];
  if (first && chunks.length === 1) return first;
  const whole = new Uint8Array(sizeBytes);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

/** The body as a JSON value; undefined when there is none. Throws a Problem that says where the text is wrong. */
export async function readJson(request: Request, duplicateKeys: JsonRules['duplicateKeys']): Promise<unknown> {
  const bytes = await readBytes(request, MAX_JSON_BYTES);
  if (bytes.byteLength === 0) return undefined;
  return parseJson(decodeUtf8(bytes), duplicateKeys);
}

const HINTS = {
  'json-invalid': 'Send one JSON value, encoded as UTF-8.',
  'json-too-deep': 'Flatten the value.',
  'json-too-large': 'Send less at once; long texts are uploaded as files (PUT /v1/files/content).',
};

export function parseJson(text: string, duplicateKeys: JsonRules['duplicateKeys']): unknown {
  const fault = faultInJson(text, {
    maxDepth: MAX_JSON_DEPTH,
    maxKeys: MAX_JSON_KEYS,
    maxChars: MAX_JSON_CHARS,
    duplicateKeys,
  });
  if (!fault) return JSON.parse(text);
  const place = `line ${fault.line}, column ${fault.column}`;
  if (fault.code === 'json-duplicate-key') {
    const errors = [{ pointer: fault.pointer ?? '', code: fault.code, message: `${fault.message} (${place})` }];
    throw common('input-invalid', {
      detail: `A key appears twice at ${place}.`,
      hint: 'Remove one of the two: which one counts depends on who reads it.',
      errors,
    });
  }
  throw common(fault.code, {
    detail: `${fault.message} at ${place}.`,
    hint: HINTS[fault.code],
    ...(fault.pointer === undefined ? {} : { errors: [{ pointer: fault.pointer, message: fault.message }] }),
    extra: { offset: fault.offset, line: fault.line, column: fault.column },
  });
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw common('json-invalid', { detail: 'The body is not valid UTF-8.', hint: 'Encode it as UTF-8.' });
  }
}
