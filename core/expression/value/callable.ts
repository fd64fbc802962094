import type { Runtime } from '../runtime.ts';

/** Everything an expression can call. Host functions are never values, so none can be reached from one. */
export abstract class Callable {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  abstract invoke(rt: Runtime, args: readonly unknown[]): unknown;

  /** For calling it many times in a row, as `map` does. */
  repeated(rt: Runtime): Repeated {
    return (a, b, c) => this.invoke(rt, [a, b, c]);
  }
}

export type Repeated = (a: unknown, b: unknown, c: unknown) => unknown;

export class Builtin extends Callable {
  readonly #run: (rt: Runtime, args: readonly unknown[]) => unknown;
  constructor(name: string, run: (rt: Runtime, args: readonly unknown[]) => unknown) {
    super(name);
    this.#run = run;
  }
  invoke(rt: Runtime, args: readonly unknown[]): unknown {
    return this.#run(rt, args);
  }
}

interface NamespaceParts {
  call?: (rt: Runtime, args: readonly unknown[]) => unknown;
  construct?: (rt: Runtime, args: readonly unknown[]) => unknown;
  /** `x instanceof Name`. */
  owns?: (value: unknown) => boolean;
  members?: Record<string, unknown>;
}

/** `Math`, `Object`, `Date`, …: members, and perhaps a call and a `new`. */
export class Namespace extends Callable {
  readonly parts: NamespaceParts;
  readonly members: ReadonlyMap<string, unknown>;
  constructor(name: string, parts: NamespaceParts) {
    super(name);
    this.parts = parts;
    this.members = new Map(Object.entries(parts.members ?? {}));
  }
  invoke(rt: Runtime, args: readonly unknown[]): unknown {
    const run = this.parts.call ?? this.parts.construct;
    return run?.(rt, args);
  }
}

/** Builds namespace members from plain functions. */
export function statics(
  table: Record<string, (rt: Runtime, args: readonly unknown[]) => unknown>,
): Record<string, Builtin> {
  return Object.fromEntries(Object.entries(table).map(([name, run]) => [name, new Builtin(name, run)]));
}
