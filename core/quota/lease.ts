/**
 * Runs a shard was granted, over its whole life. What it may still start, or started and has not reported, is
 * `granted - used - returned`, so the three and the rest always add up, whatever crashed.
 */
export interface Lease {
  granted: number;
  used: number;
  returned: number;
}

export const NO_LEASE: Lease = { granted: 0, used: 0, returned: 0 };

export const outstanding = ({ granted, used, returned }: Lease): number => granted - used - returned;

export interface Request {
  /** Runs in usage that was folded just now, for the first time. */
  used: number;
  /** Runs the shard has started beyond that. */
  keep: number;
  /** Runs it would like to be free to start. */
  want: number;
  /** It starts nothing until it has the answer, so what it does not want can be taken back. */
  frozen: boolean;
  /** Runs that may be granted anew, to anybody. */
  room: number;
}

/** Settles what was used and moves what is outstanding towards `keep + want`. */
export function settle(lease: Lease, { used, keep, want, frozen, room }: Request): Lease {
  const next = { ...lease, used: lease.used + used };
  // The journal is the truth: runs that were started are granted, even if the record of the grant is gone.
  const short = keep - outstanding(next);
  if (short > 0) next.granted += short;
  const missing = keep + want - outstanding(next);
  if (missing > 0) next.granted += Math.max(0, Math.min(missing, Math.floor(room)));
  else if (frozen) next.returned -= missing;
  return next;
}
