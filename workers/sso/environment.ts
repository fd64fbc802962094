import type { Env } from '../env.ts';
import { networkPorts } from '../executor/egress/network.ts';
import type { EgressPorts } from '../executor/egress/fetch.ts';
import type { NetworkLike } from '../executor/ports.ts';

/** The egress client's way out. */
export const egressOf = (env: Env): EgressPorts =>
  // SAFETY: Fetcher's connect is what NetworkLike says; the platforms' types disagree on streams.
  networkPorts(env as unknown as { EGRESS_PUBLIC?: NetworkLike; EGRESS_LISTED?: NetworkLike });
