import { seededRandom } from '../../core/engine/random.ts';

/** Chance, repeatable. */
export class Dice {
  readonly roll: () => number;

  constructor(seed: number) {
    this.roll = seededRandom(Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995);
  }

  /** 0 ≤ result < sides. */
  below(sides: number): number {
    return Math.floor(this.roll() * sides);
  }

  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  chance(share: number): boolean {
    return this.roll() < share;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  seed(): number {
    return this.below(0x7fffffff);
  }
}
