import { fromBase64, toBase64 } from '../../../../core/data/base64.ts';
import type { JsonObject } from '../../../../core/data/item.ts';
import type { Wish } from '../../../code-host/prelude/outside.ts';
import { EgressError } from '../../egress/error.ts';
import type { ExecutorPorts, PerformRequest } from '../../ports.ts';
import { secretsNamedIn } from '../../secret-variables.ts';

type HttpWish = Extract<Wish, { kind: 'http' }>;

interface Answered {
  status: number;
  statusText: string;
  headers: [string, string][];
  url: string;
  body: Uint8Array;
}

interface Readied {
  url: string;
  headers: [string, string][];
  bytes: Uint8Array<ArrayBuffer> | undefined;
  /** The answer as the code gets it. */
  masked(answer: Answered): JsonObject;
  /** A failure as the code gets it. */
  maskedError(error: unknown): unknown;
}

/** Undefined: no text. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(new TextEncoder().encode(text));

/** A request of code, with secret variables where it holds their placeholders (ENV6): the code itself never has them. */
export async function withSecrets(wish: HttpWish, request: PerformRequest, ports: ExecutorPorts): Promise<Readied> {
  const bytes = wish.body === undefined ? undefined : fromBase64(wish.body);
  const text = bytes && textOf(bytes);
  const { url, headers } = wish;
  const secrets = await secretsNamedIn(JSON.stringify([url, headers, text ?? '']), request, ports);
  if (!secrets) {
    const masked = ({ body, ...rest }: Answered): JsonObject => ({ ...rest, body: toBase64(body) });
    return { url, headers, bytes, masked, maskedError: (error) => error };
  }
  const { fill, mask } = secrets;
  return {
    url: fill(url),
    headers: headers.map(([name, value]) => [name, fill(value)]),
    bytes: text === undefined ? bytes : bytesOf(fill(text)),
    masked({ body, ...rest }) {
      const shown = textOf(body);
      const head = JSON.parse(mask(JSON.stringify(rest))) as JsonObject;
      return { ...head, body: toBase64(shown === undefined ? body : bytesOf(mask(shown))) };
    },
    maskedError: (error) =>
      error instanceof EgressError ? new EgressError(error.code, mask(error.message), error.retryable) : error,
  };
}
