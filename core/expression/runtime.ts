import { ExpressionError } from './error.ts';
import { FUEL, MAX_ARRAY, MAX_CALL_DEPTH, MAX_STACK, MAX_STRING, STEP_FUEL } from './limits.ts';
import type { Scope } from './scope.ts';
import { copyOwn, define, isPlain, type PlainObject } from './value/plain.ts';

/** Strings shorter than this are read for free: only long ones can make an evaluation expensive. */
const CHEAP_STRING = 65_536;

/** Makes a parameter text ready; given to each evaluation so that `$parameter` can use it. */
export type Compile = (text: string) => { at(scope: Scope): unknown };

/** The state of one evaluation. */
export class Runtime {
  readonly scope: Scope;
  readonly itemIndex: number;
  /** True when the expression writes into objects: it then works on copies of the data (see `thaw`). */
  readonly mutable: boolean;
  readonly compile: Compile;
  fuel: number;
  calls = 0;
  stack = 0;
  /** Value of the `return` or of the last statement. */
  result: unknown = undefined;
  #granted: number;
  #copies: Map<object, object> | undefined;

  constructor(scope: Scope, itemIndex: number, mutable: boolean, compile: Compile) {
    this.scope = scope;
    this.compile = compile;
    this.itemIndex = itemIndex;
    this.mutable = mutable;
    this.fuel = this.#granted = Math.min(FUEL, Math.max(0, scope.budget?.fuel ?? FUEL));
  }

  /** Takes what was spent from the budget of the workflow step. */
  settle(): void {
    const { budget } = this.scope;
    if (budget) budget.fuel -= this.#granted - this.fuel;
    this.#granted = this.fuel;
  }

  charge(steps: number): void {
    if ((this.fuel -= steps) < 0) throw this.#exhausted();
  }

  #exhausted(): ExpressionError {
    return this.#granted < FUEL && this.scope.budget
      ? new ExpressionError('limit', `The expressions of this node took more than ${STEP_FUEL} steps together`)
      : new ExpressionError('limit', `The expression took more than ${FUEL} steps`);
  }

  /** Enters a function whose body is `weight` levels of syntax deep and costs `steps`; the caller leaves. */
  enter(weight: number, steps: number): void {
    this.charge(steps);
    if (++this.calls > MAX_CALL_DEPTH || (this.stack += weight) > MAX_STACK) {
      throw new ExpressionError('limit', 'Functions in the expression call each other too deeply');
    }
  }

  leave(weight: number): void {
    this.calls--;
    this.stack -= weight;
  }

  /** Refuses a string of that length, before it is made. */
  room(length: number): void {
    if (length > MAX_STRING) throw new ExpressionError('limit', `A string is longer than ${MAX_STRING} characters`);
    this.charge(length >> 6);
  }

  /** Refuses an array of that length, before it is made. */
  places(length: number): void {
    if (length > MAX_ARRAY) throw new ExpressionError('limit', `A list is longer than ${MAX_ARRAY} elements`);
    this.charge(length >> 3);
  }

  /** Pays for reading a string in a way that makes the host flatten it. */
  touch(value: unknown): void {
    if (typeof value === 'string' && value.length > CHEAP_STRING) this.charge(value.length >> 7);
  }

  /** Called by everything that writes into an object. */
  mutate(): void {
    if (!this.mutable) throw new ExpressionError('refused', 'The expression may not change this value');
  }

  /**
   * The value to work on when the expression writes: a deep copy, one per original, so that a write is seen by
   * later reads of this evaluation and never by the item.
   */
  thaw(value: unknown): unknown {
    if (!this.mutable || typeof value !== 'object' || value === null) return value;
    return this.#thaw(value, 0);
  }

  /** The copy made of a value earlier in this evaluation. */
  copyOf(value: unknown): object | undefined {
    return typeof value === 'object' && value !== null ? this.#copies?.get(value) : undefined;
  }

  #thaw(value: object, depth: number): object {
    const isArray = Array.isArray(value);
    if (!isArray && !isPlain(value)) return value;
    const copies = (this.#copies ??= new Map<object, object>());
    const known = copies.get(value);
    if (known) return known;
    this.charge(1);
    if (depth > MAX_STACK) throw new ExpressionError('limit', 'The data is nested too deeply');
    const copy: unknown[] | PlainObject = isArray ? value.slice() : copyOwn(value);
    copies.set(value, copy);
    copies.set(copy, copy);
    if (Array.isArray(copy)) {
      for (let i = 0; i < copy.length; i++) {
        const inner: unknown = copy[i];
        if (typeof inner === 'object' && inner !== null) copy[i] = this.#thaw(inner, depth + 1);
      }
    } else {
      for (const key of Object.keys(copy)) {
        const inner = copy[key];
        if (typeof inner === 'object' && inner !== null) define(copy, key, this.#thaw(inner, depth + 1));
      }
    }
    return copy;
  }
}

/** Variables of one function call or block. */
export class Frame {
  readonly rt: Runtime;
  readonly slots: unknown[];
  readonly parent: Frame | undefined;
  constructor(rt: Runtime, slots: unknown[], parent: Frame | undefined) {
    this.rt = rt;
    this.slots = slots;
    this.parent = parent;
  }
}

export type Code = (frame: Frame) => unknown;
