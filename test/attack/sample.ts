import { createHash } from 'node:crypto';

/** Which cases of a run are tried: all, or one in `every`, others with each seed. */
export interface Sample {
  every: number;
  seed: string;
}

/** By hash of seed and id: which cases a seed tries does not depend on the order they come in, or on new ones. */
export function takes({ every, seed }: Sample, id: string): boolean {
  return every === 1 || createHash('sha256').update(`${seed} ${id}`).digest().readUInt32BE() % every === 0;
}
