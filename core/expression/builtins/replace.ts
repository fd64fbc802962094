import type { Runtime } from '../runtime.ts';
import { Callable } from '../value/callable.ts';
import { toStr } from '../value/coerce.ts';
import { define, type PlainObject } from '../value/plain.ts';
import type { Match, Regex } from '../value/regex.ts';

/** Expands `$1`, `$<name>`, `$&`, `` $` ``, `$'` and `$$`. */
function expand(template: string, match: Match, text: string): string {
  if (!template.includes('$')) return template;
  return template.replace(/\$(\$|&|`|'|\d{1,2}|<\w{1,64}>)/g, (whole, what: string) => {
    if (what === '$') return '$';
    if (what === '&') return match.groups[0] ?? '';
    if (what === '`') return text.slice(0, match.index);
    if (what === "'") return text.slice(match.end);
    if (what.startsWith('<')) return match.named ? (match.named.get(what.slice(1, -1)) ?? '') : whole;
    const both = Number(what);
    if (both > 0 && both < match.groups.length) return match.groups[both] ?? '';
    const one = Number(what[0]);
    if (what.length === 2 && one > 0 && one < match.groups.length) return (match.groups[one] ?? '') + what[1];
    return whole;
  });
}

function literalMatches(rt: Runtime, text: string, search: string, limit: number): Match[] {
  const found: Match[] = [];
  let from = 0;
  while (found.length < limit) {
    const index = text.indexOf(search, from);
    if (index < 0) break;
    if (found.length % 64 === 0) rt.places(found.length);
    found.push({ index, end: index + search.length, groups: [search], named: undefined });
    from = index + Math.max(1, search.length);
    if (from > text.length) break;
  }
  return found;
}

/** The `groups` object of a match. */
export function namedGroups(match: Match): PlainObject | undefined {
  if (!match.named) return undefined;
  const out: PlainObject = {};
  for (const [name, value] of match.named) define(out, name, value);
  return out;
}

/** `String#replace` and `#replaceAll`. */
export function replace(rt: Runtime, text: string, pattern: string | Regex, by: unknown, all: boolean): string {
  const limit = all ? Infinity : 1;
  const found =
    typeof pattern === 'string' ? literalMatches(rt, text, pattern, limit) : pattern.matches(rt, text, limit);
  const template = by instanceof Callable ? '' : toStr(rt, by);
  // Each of $` and $' may stand for the whole text: pay for that before expanding.
  const perMatch = template.length + (template.includes('$') ? text.length * (template.split('$').length - 1) : 0);
  rt.room(0);
  let out = '';
  let from = 0;
  for (const match of found) {
    let piece: string;
    if (by instanceof Callable) {
      const named = namedGroups(match);
      piece = toStr(rt, by.invoke(rt, [...match.groups, match.index, text, ...(named ? [named] : [])]));
    } else {
      rt.charge(1 + (perMatch >> 6));
      piece = expand(template, match, text);
    }
    rt.room(out.length + piece.length > 1_000_000 ? out.length + piece.length : piece.length);
    out += text.slice(from, match.index) + piece;
    from = match.end;
  }
  out += text.slice(from);
  rt.room(out.length);
  return out;
}

/** `String#split`. */
export function split(rt: Runtime, text: string, by: string | Regex | undefined, limit: number): unknown[] {
  if (by === undefined) return [text];
  if (typeof by === 'string') {
    if (by === '') rt.places(Math.min(text.length, limit));
    const parts = text.split(by, limit);
    rt.places(parts.length);
    return parts;
  }
  const out: unknown[] = [];
  let from = 0;
  if (text === '') return by.match(rt, '', 0) ? [] : [''];
  for (const match of by.matches(rt, text, Infinity)) {
    if (match.end === match.index && (match.index === 0 || match.index >= text.length)) continue;
    out.push(text.slice(from, match.index), ...match.groups.slice(1));
    from = match.end;
  }
  out.push(text.slice(from));
  return out.slice(0, limit);
}
