import type { CodeCall, Lane } from '../../../code-host/protocol.ts';
import { encodeCall, readLine } from '../../../code-host/protocol.ts';
import type { FetcherLike } from '../../ports.ts';
import type { Grants } from './wishes.ts';

/** How long a call tries to find a living host; two hung scripts ahead of it fit in. */
const PATIENCE_MS = 60_000;
const RECONNECT_MS = 50;

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const failure = (code: string, message: string): string => JSON.stringify({ error: { code, name: 'Error', message } });

/** The code's answer; meanwhile what it asks for is granted. @throws Error when the connection breaks. */
async function converse(host: FetcherLike, response: Response, call: string, grants: Grants): Promise<string> {
  grants.restart();
  const grant = async (wish: number, request: string): Promise<void> => {
    const body = await grants.answer(request);
    const taken = await host.fetch(`http://code-host/wish?call=${call}&wish=${wish}`, { method: 'POST', body });
    await taken.body?.cancel();
  };
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let parts: string[] = [];
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) throw new Error('The code host stopped in the middle');
    const [first = '', ...others] = decoder.decode(value, { stream: true }).split('\n');
    parts.push(first);
    for (const next of others) {
      const line = readLine(parts.join(''));
      parts = [next];
      if ('answer' in line) return line.answer;
      // Not awaited: code may ask for many things at once. A host that is gone ends the stream as well.
      void grant(line.wish, line.request).catch(() => undefined);
    }
  }
}

/**
 * Runs a call on the code host. When the host dies under it the call is repeated in the exclusive lane, where it runs
 * alone: a host that dies there after announcing the call was killed by that call, so only the culprit fails.
 */
export async function runOnHost(
  host: FetcherLike,
  call: CodeCall,
  grants: Grants,
  patienceMs = PATIENCE_MS,
): Promise<string> {
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
      if (response.ok && call.wishes !== undefined) return await converse(host, response, call.wishes, grants);
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
