import { DateTime, type DateTimeOptions } from 'luxon';
import { checkReading } from '../builtins/date-format.ts';
import { luxonOptions, toDateTime } from '../builtins/luxon-arguments.ts';
import { replace } from '../builtins/replace.ts';
import { ExpressionError } from '../error.ts';
import { fromBase64, fromUtf8, toBase64, utf8 } from '../hash/bytes.ts';
import { HASHES } from '../hash/index.ts';
import type { Runtime } from '../runtime.ts';
import { textArg, toInt, toStr } from '../value/coerce.ts';
import { methods } from '../value/method.ts';
import { MAKE_DATE } from '../value/price.ts';
import { numberToDateTime } from './date.ts';
import { titleCase } from './title-case.ts';
import { DOMAIN, EMAIL, MARKDOWN, TAG, URL_TEXT, WHOLE_DOMAIN, WHOLE_EMAIL, WHOLE_URL } from './text-patterns.ts';

const bad = (message: string): never => {
  throw new ExpressionError('argument', message);
};

const OTHER_LETTERS = new Map(
  Object.entries({
    ß: 'ss',
    æ: 'ae',
    Æ: 'AE',
    ø: 'o',
    Ø: 'O',
    œ: 'oe',
    Œ: 'OE',
    ł: 'l',
    Ł: 'L',
    đ: 'd',
    Đ: 'D',
    þ: 'th',
    Þ: 'TH',
    ı: 'i',
    ð: 'd',
    Ð: 'D',
  }),
);

const plainLetters = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^\0-\x7f]/g, (char) => OTHER_LETTERS.get(char) ?? char);

const WIDE_HASHES = new Set(['sha3', 'sha384', 'sha512']);

function number(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  return Number.isNaN(value) ? bad(`'${text.slice(0, 40)}' is no number`) : value;
}

function parseDateTime(rt: Runtime, text: string, format: unknown): DateTime {
  const name = format === undefined ? '' : toStr(rt, format);
  if (['ms', 's', 'us', 'excel'].includes(name)) return numberToDateTime(rt, number(text), name);
  const options = luxonOptions(rt, undefined) as DateTimeOptions;
  if (name !== '') {
    checkReading(rt, text, name);
    const made = DateTime.fromFormat(text, name, options);
    return made.isValid ? made : bad(`'${text.slice(0, 40)}' cannot be read as '${name.slice(0, 40)}'`);
  }
  if (text.length < 100) {
    rt.charge(8 * MAKE_DATE);
    for (const read of [DateTime.fromISO, DateTime.fromRFC2822, DateTime.fromHTTP, DateTime.fromSQL]) {
      const made = read(text, options);
      if (made.isValid) return made;
    }
  }
  // Digits alone that are no ISO date are milliseconds.
  if (/^-?\d{9,16}$/.test(text)) return numberToDateTime(rt, Number(text), 'ms');
  return toDateTime(rt, text) ?? bad(`'${text.slice(0, 40)}': cannot convert to Luxon DateTime`);
}

function domain(rt: Runtime, text: string): string | undefined {
  const groups = DOMAIN.find(rt, text)?.groups;
  return groups?.[1] ?? groups?.[2];
}

function urlPath(rt: Runtime, text: string): string | undefined {
  const url = URL_TEXT.find(rt, text)?.groups[0];
  if (url === undefined) return undefined;
  const path = /^[a-z]+:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1];
  return path === undefined || path === '' ? '/' : path;
}

function decode(how: (text: string) => string, text: string): string {
  try {
    return how(text);
  } catch {
    return bad('The text is not a valid URL encoding');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return bad(
      text.includes("'") ? "Parsing failed. Check you're using double quotes" : 'Parsing failed: not valid JSON',
    );
  }
}

const removeTags = (rt: Runtime, text: string): string => replace(rt, text, TAG.regex, '', true);

