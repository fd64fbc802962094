import { egressFetch } from '../executor/egress/fetch.ts';
import { networkPorts } from '../executor/egress/network.ts';
import type { EgressPolicy } from '../executor/egress/policy.ts';
import type { IdentityEnv } from './env.ts';

const LIMITS = { timeoutMs: 10_000, maxBytes: 1024 * 1024 };

/** Identity providers on a private address are reached only where the operator named them. */
function policyOf(env: IdentityEnv): EgressPolicy {
  if (!env.OIDC_ISSUER) return { allow: [], deny: [] };
  return { allow: [new URL(env.OIDC_ISSUER).host], deny: [] };
}

let current: IdentityEnv | undefined;

/**
 * Makes the global fetch of this Worker the egress client. The library has no other door for it, and this Worker has
 * no use for another: discovery, keys, tokens and profiles of identity providers are all it asks for.
 */
export function guardFetch(env: IdentityEnv): void {
  if (current === env) return;
  current = env;
  const guarded = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
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
      policyOf(env),
      { ...LIMITS, redirect: { follow: request.redirect === 'follow', max: 3 } },
      ports,
    );
    const headers = new Headers(answer.headers);
    // The body is what came out of them.
    for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) headers.delete(name);
    const isEmpty = [204, 205, 304].includes(answer.status);
    return new Response(isEmpty ? null : answer.body, { status: answer.status, headers });
  };
  const ports = networkPorts(env, platformFetch);
  Object.assign(globalThis, { fetch: guarded });
}

// Kept before anything can replace it.
const platformFetch = globalThis.fetch.bind(globalThis);
