import type { Origin } from './origin.ts';

/** What the names of a function or block stand for. */
export class Names {
  readonly #parent: Names | undefined;
  readonly #own = new Map<string, Origin>();

  constructor(parent: Names | undefined) {
    this.#parent = parent;
  }

  bind(name: string, origin: Origin): void {
    this.#own.set(name, origin);
  }

  find(name: string): Origin | undefined {
    return this.#own.get(name) ?? this.#parent?.find(name);
  }
}
