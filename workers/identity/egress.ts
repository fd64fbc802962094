import { guardGlobalFetch } from '../executor/egress/global.ts';
import type { EgressPolicy } from '../executor/egress/policy.ts';
import type { IdentityEnv } from './env.ts';

let current: { env: IdentityEnv; policy: EgressPolicy } | undefined;

/**
 * Discovery, keys, tokens and profiles of identity providers pass the egress client like everything else. One on a
 * private address is reached only where the operator named it.
 */
export function guardFetch(env: IdentityEnv): void {
  if (current?.env !== env) {
    const allow = env.OIDC_ISSUER ? [new URL(env.OIDC_ISSUER).host] : [];
    current = { env, policy: { allow, deny: [] } };
  }
  guardGlobalFetch(env, current.policy);
}
