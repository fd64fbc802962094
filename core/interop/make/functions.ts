import { literal } from '../reference.ts';

type Args = readonly string[];

/** Tokens of dates: Make writes them as moment.js does, we as luxon does. */
const DATE_TOKENS: Readonly<Record<string, string>> = {
  YYYY: 'yyyy',
  YY: 'yy',
  MMMM: 'LLLL',
  MMM: 'LLL',
  MM: 'LL',
  M: 'L',
  DDDD: 'ooo',
  DDD: 'o',
  DD: 'dd',
  D: 'd',
  dddd: 'cccc',
  ddd: 'ccc',
  E: 'c',
  W: 'W',
  Q: 'q',
  A: 'a',
  Z: 'ZZ',
  ZZ: 'ZZZ',
};
const dateFormat = (code: string | undefined): string => {
  if (code === undefined || !code.startsWith('"')) return code ?? '"yyyy-LL-dd"';
  const text = JSON.parse(code) as string;
  return literal(text.replace(/YYYY|YY|M{1,4}|D{1,4}|d{3,4}|E|W|Q|A|ZZ?/g, (token) => DATE_TOKENS[token] ?? token));
};

const date = (code = '""'): string => `(${code}).toDateTime()`;
const text = (code = '""'): string => `String(${code})`;
const plus =
  (unit: string) =>
  ([when, amount = '0']: Args): string =>
    `${date(when)}.plus({ ${unit}: ${amount} }).toISO()`;

/** Make's functions that mean the same here, as code. */
export const FUNCTIONS: ReadonlyMap<string, (args: Args) => string> = new Map<string, (args: Args) => string>([
  ['if', ([test = 'false', yes = 'null', no = 'null']) => `((${test}) ? (${yes}) : (${no}))`],
  ['ifempty', ([value = 'null', other = 'null']) => `$ifEmpty(${value}, ${other})`],
  ['upper', ([value]) => `${text(value)}.toUpperCase()`],
  ['lower', ([value]) => `${text(value)}.toLowerCase()`],
  ['trim', ([value]) => `${text(value)}.trim()`],
  ['length', ([value = '""']) => `(${value}).length`],
  ['replace', ([value, what = '""', by = '""']) => `${text(value)}.replaceAll(${what}, ${by})`],
  ['substring', ([value, from = '0', to]) => `${text(value)}.substring(${from}${to === undefined ? '' : `, ${to}`})`],
  ['indexOf', ([value, what = '""']) => `${text(value)}.indexOf(${what})`],
  ['contains', ([value = '""', what = '""']) => `(${value}).includes(${what})`],
  ['split', ([value, by = '""']) => `${text(value)}.split(${by})`],
  ['join', ([list = '[]', by = '","']) => `(${list}).join(${by})`],
  ['first', ([list = '[]']) => `(${list})[0]`],
  ['last', ([list = '[]']) => `(${list}).at(-1)`],
  ['keys', ([value = '({})']) => `Object.keys(${value})`],
  ['parseNumber', ([value = '0']) => `Number(${value})`],
  ['toString', ([value]) => text(value)],
  ['round', ([value = '0']) => `Math.round(${value})`],
  ['floor', ([value = '0']) => `Math.floor(${value})`],
  ['ceil', ([value = '0']) => `Math.ceil(${value})`],
  ['abs', ([value = '0']) => `Math.abs(${value})`],
  ['min', (args) => `Math.min(${args.join(', ')})`],
  ['max', (args) => `Math.max(${args.join(', ')})`],
  ['sum', (args) => `[${args.join(', ')}].flat().sum()`],
  ['encodeURL', ([value]) => `encodeURIComponent(${value})`],
  ['decodeURL', ([value]) => `decodeURIComponent(${value})`],
  ['base64', ([value]) => `${text(value)}.base64Encode()`],
  [
    'formatDate',
    ([when, format, zone]) => `${date(when)}${zone ? `.setZone(${zone})` : ''}.toFormat(${dateFormat(format)})`,
  ],
  ['addSeconds', plus('seconds')],
  ['addMinutes', plus('minutes')],
  ['addHours', plus('hours')],
  ['addDays', plus('days')],
  ['addMonths', plus('months')],
  ['addYears', plus('years')],
]);

/** Names without brackets. */
export const CONSTANTS: ReadonlyMap<string, string> = new Map([
  ['now', '$now.toISO()'],
  ['timestamp', 'Math.floor($now.toSeconds())'],
  ['emptystring', '""'],
  ['emptyarray', '[]'],
  ['space', '" "'],
  ['newline', '"\\n"'],
  ['null', 'null'],
  ['true', 'true'],
  ['false', 'false'],
  ['pi', 'Math.PI'],
]);
