import type { OpenCredential } from '../../vault/resolver.ts';
import { checkPlace, maskOf, textValue } from '../credentials.ts';
import { EgressError } from '../egress/error.ts';
import { egressFetch, type EgressPorts } from '../egress/fetch.ts';
import type { EgressPolicy } from '../egress/policy.ts';

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 256 * 1024;

export interface Ask {
  method: string;
  url: string;
  headers: [string, string][];
  body?: string;
}

/** A store as its reader sees it. */
export interface Store {
  value(name: string): string;
  /** Sends one request under the store's own binding. @throws EgressError. */
  ask(request: Ask): Promise<{ status: number; text: string }>;
  /** Epoch milliseconds. */
  nowMs: number;
}

export function storeOf(
  credential: OpenCredential,
  { egress, policy, nowMs }: { egress: EgressPorts; policy: EgressPolicy; nowMs: number },
): Store {
  return {
    nowMs,
    value: (name) => textValue(credential, name).trim(),
    async ask({ method, url, headers, body }) {
      if (!URL.canParse(url)) {
        throw new EgressError('external-store', `${JSON.stringify(credential.name)} has no address`, false);
      }
      const { hostname, port, protocol } = new URL(url);
      checkPlace(credential, { host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) });
      const bytes = body === undefined ? undefined : new TextEncoder().encode(body);
      const response = await egressFetch(
        {
          url,
          method,
          headers,
          body: bytes && { make: () => Promise.resolve(bytes), bytes: bytes.byteLength },
        },
        policy,
        { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, redirect: { follow: false, max: 0 } },
        egress,
      );
      return { status: response.status, text: new TextDecoder().decode(response.body) };
    },
  };
}

/** What a store that gave nothing said. Its answer stays out of the message unless it is an error. */
export function refusedBy(
  credential: OpenCredential,
  secret: string,
  { status, text }: { status: number; text: string },
): EgressError {
  const name = JSON.stringify(credential.name);
  if (status === 404) {
    return new EgressError('external-secret', `${name} has no secret ${JSON.stringify(secret)}`, false);
  }
  const said = status >= 400 ? maskOf(credential.secrets)(text).slice(0, 200) : 'an answer that is none';
  return new EgressError(
    'external-store',
    `${name} answered ${status} to ${JSON.stringify(secret)}: ${said}`,
    status >= 500 || status === 429,
  );
}
