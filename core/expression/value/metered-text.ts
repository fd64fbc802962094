import type { Runtime } from '../runtime.ts';

/** Characters a search may look at for one step. */
const LOOKS_PER_STEP = 32;

/**
 * A text that counts how often a regular expression looks at it. RE2JS takes anything tagged as a String and reads it
 * through the few methods below.
 */
export class MeteredText {
  readonly length: number;
  readonly #rt: Runtime;
  readonly #text: string;
  /** Price of one look: the engine follows up to all instructions at once. */
  readonly #price: number;
  #due = 0;

  constructor(rt: Runtime, text: string, programSize: number) {
    this.length = text.length;
    this.#rt = rt;
    this.#text = text;
    this.#price = 1 + (programSize >> 5);
  }

  get [Symbol.toStringTag](): string {
    return 'String';
  }

  #look(count: number): void {
    this.#due += count * this.#price;
    if (this.#due < LOOKS_PER_STEP) return;
    this.#rt.charge(Math.floor(this.#due / LOOKS_PER_STEP));
    this.#due %= LOOKS_PER_STEP;
  }

  charCodeAt(at: number): number {
    this.#look(1);
    return this.#text.charCodeAt(at);
  }

  indexOf(part: string, from: number): number {
    const found = this.#text.indexOf(part, from);
    // The host's search is some thirty times faster than the engine.
    this.#look(((found < 0 ? this.length : found) - from) / 32);
    return found;
  }

  substring(from: number, to: number): string {
    return this.#text.substring(from, to);
  }

  toString(): string {
    return this.#text;
  }
}
