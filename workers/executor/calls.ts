import type { JsonObject } from '../../core/data/item.ts';
import type { CallsPayload } from '../../core/node/calls.ts';
import type { EffectFailure, EffectReply } from '../../core/node/kit.ts';
import { isNodeError, storedItem, type TransformItem, type TransformResult } from '../../core/node/transform.ts';
import type { OpenCredential } from '../vault/resolver.ts';
import { maskOf } from './credentials.ts';
import { openCredential } from './open-credential.ts';
import { itemFiles } from './effects/http/files.ts';
import { newTally, type SocketTally } from './egress/connect.ts';
import { EgressError } from './egress/error.ts';
import type { ExecutorPorts, PerformRequest } from './ports.ts';

/** One server, reached with one credential. */
export interface Session<Call> {
  call(call: Call & { itemIndex: number }): Promise<TransformItem[]>;
  close(): Promise<void>;
}

/**
 * Performs the calls of one effect (core/node/calls.ts) in one session, opened at the first and opened again after a
 * call that broke it. Secrets are masked in every message: servers like to repeat what they were told.
 */
export async function performCalls<Call extends object>(
  request: PerformRequest,
  ports: ExecutorPorts,
  start: (credential: OpenCredential, tally: SocketTally) => Promise<Session<Call>>,
): Promise<EffectReply> {
  // SAFETY: core/node/calls.ts makes this payload; it travels between our own parts only.
  const payload = request.effect.payload as unknown as CallsPayload<Call> & { do?: 'probe' };
  const credential = await openCredential(ports, request, payload.credential);
  // Asked anew each time: a session may add what it makes of a secret.
  const mask = (text: string): string => maskOf(credential.secrets)(text);
  const store = itemFiles(request.tenant, ports);
  const results: TransformResult[] = [];
  let session: Session<Call> | undefined;
  const tally = newTally();
  let done = 0;
  try {
    // To see whether the server lets it in: a session and nothing else.
    if (payload.do === 'probe') session = await opened(() => start(credential, tally), mask);
    for (const call of payload.calls) {
      const { itemIndex } = call;
      try {
        session ??= await start(credential, tally);
        const made = await session.call(call);
        const items = [];
        for (const item of made) {
          const json = JSON.parse(mask(JSON.stringify(item.json))) as JsonObject;
          items.push(await storedItem({ ...item, json }, store));
        }
        results.push({ ok: true, itemIndex, items });
        done++;
      } catch (error) {
        const failure = failureOf(error);
        if (!failure) throw new Error(mask(error instanceof Error ? error.message : String(error)));
        const broken = error instanceof EgressError && error.retryable;
        const { code, message } = { ...failure, message: mask(failure.message) };
        if (!payload.continueOnFail) {
          // What was done once must not be done again because a later item failed.
          const retryable = failure.retryable === true && (request.effect.class !== 'unsafe' || done === 0);
          return { ok: false, error: { code, message, retryable, detail: { itemIndex } } };
        }
        results.push({ ok: false, itemIndex, error: { code, message } });
        if (broken) {
          await session?.close();
          session = undefined;
        }
      }
    }
  } finally {
    await session?.close();
  }
  return { ok: true, value: { results, meta: tally } as unknown as JsonObject };
}

async function opened<T>(work: () => Promise<T>, mask: (text: string) => string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw new Error(mask(error instanceof Error ? error.message : String(error)));
    throw new EgressError(failure.code, mask(failure.message), false);
  }
}

function failureOf(error: unknown): EffectFailure | undefined {
  if (error instanceof EgressError) return { code: error.code, message: error.message, retryable: error.retryable };
  if (isNodeError(error)) return { code: error.code, message: error.message, retryable: false };
  return undefined;
}
