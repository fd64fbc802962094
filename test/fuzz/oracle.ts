import { analyze, compileTemplate, ExpressionError, toJson } from '../../core/expression/index.ts';
import type { Scope } from '../../core/expression/scope.ts';
import type { Item } from '../../core/data/item.ts';

/** No single evaluation may take longer, on a machine that does other things too. */
const MAX_EVALUATION_MS = 2_000;

const CODES: ReadonlySet<string> = new Set([
  'syntax',
  'unsupported',
  'unknown-node',
  'not-executed',
  'no-item',
  'no-paired-item',
  'limit',
  'refused',
  'function-result',
  'argument',
  'regex',
]);

/** What an evaluation did: JSON text of its value, or the code of its error. */
export interface Outcome {
  text: string;
  /** What should never happen, or undefined. */
  fault: string | undefined;
  cpuMs: number;
}

/** An object of the host that is no data: what an expression must never hold, in any depth. */
export function hostObject(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'function') return `a host function ${value.name}`;
  if (typeof value === 'symbol' || typeof value === 'bigint') return `a ${typeof value}`;
  if (typeof value !== 'object' || value === null || depth > 12) return undefined;
  if (value === globalThis || value === Object.prototype || value === Array.prototype) return 'a global or a prototype';
  const parts: unknown[] = Array.isArray(value)
    ? value.slice(0, 50)
    : value instanceof Map
      ? [...value].flat().slice(0, 50)
      : value instanceof Set
        ? [...value].slice(0, 50)
        : Object.getPrototypeOf(value) === Object.prototype
          ? Object.values(value).slice(0, 50)
          : [];
  for (const part of parts) {
    const found = hostObject(part, depth + 1);
    if (found) return found;
  }
  return undefined;
}

type Compile = typeof compileTemplate;

/** Evaluates one parameter text as the product does. `compile` is a parameter so that a broken one can be tried. */
export function evaluate(text: string, scope: Scope, compile: Compile = compileTemplate): Outcome {
  const startedAt = process.cpuUsage();
  const wallAt = performance.now();
  const done = (outcome: string, fault?: string): Outcome => {
    // Only when it seems slow: others use the machine too, and their time is not ours.
    const wallMs = performance.now() - wallAt;
    const used = wallMs > MAX_EVALUATION_MS ? process.cpuUsage(startedAt) : { user: wallMs * 1_000, system: 0 };
    const cpuMs = (used.user + used.system) / 1_000;
    const slow = cpuMs > MAX_EVALUATION_MS ? `took ${Math.round(cpuMs)} ms of CPU` : undefined;
    return { text: outcome, fault: fault ?? slow, cpuMs };
  };
  try {
    const value = compile(text).at(scope);
    const leaked = hostObject(value);
    if (leaked) return done('leak', `gave ${leaked}`);
    const json = toJson(value);
    return done(json === undefined ? 'undefined' : JSON.stringify(json));
  } catch (error) {
    if (error instanceof ExpressionError && CODES.has(error.code)) return done(`! ${error.code}`);
    const shown = error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : String(error);
    return done('throw', `threw ${shown}${error instanceof ExpressionError ? ` with the code ${error.code}` : ''}`);
  }
}

/** What the two evaluations and the analysis of one program have to say against the language, or undefined. */
export function faultOf(text: string, items: Item[], scopeOf: () => Scope, compile?: Compile): string | undefined {
  try {
    analyze(text);
  } catch (error) {
    return `analyze threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
  }
  const before = JSON.stringify(items);
  const first = evaluate(text, scopeOf(), compile);
  if (first.fault) return first.fault;
  if (JSON.stringify(items) !== before) return 'changed its input';
  if (first.cpuMs < 200) {
    const second = evaluate(text, scopeOf(), compile);
    if (second.text !== first.text) {
      return `is not deterministic: ${first.text.slice(0, 200)} and then ${second.text.slice(0, 200)}`;
    }
  }
  return undefined;
}

const WATCHED = [
  Object,
  Array,
  String,
  Number,
  Boolean,
  Function,
  Date,
  RegExp,
  Map,
  Set,
  Promise,
  Error,
  TypeError,
  Symbol,
].flatMap((type): object[] => [type, type.prototype as object]);

const picture = (): string =>
  [...WATCHED, Math, JSON, Reflect, globalThis].map((each) => Reflect.ownKeys(each).map(String).join()).join(';');

/** Notices when a built-in of the host gains or loses a member. */
export class Builtins {
  readonly #before = picture();

  fault(): string | undefined {
    return picture() === this.#before ? undefined : 'a built-in of the host was changed';
  }
}
