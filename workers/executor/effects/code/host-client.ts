import type { CodeCall, Lane } from '../../../code-host/protocol.ts';
import { encodeCall } from '../../../code-host/protocol.ts';
import type { FetcherLike } from '../../ports.ts';

/** How long a call tries to find a living host; two hung scripts ahead of it fit in. */
const PATIENCE_MS = 60_000;
const RECONNECT_MS = 50;

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const failure = (code: string, message: string): string => JSON.stringify({ error: { code, name: 'Error', message } });

/**
 * Runs a call on the code host. When the host dies under it the call is repeated in the exclusive lane, where it runs
 * alone: a host that dies there after announcing the call was killed by that call, so only the culprit fails.
 */
export async function runOnHost(host: FetcherLike, call: CodeCall, patienceMs = PATIENCE_MS): Promise<string> {
  const body = encodeCall(call);
  let lane: Lane = 'shared';
  let waitedMs = 0;
  for (;;) {
    const sentAt = Date.now();
    let response: Response;
    try {
      response = await host.fetch('http://code-host/run', { method: 'POST', body, headers: { 'x-lane': lane } });
    } catch {
      // Refused or reset before it began: never this call's fault in the exclusive lane, possibly in the shared one.
      lane = 'exclusive';
      waitedMs += Date.now() - sentAt + RECONNECT_MS;
      if (waitedMs > patienceMs) return failure('code-host-down', 'No code host answered; try again');
      await sleep(RECONNECT_MS);
      continue;
    }
    try {
      const text = await response.text();
      if (response.ok && text !== '') return text;
      if (response.ok === false && lane === 'shared') {
        return failure('code-error', `The code host refused the call (${response.status})`);
      }
    } catch {
      // Died under the call: decided below.
    }
    if (lane === 'exclusive') {
      return failure('code-timeout', 'The code held its thread or memory beyond the limit and was stopped');
    }
    lane = 'exclusive';
  }
}
