import type { Json, JsonObject } from '../data/item.ts';
import type { HttpCall, HttpPayload, HttpReplyValue } from '../http/request.ts';
import type { EffectReply, EffectRequest } from '../node/kit.ts';
import type { CredentialType } from './kit.ts';
import type { CredentialValue } from './values.ts';

const TIMEOUT_MS = 20_000;

/** Types that sign in to a server over a socket, and the effect that does. */
const SOCKETS: ReadonlyMap<string, string> = new Map([
  ['smtp', 'mail'],
  ['imap', 'imap'],
  ['ftp', 'ftp'],
  ['sftp', 'ftp'],
  ['sshPassword', 'ssh'],
  ['sshPrivateKey', 'ssh'],
]);

/** A value at the start of an address is an address itself; elsewhere nothing in it may end its place. */
const filled = (template: string, values: ReadonlyMap<string, CredentialValue>): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: string, at: number) => {
    const value = String(values.get(name) ?? '').trim();
    return at === 0 ? value.replace(/\/+$/, '') : value.replaceAll(/[^\w.-]/g, '');
  });

/** The effect that tries a credential out; undefined: nothing is known to try, and no address was given. */
export function probeOf(
  type: CredentialType,
  values: ReadonlyMap<string, CredentialValue>,
  { ref, url }: { ref: Json; url?: string | undefined },
): EffectRequest | undefined {
  const credential = { type: type.type, ref };
  const socket = SOCKETS.get(type.type);
  if (socket !== undefined) {
    const payload: JsonObject = { credential, calls: [], continueOnFail: false, do: 'probe' };
    return { kind: socket, class: 'idempotent', payload };
  }
  const address = url ?? (type.probe && filled(type.probe.url, values));
  if (address === undefined) return undefined;
  const probe = url === undefined ? type.probe : undefined;
  const call: HttpCall = {
    itemIndex: 0,
    method: probe?.method ?? 'GET',
    url: address,
    query: [],
    headers: Object.entries(probe?.headers ?? {}),
    ...(probe?.body === undefined
      ? {}
      : { body: { kind: 'text' as const, text: probe.body, mimeType: 'application/json' } }),
    credential,
  };
  const payload: HttpPayload = {
    requests: [call],
    options: {
      format: 'text',
      neverError: true,
      acceptStatuses: [],
      timeoutMs: TIMEOUT_MS,
      redirect: { follow: false, max: 0 },
      batch: { size: 0, intervalMs: 0 },
      delayMs: 0,
      continueOnFail: false,
    },
    state: null,
  };
  return { kind: 'http', class: 'idempotent', payload: payload as unknown as JsonObject };
}

export interface Tried {
  ok: boolean;
  message: string;
  /** Of an HTTP answer. */
  status?: number;
}

/** What the reply of a probe says of the credential. */
export function verdictOf(type: CredentialType, reply: EffectReply): Tried {
  if (!reply.ok) return { ok: false, message: `${reply.error.code}: ${reply.error.message}`.slice(0, 1_000) };
  const [result] = (reply.value as unknown as Partial<HttpReplyValue>).results ?? [];
  if (!result || !('status' in result)) return { ok: true, message: 'The server let it in.' };
  const { status } = result;
  const text = result.body.kind === 'text' ? result.body.text : '';
  const flag = type.probe?.ok;
  const denied = flag !== undefined && status < 400 && !isTrue(text, flag);
  if (status < 400 && !denied) return { ok: true, status, message: `The service answered ${status}.` };
  const said = text.trim() === '' ? '' : ` ${text.trim().slice(0, 300)}`;
  return { ok: false, status, message: `The service answered ${status}.${said}` };
}

function isTrue(text: string, field: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && new Map(Object.entries(value)).get(field) === true;
  } catch {
    return false;
  }
}
