import { MatcherInput, RE2JS, type Matcher } from 're2js';
import { ExpressionError } from '../error.ts';
import { MAX_ARRAY, MAX_REGEX_PROGRAM } from '../limits.ts';
import type { Runtime } from '../runtime.ts';
import { typeFault } from './error-value.ts';
import { MeteredText } from './metered-text.ts';
import { javaScriptClasses } from './regex-syntax.ts';

/** One match: `index` is where it starts, groups not taken part in are undefined. */
export interface Match {
  index: number;
  end: number;
  /** `[0]` is the whole match. */
  groups: (string | undefined)[];
  named: Map<string, string | undefined> | undefined;
}

/** Steps of one search, however short. */
const MATCH = 4;
/** Up to this many characters a flat price is right. */
const SHORT_TEXT = 256;

const FLAGS = /^[dgimsuy]*$/;

/** A regular expression that takes linear time: RE2 instead of the host's backtracking engine. */
export class Regex {
  readonly source: string;
  readonly flags: string;
  readonly global: boolean;
  readonly sticky: boolean;
  lastIndex = 0;
  readonly #compiled: RE2JS;
  /** Instructions of the program. */
  readonly size: number;

  constructor(source: string, flags: string, compiled: RE2JS) {
    this.source = source;
    this.flags = flags;
    this.global = flags.includes('g');
    this.sticky = flags.includes('y');
    this.#compiled = compiled;
    this.size = compiled.programSize();
  }

  /** A new object over the same program: a literal makes one each time it is evaluated. */
  fresh(): Regex {
    return new Regex(this.source, this.flags, this.#compiled);
  }

  /** First match at or after `from`. */
  match(rt: Runtime, text: string, from: number): Match | undefined {
    if (from > text.length) return undefined;
    return this.#next(rt, text, from, this.#input(rt, text));
  }

  /** Every match from the start, or only the first when `limit` is 1. */
  matches(rt: Runtime, text: string, limit: number): Match[] {
    const input = this.#input(rt, text);
    const found: Match[] = [];
    let from = 0;
    while (found.length < limit && from <= text.length) {
      const match = this.#next(rt, text, from, input);
      if (!match) break;
      found.push(match);
      from = match.end > match.index ? match.end : match.end + 1;
      if (found.length > MAX_ARRAY) rt.places(found.length);
    }
    return found;
  }

  /** Long texts are metered to the character: one search is linear, but searching again after each match may not be. */
  #input(rt: Runtime, text: string): Matcher {
    if (text.length <= SHORT_TEXT) return this.#compiled.matcher(text);
    return this.#compiled.matcher(MatcherInput.utf16(new MeteredText(rt, text, this.size)));
  }

  #next(rt: Runtime, text: string, from: number, matcher: Matcher): Match | undefined {
    rt.charge(MATCH + (text.length <= SHORT_TEXT ? (this.size * (text.length - from)) >> 8 : 0));
    if (!matcher.find(from)) return undefined;
    const index = matcher.start();
    if (this.sticky && index !== from) return undefined;
    const groups: (string | undefined)[] = [];
    for (let i = 0; i <= matcher.groupCount(); i++) groups.push(matcher.group(i) ?? undefined);
    const names = Object.entries(this.#compiled.namedGroups());
    const named = names.length > 0 ? new Map(names.map(([name, at]) => [name, groups[at]])) : undefined;
    return { index, end: matcher.end(), groups, named };
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

/** Compiles JavaScript syntax. Lookahead and back references do not exist in linear time: they are refused. */
export function compileRegex(source: string, flags: string): Regex {
  if (!FLAGS.test(flags) || new Set(flags).size !== flags.length) throw typeFault(`Invalid flags '${flags}'`);
  let options = RE2JS.LOOKBEHINDS;
  if (flags.includes('i')) options |= RE2JS.CASE_INSENSITIVE;
  if (flags.includes('m')) options |= RE2JS.MULTILINE;
  if (flags.includes('s')) options |= RE2JS.DOTALL;
  let compiled: RE2JS;
  try {
    const translated = RE2JS.translateRegExp(source === '' ? '(?:)' : source);
    compiled = RE2JS.compile(javaScriptClasses(translated, !/[ms]/.test(flags)), options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExpressionError('regex', `The regular expression /${source.slice(0, 80)}/ is not supported: ${reason}`);
  }
  if (compiled.programSize() > MAX_REGEX_PROGRAM) {
    throw new ExpressionError('limit', `The regular expression /${source.slice(0, 80)}/ is too large`);
  }
  return new Regex(source, flags, compiled);
}

/** Compiles a pattern met while running. Compiling is dear (about a microsecond a character), so it is paid for. */
export function dynamicRegex(rt: Runtime, source: string, flags: string): Regex {
  rt.charge(64 + source.length);
  const regex = compileRegex(source, flags);
  rt.charge(regex.size * 2);
  return regex;
}
