import { ExpressionError } from '../error.ts';
import { MAX_ARRAY, MAX_REGEX_PROGRAM } from '../limits.ts';
import type { Runtime } from '../runtime.ts';
import { backtrackingEngine, linearEngine, type Engine, type Match } from './engine.ts';
import { typeFault } from './error-value.ts';

export type { Match } from './engine.ts';

const FLAGS = /^[dgimsuy]*$/;

/** A regular expression of the language; the host's backtracking engine is never asked. */
export class Regex {
  readonly source: string;
  readonly flags: string;
  readonly global: boolean;
  readonly sticky: boolean;
  lastIndex = 0;
  readonly #engine: Engine;

  constructor(source: string, flags: string, engine: Engine) {
    this.source = source;
    this.flags = flags;
    this.global = flags.includes('g');
    this.sticky = flags.includes('y');
    this.#engine = engine;
  }

  /** Instructions of the program. */
  get size(): number {
    return this.#engine.size;
  }

  /** A new object over the same program: a literal makes one each time it is evaluated. */
  fresh(): Regex {
    return new Regex(this.source, this.flags, this.#engine);
  }

  /** First match at or after `from`. */
  match(rt: Runtime, text: string, from: number): Match | undefined {
    if (from > text.length) return undefined;
    const match = this.#engine.search(rt, text)(from);
    return this.sticky && match?.index !== from ? undefined : match;
  }

  /** Every match from the start, or only the first when `limit` is 1. */
  matches(rt: Runtime, text: string, limit: number): Match[] {
    const search = this.#engine.search(rt, text);
    const found: Match[] = [];
    let from = 0;
    while (found.length < limit && from <= text.length) {
      const match = search(from);
      if (!match || (this.sticky && match.index !== from)) break;
      found.push(match);
      from = match.end > match.index ? match.end : match.end + 1;
      if (found.length > MAX_ARRAY) rt.places(found.length);
    }
    return found;
  }

  /** As `RegExp.prototype.exec`: advances `lastIndex` of global and sticky ones. */
  exec(rt: Runtime, text: string): Match | undefined {
    const moves = this.global || this.sticky;
    const match = this.match(rt, text, moves ? this.lastIndex : 0);
    if (moves) this.lastIndex = match ? match.end : 0;
    return match;
  }

  toString(): string {
    return `/${this.source}/${this.flags}`;
  }
}

/** Looking around and back references: what linear time cannot do. */
const NEEDS_BACKTRACKING = /\(\?<?[=!]|\\[1-9]|\\k</;

function engineFor(source: string, flags: string): Engine {
  try {
    return linearEngine(source, flags);
  } catch (error) {
    try {
      if (!NEEDS_BACKTRACKING.test(source)) throw error;
      return backtrackingEngine(source, flags);
    } catch (second) {
      const reason = second instanceof Error ? second.message : String(second);
      throw new ExpressionError('regex', `The regular expression /${source.slice(0, 80)}/ is not supported: ${reason}`);
    }
  }
}

/** Compiles JavaScript syntax: to RE2, or where it looks ahead or refers back, to our own engine. */
export function compileRegex(source: string, flags: string): Regex {
  if (!FLAGS.test(flags) || new Set(flags).size !== flags.length) throw typeFault(`Invalid flags '${flags}'`);
  const engine = engineFor(source, flags);
  if (engine.size > MAX_REGEX_PROGRAM) {
    throw new ExpressionError('limit', `The regular expression /${source.slice(0, 80)}/ is too large`);
  }
  return new Regex(source, flags, engine);
}

/** Compiles a pattern met while running. Compiling is dear (about a microsecond a character), so it is paid for. */
export function dynamicRegex(rt: Runtime, source: string, flags: string): Regex {
  rt.charge(64 + source.length);
  const regex = compileRegex(source, flags);
  rt.charge(regex.size * 2);
  return regex;
}
