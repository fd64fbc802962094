import { MISS } from './compile/direct.ts';
import { compileProgram, type Compiled } from './compile/program.ts';
import { ExpressionError } from './error.ts';
import { toJson } from './json.ts';
import { MAX_SOURCE } from './limits.ts';
import { parseSegment } from './parse.ts';
import { Frame, Runtime } from './runtime.ts';
import type { Scope } from './scope.ts';
import { split, type Part } from './split.ts';
import { Callable } from './value/callable.ts';
import { joined, toStr } from './value/coerce.ts';
import { isPlain } from './value/plain.ts';

/** A parameter text made ready. `at` throws only ExpressionError. */
export interface Template {
  /** True when the text holds no expression: `at` gives the same for every scope. */
  readonly constant: boolean;
  /** The value; pass it through `toJson` before it leaves the node. */
  at(scope: Scope): unknown;
}

/** A failed segment is undefined, unless the author must know about it. */
function settle(error: unknown): undefined {
  if (error instanceof ExpressionError) throw error;
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    throw new ExpressionError('limit', 'The expression is nested too deeply');
  }
  return undefined;
}

const NO_SLOTS: unknown[] = [];

function evaluate({ run, initial }: Compiled, rt: Runtime): unknown {
  try {
    const value = run(new Frame(rt, initial.length > 0 ? initial.slice() : NO_SLOTS, undefined));
    if (value instanceof Callable || typeof value === 'function') {
      throw new ExpressionError('function-result', 'The expression gives a function: call it with ()');
    }
    return value;
  } catch (error) {
    return settle(error);
  } finally {
    rt.settle();
  }
}

/** How a value reads among other text. Nothing shows for undefined, null and NaN; objects show as JSON. */
function textOf(rt: Runtime, value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null || Number.isNaN(value)) return '';
  const hasObjects = Array.isArray(value) && value.some((inner) => isPlain(inner) || Array.isArray(inner));
  if (hasObjects || isPlain(value)) return JSON.stringify(toJson(value, rt));
  return Array.isArray(value) ? joined(rt, value, ',') : toStr(rt, value);
}

type Piece = string | Compiled;

/** Texts up to this length are joined for free. */
const CHEAP_LENGTH = 65_536;

function compilePart(part: Part): Piece {
  if (part.kind === 'text') return part.text;
  const { program, offset } = parseSegment(part.code, part.start);
  return compileProgram(program, offset);
}

const constant = (value: unknown): Template => ({ constant: true, at: () => value });

const failing = (error: ExpressionError): Template => ({
  constant: false,
  at() {
    throw error;
  },
});

function single(code: Compiled): Template {
  const { direct, mutable } = code;
  const full = (scope: Scope): unknown => evaluate(code, new Runtime(scope, scope.itemIndex, mutable, compileTemplate));
  if (!direct) return { constant: false, at: full };
  return {
    constant: false,
    at(scope) {
      const value = direct(scope);
      return value === MISS ? full(scope) : value;
    },
  };
}

/** One segment among text. */
function textAt(code: Compiled, scope: Scope, soFar: number): string {
  const value = code.direct?.(scope) ?? MISS;
  if (typeof value === 'string' && soFar + value.length <= CHEAP_LENGTH) return value;
  const rt = new Runtime(scope, scope.itemIndex, code.mutable, compileTemplate);
  const text = textOf(rt, value === MISS ? evaluate(code, rt) : value);
  if (soFar + text.length > CHEAP_LENGTH) rt.room(soFar + text.length);
  return text;
}

function mixed(pieces: readonly Piece[]): Template {
  return {
    constant: false,
    at(scope) {
      let out = '';
      for (const piece of pieces) {
        out += typeof piece === 'string' ? piece : textAt(piece, scope, out.length);
      }
      return out;
    },
  };
}

/**
 * Compiles a parameter text as written. Without a leading `=` it is literal text. Never throws: a mistake in the text
 * is thrown by `at`, as ExpressionError('syntax' | 'unsupported' | 'limit' | 'regex') with a position.
 */
export function compileTemplate(text: string): Template {
  if (!text.startsWith('=')) return constant(text);
  try {
    if (text.length > MAX_SOURCE && text.includes('{{')) throw new ExpressionError('limit', 'The text is too long', 0);
    const pieces = split(text.slice(1), 1).map(compilePart);
    const [only] = pieces;
    if (pieces.length === 1 && typeof only === 'object') return single(only);
    return pieces.every((piece) => typeof piece === 'string') ? constant(pieces.join('')) : mixed(pieces);
  } catch (error) {
    if (error instanceof ExpressionError) return failing(error);
    if (error instanceof RangeError) {
      return failing(new ExpressionError('limit', 'The expression is nested too deeply', 1));
    }
    throw error;
  }
}
