import type { JsonObject } from '../../../../core/data/item.ts';
import { SpokenText } from '../../../../core/http/spoken.ts';
import type { HttpAnswer, HttpFormat } from '../../../../core/http/request.ts';
import { EgressError } from '../../egress/error.ts';
import type { EgressResponse } from '../../egress/fetch.ts';
import type { ExecutorPorts } from '../../ports.ts';
import { storeFile } from './files.ts';

const BINARY_TYPES =
  /^(image|audio|video|font)\/|^application\/(octet-stream|pdf|zip|gzip|x-gzip|x-bzip2?|x-tar|x-7z-compressed|x-rar-compressed|vnd\.rar|vnd\.(ms-|openxmlformats|oasis|amazon)|msword|epub\+zip|java-archive|rtf|x-(shockwave|font)|wasm)/;

/** Headers as a plain object, names in lower case. A prototype name such as `__proto__` stays an own key. */
function headerObject(headers: Headers, mask: (text: string) => string): JsonObject {
  const out: [string, string | string[]][] = [];
  const cookies = headers.getSetCookie?.() ?? [];
  for (const [name, value] of headers) if (name !== 'set-cookie') out.push([name, mask(value)]);
  if (cookies.length > 0) out.push(['set-cookie', cookies.map(mask)]);
  return Object.fromEntries(out);
}

function charset(type: string): string {
  return /charset=["']?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8';
}

/** Body as text in its declared charset; an unknown one reads as UTF-8. */
export function bodyText(bytes: Uint8Array, contentType: string): string {
  try {
    return new TextDecoder(charset(contentType)).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function fileName(response: EgressResponse): string | undefined {
  const disposition = response.headers.get('content-disposition') ?? '';
  const star = /filename\*=(?:UTF-8|utf-8)''([^;]+)/.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/.exec(disposition)?.[1];
  let name = plain ?? new URL(response.url).pathname.split('/').pop() ?? '';
  try {
    name = decodeURIComponent(star ?? name);
  } catch {
    // Not percent-encoded after all.
  }
  return name.replace(/[/\\]/g, '_').slice(0, 255) || undefined;
}

function decide(format: HttpFormat, type: string): 'json' | 'text' | 'file' {
  if (format !== 'autodetect') return format;
  if (/^application\/(json|[\w.+-]+\+json)|^text\/json/.test(type)) return 'json';
  return BINARY_TYPES.test(type) ? 'file' : 'text';
}

/** Turns a response into a result in the wanted format. @throws EgressError `bad-json`, `stream-failed`. */
export async function readAnswer(
  response: EgressResponse,
  about: { itemIndex: number; format: HttpFormat; spoken?: boolean; tenant: string; mask(text: string): string },
  ports: ExecutorPorts,
): Promise<HttpAnswer> {
  const type = (response.headers.get('content-type') ?? '').toLowerCase();
  const head = {
    ok: true as const,
    itemIndex: about.itemIndex,
    status: response.status,
    statusText: response.statusText,
    headers: headerObject(response.headers, about.mask),
  };
  if (about.spoken === true) {
    const spoken = new SpokenText(type);
    spoken.push(bodyText(response.body, type));
    spoken.end();
    if (spoken.failure !== undefined && spoken.text === '') {
      throw new EgressError(
        'stream-failed',
        `The stream told of a failure: ${about.mask(spoken.failure).slice(0, 500)}`,
        true,
      );
    }
    return { ...head, body: { kind: 'json', value: { output: about.mask(spoken.text) } } };
  }
  const kind = decide(about.format, type);
  if (kind === 'file') {
    const mimeType = type.split(';')[0]?.trim() || 'application/octet-stream';
    const file = await storeFile({ bytes: response.body, mimeType, fileName: fileName(response) }, about.tenant, ports);
    return { ...head, body: { kind, file } };
  }
  const text = about.mask(bodyText(response.body, type));
  if (kind === 'text') return { ...head, body: { kind, text } };
  // 204 and friends: nothing to parse is not a failure.
  if (text.trim() === '') return { ...head, body: { kind, value: '' } };
  try {
    return { ...head, body: { kind, value: JSON.parse(text) } };
  } catch {
    const message = `The response body is not valid JSON. Set the response format to text to see it: ${text.slice(0, 200)}`;
    throw new EgressError('bad-json', message, false);
  }
}
