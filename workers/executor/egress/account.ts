import type { Counts } from '../../../core/quota/meters.ts';

/** Body bytes of everything one effect sent and received, failed attempts and redirects too: what a tenant is charged. */
export interface EgressAccount {
  bytesIn: number;
  bytesOut: number;
}

export const newAccount = (): EgressAccount => ({ bytesIn: 0, bytesOut: 0 });

/** Effects whose time is the tenant's computing, not somebody else's answer. */
const COMPUTES = new Set(['code', 'transform', 'sql']);

/**
 * What an effect used. A Worker cannot read its own CPU time, so code and heavy transforms are charged the time they
 * took, which is never less.
 */
export function usageOf(kind: string, { bytesIn, bytesOut }: EgressAccount, tookMs: number): Counts | undefined {
  const egressBytes = bytesIn + bytesOut;
  const cpuUs = COMPUTES.has(kind) ? Math.round(tookMs * 1_000) : 0;
  if (egressBytes === 0 && cpuUs === 0) return undefined;
  return { ...(egressBytes > 0 && { egressBytes }), ...(cpuUs > 0 && { cpuUs }) };
}
