/**
 * A rule of local ("wall") time. `next` gives the first wall time after a given one, both as epoch milliseconds of
 * the same clock face in UTC; undefined when there is none.
 */
export interface Rule {
  /** Recurs by elapsed time (every n minutes) rather than at a time of day: decides what clock changes do. */
  isInterval: boolean;
  next(wallMs: number): number | undefined;
}
