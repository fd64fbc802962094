/** Which positions of one source were taken: disjoint half-open ranges, ascending. In order there is one. */
export type Seen = readonly (readonly [from: number, to: number])[];

export type Arrival = 'new' | 'duplicate' | 'overlap';

/**
 * Takes a range of positions in, in whatever order ranges come. `duplicate`: all of it was there before. `overlap`:
 * only a part was, which no sender does; nothing is taken then.
 */
export function arrive(seen: Seen, from: number, to: number): { arrival: Arrival; seen: Seen } {
  const before = seen.filter(([, end]) => end < from);
  const after = seen.filter(([start]) => start > to);
  const touching = seen.slice(before.length, seen.length - after.length);
  if (touching.some(([start, end]) => start <= from && to <= end)) return { arrival: 'duplicate', seen };
  if (touching.some(([start, end]) => start < to && from < end)) return { arrival: 'overlap', seen };
  const start = Math.min(from, ...touching.map(([first]) => first));
  const end = Math.max(to, ...touching.map(([, last]) => last));
  return { arrival: 'new', seen: [...before, [start, end], ...after] };
}
