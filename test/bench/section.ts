import type { Launched } from './launcher.ts';
import type { Results } from './results.ts';

/** What a section may use. Servers start when first asked for and are shared by all sections. */
export interface BenchContext {
  seconds: number;
  /** Names of the only workloads to measure; undefined: all. */
  workloads: readonly string[] | undefined;
  product(): Promise<Launched>;
  bare(): Promise<Launched>;
  /** A fresh folder, removed at the end. */
  folder(name: string): string;
  /** Progress, for people. */
  say(text: string): void;
}

export interface Measurement {
  results: Partial<Results>;
  /** Parts that could not be measured and said why; the rest still counts. */
  failed?: number;
}

/** One group of measurements: a file in sections/, found by its place. Throws `Skipped` when it cannot be done here. */
export interface Section {
  name: string;
  run(context: BenchContext): Promise<Measurement>;
}

export class Skipped extends Error {}
