import type { BinaryRef, JsonObject } from '../../../core/data/item.ts';
import type { World } from '../terminal/cli.ts';

/** What running code asks for; workers/code-host/prelude/outside.ts says the same. */
type Wish =
  | {
      kind: 'http';
      method: string;
      url: string;
      headers: [string, string][];
      body?: string;
      timeoutMs?: number;
      follow: boolean;
    }
  | { kind: 'read'; file: { data?: unknown } }
  | { kind: 'write'; data: string; mimeType: string; fileName?: string };

async function grant(wish: Wish, send: World['fetch']): Promise<JsonObject | string> {
  if (wish.kind === 'read') return typeof wish.file.data === 'string' ? wish.file.data : '';
  if (wish.kind === 'write') {
    const { data, mimeType, fileName } = wish;
    const file: BinaryRef = { mimeType, data, sizeBytes: Buffer.from(data, 'base64').length };
    return { ...file, ...(fileName === undefined ? {} : { fileName }) } as unknown as JsonObject;
  }
  const { method, url, headers, body, timeoutMs, follow } = wish;
  const response = await send(url, {
    method,
    headers,
    redirect: follow ? 'follow' : 'manual',
    ...(body === undefined ? {} : { body: Buffer.from(body, 'base64') }),
    ...(timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(timeoutMs) }),
  });
  return {
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
    url: response.url,
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  };
}

/** Grants what code of a local run asks for: files travel inside the items, requests go out with the user's rights. */
export async function grantWish(text: string, send: World['fetch'], network: boolean): Promise<string> {
  try {
    const wish = JSON.parse(text) as Wish;
    if (wish.kind === 'http' && !network) throw new Error('This node may not reach the network');
    return JSON.stringify({ ok: true, value: await grant(wish, send) });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    const message = `${error instanceof Error ? error.message : String(error)}${cause}`;
    return JSON.stringify({ ok: false, error: { code: 'connect-failed', message } });
  }
}
