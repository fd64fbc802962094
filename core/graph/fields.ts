import type { JsonObject } from '../data/item.ts';
import { checkJsonLimits, isPlainObject, type JsonLimits, MAX_NAME_BYTES, PARAMETER_LIMITS } from './limits.ts';
import { type ProblemList, pointer, quote } from './problem.ts';

interface NumberRange {
  min: number;
  max: number;
  integer?: boolean;
}

const utf8 = new TextEncoder();

/**
 * Reads the members of one object of a document. Every reader returns undefined for an absent or a bad member, and has
 * reported the bad one. Pointers are only built when something is wrong: good documents of 10,000 nodes stay cheap.
 */
export class Fields {
  readonly #object: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #problems: ProblemList;

  constructor(object: Readonly<Record<string, unknown>>, path: string, problems: ProblemList) {
    this.#object = object;
    this.#path = path;
    this.#problems = problems;
  }

  /** Reader for `value` if it is an object; `known` are its members, others are warned about and dropped. */
  static of(value: unknown, path: string, problems: ProblemList, known: ReadonlySet<string>): Fields | undefined {
    if (!isPlainObject(value)) {
      problems.error(path, 'not-an-object', `Expected an object, found ${nameOf(value)}.`);
      return undefined;
    }
    for (const key of Object.keys(value)) {
      if (!known.has(key) && value[key] !== undefined) {
        problems.warn(pointer(path, key), 'unknown-member', `${quote(key)} means nothing here and is dropped.`);
      }
    }
    return new Fields(value, path, problems);
  }

  at(key: string): string {
    return pointer(this.#path, key);
  }

  raw(key: string): unknown {
    return Object.hasOwn(this.#object, key) ? this.#object[key] : undefined;
  }

  error(key: string, code: string, message: string, hint?: string): undefined {
    this.#problems.error(this.at(key), code, message, hint);
  }

  required(key: string, message: string): undefined {
    return this.error(key, 'missing', message);
  }

  /** Non-empty, at most `MAX_NAME_BYTES` of UTF-8. `what` names the thing in messages. */
  name(key: string, what: string): string | undefined {
    const value = this.raw(key);
    if (value === undefined) return this.required(key, `${what} is missing.`);
    if (typeof value !== 'string') return this.#wrong(key, 'text', value);
    if (value === '') return this.error(key, 'empty-name', `${what} is empty.`);
    // 3 bytes a UTF-16 unit at most: only long names need counting
    if (
      value.length > MAX_NAME_BYTES ||
      (value.length * 3 > MAX_NAME_BYTES && utf8.encode(value).length > MAX_NAME_BYTES)
    ) {
      const hint = 'Shorten it; long text belongs in notes.';
      return this.error(key, 'name-too-long', `${what} has ${value.length} characters; at most 1 kB.`, hint);
    }
    return value;
  }

  text(key: string, maxLength = MAX_NAME_BYTES): string | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') return this.#wrong(key, 'text', value);
    if (value.length <= maxLength) return value;
    return this.error(key, 'string-too-long', `Text of ${value.length} characters; at most ${maxLength}.`);
  }

  number(key: string, range: NumberRange): number | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || Number.isNaN(value)) return this.#wrong(key, 'a number', value);
    if (value >= range.min && value <= range.max && (!range.integer || Number.isInteger(value))) return value;
    const kind = range.integer ? 'a whole number' : 'a number';
    return this.error(key, 'out-of-range', `Expected ${kind} from ${range.min} to ${range.max}, found ${value}.`);
  }

  boolean(key: string): boolean | undefined {
    const value = this.raw(key);
    return value === undefined || typeof value === 'boolean' ? value : this.#wrong(key, 'true or false', value);
  }

  oneOf<T extends string>(key: string, allowed: readonly T[]): T | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    const found = allowed.find((entry) => entry === value);
    if (found !== undefined) return found;
    return this.error(key, 'not-allowed', `Expected one of ${allowed.join(', ')}, found ${nameOf(value)}.`);
  }

  list(key: string, maxLength: number): readonly unknown[] | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) return this.#wrong(key, 'a list', value);
    if (value.length <= maxLength) return value;
    return this.error(key, `too-many-${key}`, `${value.length} ${key}; at most ${maxLength}.`, 'Split the workflow.');
  }

  /** Open JSON, shared with the input and not copied. */
  json(key: string, limits: JsonLimits = PARAMETER_LIMITS): JsonObject | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    if (!isPlainObject(value)) return this.#wrong(key, 'an object', value);
    const breach = checkJsonLimits(value, limits, this.at(key));
    if (!breach) return value as JsonObject;
    this.#problems.add(breach);
    return undefined;
  }

  position(key: string): [number, number] | undefined {
    const value = this.raw(key);
    if (value === undefined) return this.required(key, 'The position is missing.');
    const [x, y] = Array.isArray(value) && value.length === 2 ? (value as unknown[]) : [];
    if (isCoordinate(x) && isCoordinate(y)) return [x, y];
    return this.error(key, 'wrong-type', 'Expected [x, y], two numbers.');
  }

  #wrong(key: string, expected: string, value: unknown): undefined {
    return this.error(key, 'wrong-type', `Expected ${expected}, found ${nameOf(value)}.`);
  }
}

const MAX_COORDINATE = 1e9;

function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= MAX_COORDINATE;
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return quote(value);
  return typeof value === 'object' ? 'an object' : `${typeof value}`;
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** A copy without the members that are undefined: optional ones are absent (`exactOptionalPropertyTypes`). */
export function present<T extends object>(object: T): Present<T> {
  const copy: Partial<T> = {};
  for (const key of Object.keys(object) as (keyof T)[]) if (object[key] !== undefined) copy[key] = object[key];
  return copy as unknown as Present<T>;
}
