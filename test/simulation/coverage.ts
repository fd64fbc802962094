/** How often each kind of trouble really happened; a simulator that never crashes proves nothing. */
export interface Coverage {
  [kind: string]: number;
}

export function tally(coverage: Coverage, kind: string, by = 1): void {
  coverage[kind] = (coverage[kind] ?? 0) + by;
}

export function addUp(into: Coverage, from: Coverage): void {
  for (const [kind, count] of Object.entries(from)) tally(into, kind, count);
}
