import type { EffectReply } from '../../../../core/node/kit.ts';
import { failureOf } from '../../../../core/nodes/code/failure.ts';
import type { CodePayload } from '../../../../core/nodes/code/payload.ts';
import { runIsolated } from '../../../code-host/isolate.ts';
import type { CodeCall } from '../../../code-host/protocol.ts';
import { PRELUDE } from '../../../code-host/texts.generated.ts';
import { BoundedCache } from '../../../kit/bounded-cache.ts';
import type { Effect, ExecutorPorts, PerformRequest } from '../../ports.ts';
import { runOnHost } from './host-client.ts';
import { Grants } from './wishes.ts';

/** Wall clock of one call; a script that never yields is killed earlier, by the code host's supervisor. */
export const CODE_WALL_MS = 10_000;
/** With requests of its own a call mostly waits for others. */
export const NETWORK_WALL_MS = 60_000;
/** Code that handles files asks for them while it runs. */
const USES_FILES = /BinaryData/;

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Part of every isolate's name, so that a new prelude never runs in an old isolate. */
const PRELUDE_SIZE = PRELUDE.length.toString(36);

/** Hashes of codes seen lately: the same few run over and over. A memo only, so sharing it between tenants is safe. */
const digests = new BoundedCache<string>(256);

/** Nodes that may reach the network share no isolate with those that may not: globals live from call to call. */
async function isolateId(tenant: string, { code, language, network }: CodePayload): Promise<string> {
  if (language === 'python') return `${tenant}:python`;
  let digest = digests.get(code, 0);
  if (digest === undefined) {
    digest = hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code)));
    digests.set(code, digest, Number.POSITIVE_INFINITY);
  }
  return `${tenant}:${PRELUDE_SIZE}:${language}${network ? '+' : ''}:${digest}`;
}

async function perform(request: PerformRequest, ports: ExecutorPorts): Promise<EffectReply> {
  // SAFETY: the code node makes this payload; it travels between our own parts only.
  const payload = request.effect.payload as unknown as CodePayload;
  const wallMs = payload.network ? NETWORK_WALL_MS : CODE_WALL_MS;
  const wishing = payload.network || USES_FILES.test(payload.code);
  const grants = new Grants(request, ports, payload.network);
  const call: CodeCall = {
    id: await isolateId(request.tenant, payload),
    language: payload.language,
    code: payload.code,
    meta: payload.metaJson,
    items: payload.itemsJson,
    nodes: payload.nodesJson,
    limitMs: Math.min(request.effect.timeoutMs ?? wallMs, wallMs),
    ...(wishing ? { wishes: ports.newId() } : {}),
  };
  if (!ports.codeHost && !ports.loader) {
    return {
      ok: false,
      error: { code: 'code-unavailable', message: 'This host has no isolates to run code in', retryable: false },
    };
  }
  const endMs = ports.now() + call.limitMs;
  const answer = ports.codeHost
    ? await runOnHost(ports.codeHost, call, grants)
    : await runIsolated(ports.loader as NonNullable<typeof ports.loader>, call, wishing ? grants.answer : undefined);
  await grants.end(Math.max(0, endMs - ports.now()));
  try {
    const error = payload.continueOnFail ? undefined : failureOf(answer);
    if (error) return { ok: false, error };
    return { ok: true, value: { outputJson: answer, round: payload.round, names: payload.names } };
  } catch {
    return {
      ok: false,
      error: { code: 'code-error', message: 'The code answered with something unreadable', retryable: false },
    };
  }
}

/** Runs an author's JavaScript without any way out. Payload `CodePayload`, value `CodeReplyValue`. */
export const effect: Effect = { kind: 'code', perform };
