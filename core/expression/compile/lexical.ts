/** A slot read before its `let` or `const` ran. */
export const UNSET: unique symbol = Symbol('unset');

export interface Binding {
  /** Frames to go up. */
  hops: number;
  index: number;
  constant: boolean;
  /** True when the slot may still be UNSET. */
  checked: boolean;
}

interface Variable {
  index: number;
  kind: 'var' | 'let' | 'const';
}

/** The names of one function or block; at run time a Frame. */
export class Lexical {
  readonly parent: Lexical | undefined;
  /** Slot values a new frame starts with. */
  readonly initial: unknown[] = [];
  readonly #names = new Map<string, Variable>();

  constructor(parent: Lexical | undefined) {
    this.parent = parent;
  }

  declare(name: string, kind: Variable['kind']): number {
    const known = this.#names.get(name);
    if (known) return known.index;
    const index = this.initial.length;
    this.initial.push(kind === 'var' ? undefined : UNSET);
    this.#names.set(name, { index, kind });
    return index;
  }

  resolveOwn(name: string): boolean {
    return this.#names.has(name);
  }

  resolve(name: string, hops = 0): Binding | undefined {
    const found = this.#names.get(name);
    if (!found) return this.parent?.resolve(name, hops + 1);
    return { hops, index: found.index, constant: found.kind === 'const', checked: found.kind !== 'var' };
  }
}
