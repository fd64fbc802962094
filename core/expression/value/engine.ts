import { MatcherInput, RE2JS } from 're2js';
import type { Runtime } from '../runtime.ts';
import { Attempt, compilePattern } from './backtrack/match.ts';
import { parsePattern } from './backtrack/syntax.ts';
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

/** Finds the first match at or after a place of one text. */
export type Search = (from: number) => Match | undefined;

/** What runs a regular expression. */
export interface Engine {
  /** Instructions of the program. */
  readonly size: number;
  search(rt: Runtime, text: string): Search;
}

/** Steps of one search, however short. */
const MATCH = 4;
/** Up to this many characters a flat price is right. */
const SHORT_TEXT = 256;

/** RE2: linear time. Throws for syntax it does not have. */
export function linearEngine(source: string, flags: string): Engine {
  let options = RE2JS.LOOKBEHINDS;
  if (flags.includes('i')) options |= RE2JS.CASE_INSENSITIVE;
  if (flags.includes('m')) options |= RE2JS.MULTILINE;
  if (flags.includes('s')) options |= RE2JS.DOTALL;
  const translated = RE2JS.translateRegExp(source === '' ? '(?:)' : source);
  const compiled = RE2JS.compile(javaScriptClasses(translated, !/[ms]/.test(flags)), options);
  const size = compiled.programSize();
  const names = Object.entries(compiled.namedGroups());
  return {
    size,
    search(rt, text) {
      const isShort = text.length <= SHORT_TEXT;
      // Long texts are metered to the character: one search is linear, but searching again after each match may not be.
      const matcher = compiled.matcher(isShort ? text : MatcherInput.utf16(new MeteredText(rt, text, size)));
      return (from) => {
        rt.charge(MATCH + (isShort ? (size * (text.length - from)) >> 8 : 0));
        if (!matcher.find(from)) return undefined;
        const groups: (string | undefined)[] = [];
        for (let i = 0; i <= matcher.groupCount(); i++) groups.push(matcher.group(i) ?? undefined);
        const named = names.length > 0 ? new Map(names.map(([name, at]) => [name, groups[at]])) : undefined;
        return { index: matcher.start(), end: matcher.end(), groups, named };
      };
    },
  };
}

/** Our own, for lookahead and back references: it backtracks, and pays for every look at the text. */
export function backtrackingEngine(source: string, flags: string): Engine {
  const given = {
    ignoreCase: flags.includes('i'),
    multiline: flags.includes('m'),
    dotAll: flags.includes('s'),
  };
  const { pattern, groups: count, names } = parsePattern(source, given);
  const matcher = compilePattern(pattern, given);
  return {
    size: source.length,
    search: (rt, text) => (from) => {
      rt.charge(MATCH);
      for (let index = from; index <= text.length; index++) {
        const attempt = new Attempt(rt, text, count);
        attempt.look();
        rt.charge(1);
        const end = matcher(attempt, index, (at) => at);
        if (end < 0) continue;
        const { marks } = attempt;
        const groups: (string | undefined)[] = [text.slice(index, end)];
        for (let i = 1; i <= count; i++) {
          const [start = -1, stop = -1] = [marks[i * 2], marks[i * 2 + 1]];
          groups.push(start < 0 ? undefined : text.slice(start, stop));
        }
        const named = names.size > 0 ? new Map([...names].map(([name, at]) => [name, groups[at]])) : undefined;
        return { index, end, groups, named };
      }
      return undefined;
    },
  };
}