/** n8n's functions on texts. */
export const stringExtensions = methods<string>({
  base64Decode: (rt, text) => {
    rt.charge(text.length >> 3);
    return fromUtf8(fromBase64(text));
  },
  base64Encode: (rt, text) => {
    rt.charge(text.length >> 3);
    return toBase64(utf8(text));
  },
  extractDomain: domain,
  extractEmail: (rt, text) => EMAIL.find(rt, text)?.groups[0],
  extractUrl: (rt, text) => URL_TEXT.find(rt, text)?.groups[0]?.replace(/[.,;:!?)\]}]$/, ''),
  extractUrlPath: urlPath,
  getOnlyFirstCharacters: (rt, text, [count]) => text.slice(0, Math.max(0, toInt(rt, count, 0))),
  hash: (rt, text, [algorithm]) => {
    const name = textArg(rt, algorithm, 'md5').toLowerCase();
    // Pure code: the 64-bit ones, over BigInt, take about a microsecond a byte, the others a tenth.
    rt.charge(64 + (WIDE_HASHES.has(name) ? text.length * 2 + 128 : text.length >> 2));
    return (
      HASHES.get(name)?.(text) ??
      bad(`Unknown algorithm ${name.slice(0, 40)}. Available: ${[...HASHES.keys()].join(', ')}`)
    );
  },
  isDomain: (rt, text) => WHOLE_DOMAIN.find(rt, text) !== undefined,
  isEmail: (rt, text) => WHOLE_EMAIL.find(rt, text) !== undefined,
  isEmpty: (_rt, text) => text === '',
  isNotEmpty: (_rt, text) => text !== '',
  isNumeric: (_rt, text) => text.trim() !== '' && !Number.isNaN(Number(text)),
  isUrl: (rt, text) => WHOLE_URL.find(rt, text) !== undefined,
  length: (_rt, text) => text.length,
  parseJson: (_rt, text) => parseJson(text),
  quote: (rt, text, [mark]) => {
    const by = textArg(rt, mark, '"');
    return by === '' ? text : by + replace(rt, text, by, `\\${by.replaceAll('$', '$$$$')}`, true) + by;
  },
  removeMarkdown: (rt, text) =>
    MARKDOWN.reduce((left, [pattern, by]) => replace(rt, left, pattern.regex, by, true), text),
  removeTags,
  replaceSpecialChars: (rt, text) => {
    rt.room(text.length * 3);
    return plainLetters(text);
  },
  stripTags: removeTags,
  toBoolean: (_rt, text) => !['', 'false', '0', 'no', 'off'].includes(text.toLowerCase().trim()),
  toDate: (rt, text) => parseDateTime(rt, text, undefined).toJSDate(),
  toDateTime: (rt, text, [format]) => parseDateTime(rt, text, format),
  toDecimalNumber: (_rt, text) => parseFloat(text),
  toFloat: (_rt, text) => parseFloat(text),
  toInt: (rt, text, [radix]) => parseInt(text, toInt(rt, radix, 10)),
  toJsonString: (_rt, text) => JSON.stringify(text),
  toNumber: (_rt, text) => number(text),
  toSentenceCase: (_rt, text) =>
    text
      .toLowerCase()
      .replace(/(^|[.!?]\s)(\s*\p{L})/gu, (_all, before: string, letter: string) => before + letter.toUpperCase()),
  toSnakeCase: (_rt, text) =>
    text
      .toLowerCase()
      .replace(/[ -]/g, '_')
      .replace(/[^\p{L}\p{N}_]/gu, ''),
  toTitleCase: (rt, text) => {
    rt.charge(16 + (text.length >> 3));
    return titleCase(text.toLowerCase());
  },
  toWholeNumber: (rt, text, [radix]) => parseInt(text, toInt(rt, radix, 10)),
  urlDecode: (_rt, text, [whole]) => decode(whole ? decodeURI : decodeURIComponent, text),
  urlEncode: (_rt, text, [whole]) => decode(whole ? encodeURI : encodeURIComponent, text),
});
