import { stringExtensions } from '../extensions/string.ts';
import type { Runtime } from '../runtime.ts';
import { textArg, toInt, toNum, toStr } from '../value/coerce.ts';
import { rangeFault, typeFault } from '../value/error-value.ts';
import { mergeTables, methods } from '../value/method.ts';
import { define } from '../value/plain.ts';
import { dynamicRegex, Regex, type Match } from '../value/regex.ts';
import { namedGroups, replace, split } from './replace.ts';

/** The array `match` and `exec` give: groups, plus `index`, `input` and `groups`. */
export function matchArray(match: Match, text: string): unknown[] {
  const out: unknown[] = [...match.groups];
  const fields = out as unknown as Record<string, unknown>;
  define(fields, 'index', match.index);
  define(fields, 'input', text);
  define(fields, 'groups', namedGroups(match));
  return out;
}

const pattern = (rt: Runtime, value: unknown): string | Regex => (value instanceof Regex ? value : toStr(rt, value));
const asRegex = (rt: Runtime, value: unknown, flags: string): Regex =>
  value instanceof Regex ? value : dynamicRegex(rt, value === undefined ? '' : toStr(rt, value), flags);
const notRegex = (rt: Runtime, value: unknown): string => {
  if (value instanceof Regex) throw typeFault('The argument must not be a regular expression');
  return toStr(rt, value);
};

function pad(rt: Runtime, text: string, args: readonly unknown[], start: boolean): string {
  const length = toInt(rt, args[0], 0);
  const fill = textArg(rt, args[1], ' ');
  rt.room(Math.max(length, 0));
  return start ? text.padStart(length, fill) : text.padEnd(length, fill);
}

const optionalInt = (rt: Runtime, value: unknown): number | undefined =>
  value === undefined ? undefined : toInt(rt, value, 0);

const native = methods<string>({
  at: (rt, text, [i]) => text.at(toInt(rt, i, 0)),
  charAt: (rt, text, [i]) => text.charAt(toInt(rt, i, 0)),
  charCodeAt: (rt, text, [i]) => text.charCodeAt(toInt(rt, i, 0)),
  codePointAt: (rt, text, [i]) => text.codePointAt(toInt(rt, i, 0)),
  concat: (rt, text, args) => {
    let out = text;
    for (const arg of args) {
      out += toStr(rt, arg);
      rt.room(out.length);
    }
    return out;
  },
  endsWith: (rt, text, [search, end]) => text.endsWith(notRegex(rt, search), optionalInt(rt, end)),
  hasOwnProperty: (rt: Runtime, text: string, [key]: readonly unknown[]) => Object.hasOwn(Object(text), toStr(rt, key)),
  includes: (rt, text, [search, from]) => text.includes(notRegex(rt, search), toInt(rt, from, 0)),
  indexOf: (rt, text, [search, from]) => text.indexOf(toStr(rt, search), toInt(rt, from, 0)),
  lastIndexOf: (rt, text, [search, from]) =>
    from === undefined ? text.lastIndexOf(toStr(rt, search)) : text.lastIndexOf(toStr(rt, search), toNum(rt, from)),
  localeCompare: (rt, text, [other, locale]) => {
    rt.charge(16 + (text.length >> 3));
    return text.localeCompare(toStr(rt, other), textArg(rt, locale, 'en-US'));
  },
  match: (rt, text, [by]) => {
    const regex = asRegex(rt, by, '');
    if (!regex.global) {
      const match = regex.exec(rt, text);
      return match ? matchArray(match, text) : null;
    }
    regex.lastIndex = 0;
    const all = regex.matches(rt, text, Infinity).map((match) => match.groups[0]);
    return all.length > 0 ? all : null;
  },
  matchAll: (rt, text, [by]) => {
    const regex = asRegex(rt, by, 'g');
    if (!regex.global) throw typeFault('matchAll needs a regular expression with the g flag');
    return regex.matches(rt, text, Infinity).map((match) => matchArray(match, text));
  },
  normalize: (rt, text, [form]) => {
    rt.room(text.length * 3);
    return text.normalize(textArg(rt, form, 'NFC'));
  },
  padEnd: (rt, text, args) => pad(rt, text, args, false),
  padStart: (rt, text, args) => pad(rt, text, args, true),
  repeat: (rt, text, [times]) => {
    const count = toInt(rt, times, 0);
    if (count < 0 || count === Infinity) throw rangeFault('Invalid count value');
    rt.room(text.length * count);
    return text.repeat(count);
  },
  replace: (rt, text, [by, value]) => {
    const search = pattern(rt, by);
    return replace(rt, text, search, value, search instanceof Regex && search.global);
  },
  replaceAll: (rt, text, [by, value]) => {
    const search = pattern(rt, by);
    if (search instanceof Regex && !search.global) throw typeFault('replaceAll needs the g flag');
    return replace(rt, text, search, value, true);
  },
  search: (rt, text, [by]) => asRegex(rt, by, '').match(rt, text, 0)?.index ?? -1,
  slice: (rt, text, [from, to]) => text.slice(toInt(rt, from, 0), optionalInt(rt, to)),
  split: (rt, text, [by, limit]) =>
    split(
      rt,
      text,
      by === undefined ? undefined : pattern(rt, by),
      limit === undefined ? 2 ** 32 - 1 : toInt(rt, limit, 0) >>> 0,
    ),
  startsWith: (rt, text, [search, from]) => text.startsWith(notRegex(rt, search), toInt(rt, from, 0)),
  substr: (rt, text, [from, length]) => {
    const at = toInt(rt, from, 0);
    const start = at < 0 ? Math.max(text.length + at, 0) : at;
    const count = length === undefined ? text.length : Math.max(toInt(rt, length, 0), 0);
    return text.slice(start, start + count);
  },
  substring: (rt, text, [from, to]) => text.substring(toInt(rt, from, 0), optionalInt(rt, to)),
  toLocaleLowerCase: (_rt, text) => text.toLowerCase(),
  toLocaleUpperCase: (_rt, text) => text.toUpperCase(),
  toLowerCase: (_rt, text) => text.toLowerCase(),
  toString: (_rt: Runtime, text: string) => text,
  toUpperCase: (_rt, text) => text.toUpperCase(),
  toWellFormed: (_rt, text) =>
    text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'),
  trim: (_rt, text) => text.trim(),
  trimEnd: (_rt, text) => text.trimEnd(),
  trimLeft: (_rt, text) => text.trimStart(),
  trimRight: (_rt, text) => text.trimEnd(),
  trimStart: (_rt, text) => text.trimStart(),
  valueOf: (_rt: Runtime, text: string) => text,
});

/** Everything callable on a string. */
export const stringMethods = mergeTables(stringExtensions, native);
