import type { KeySource } from '../kit/key-source.ts';
import { signatures, sinkSecrets, standardSignatures } from '../vault/sink-secrets.ts';
import { EgressError } from './egress/error.ts';
import { type EgressPorts, egressFetch } from './egress/fetch.ts';
import type { EgressPolicy } from './egress/policy.ts';

export interface Delivery {
  /** Of the sink. */
  id: string;
  /** Of what is sent: the same when it comes again. */
  message: string;
  url: string;
  body: string;
}

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 64 * 1024;

/** Posts one batch of a log, signed twice: our own way and as Standard Webhooks. `ok` only when the sink took it (2xx); redirects are not followed. */
export async function deliver(
  keys: KeySource,
  tenant: string,
  { delivery, policy, egress }: { delivery: Delivery; policy: EgressPolicy; egress: EgressPorts },
): Promise<{ ok: boolean; detail: string }> {
  try {
    const { id, message, url, body } = delivery;
    const secrets = await sinkSecrets(keys, tenant, id);
    const signature = await signatures(secrets, body);
    const seconds = Math.floor(Date.now() / 1_000);
    const standard = await standardSignatures(secrets, `${message}.${seconds}.${body}`);
    const bytes = new TextEncoder().encode(body);
    const response = await egressFetch(
      {
        url,
        method: 'POST',
        headers: [
          ['content-type', 'application/json'],
          ['x-millrace-signature', signature],
          ['webhook-id', message],
          ['webhook-timestamp', String(seconds)],
          ['webhook-signature', standard],
        ],
        body: { make: () => Promise.resolve(bytes), bytes: bytes.byteLength },
      },
      policy,
      { timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES, redirect: { follow: false, max: 0 } },
      egress,
    );
    const ok = response.status >= 200 && response.status < 300;
    return { ok, detail: ok ? '' : `It answered ${response.status}.` };
  } catch (error) {
    if (error instanceof EgressError) return { ok: false, detail: error.message };
    return { ok: false, detail: 'It could not be sent.' };
  }
}
