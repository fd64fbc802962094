import type { ExecutorEnv } from '../ports.ts';
import { egressFetch } from './fetch.ts';
import { networkPorts } from './network.ts';
import type { EgressPolicy } from './policy.ts';

const LIMITS = { timeoutMs: 10_000, maxBytes: 1024 * 1024 };

// Kept before anything can replace it.
const platformFetch = globalThis.fetch.bind(globalThis);

let guarded: EgressPolicy | undefined;

/**
 * Makes the global fetch of this Worker the egress client, for a library that has no other door. Only for a Worker
 * that has no other use for fetch: small answers, within ten seconds, to where the policy lets it.
 */
export function guardGlobalFetch(
  env: Pick<ExecutorEnv, 'EGRESS_PUBLIC' | 'EGRESS_LISTED'>,
  policy: EgressPolicy,
): void {
  if (guarded === policy) return;
  guarded = policy;
  const ports = networkPorts(env, platformFetch);
  const send = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const bytes = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
    const answer = await egressFetch(
      {
        url: request.url,
        method: request.method,
        headers: [...request.headers],
        body: bytes && { make: async () => bytes, bytes: bytes.byteLength },
        secret: { headers: ['authorization'], body: true },
      },
      policy,
      { ...LIMITS, redirect: { follow: request.redirect === 'follow', max: 3 } },
      ports,
    );
    const headers = new Headers(answer.headers);
    // The body is what came out of them.
    for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) headers.delete(name);
    const isEmpty = [204, 205, 304].includes(answer.status);
    return new Response(isEmpty ? null : Uint8Array.from(answer.body), { status: answer.status, headers });
  };
  Object.assign(globalThis, { fetch: send });
}
