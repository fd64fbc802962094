import type { DateTime } from 'luxon';

/**
 * The first version of the node speaks the tokens of moment.js. Formatting answers each token for itself; reading
 * translates them for luxon.
 */
const TOKEN =
  /\[[^\]]*\]|\\.|Mo|MM?M?M?|Do|DDDo|DD?D?D?|do|dd?d?d?|[eE]|wo|ww?|Wo|WW?|Qo|Q|YYYYYY|YYYYY|YYYY|YY|Y|gg(?:ggg?)?|GG(?:GGG?)?|[aA]|HH?|hh?|kk?|mm?|ss?|S{1,9}|zz?|ZZ?|LTS|LT|LL?L?L?|l{1,4}|[xX]|./gs;

const LONG: Readonly<Record<string, string>> = {
  LTS: 'h:mm:ss A',
  LT: 'h:mm A',
  L: 'MM/DD/YYYY',
  LL: 'MMMM D, YYYY',
  LLL: 'MMMM D, YYYY h:mm A',
  LLLL: 'dddd, MMMM D, YYYY h:mm A',
  l: 'M/D/YYYY',
  ll: 'MMM D, YYYY',
  lll: 'MMM D, YYYY h:mm A',
  llll: 'ddd, MMM D, YYYY h:mm A',
};

const ordinal = (n: number): string => {
  const tens = n % 100;
  const suffix = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${suffix}`;
};
const pad = (n: number, width: number): string => String(n).padStart(width, '0');

/** Weeks of the United States: they begin on Sunday, and the first holds January 1st. */
function localWeek(moment: DateTime): { week: number; year: number } {
  const saturday = moment.plus({ days: 6 - (moment.weekday % 7) });
  return { week: Math.ceil(saturday.ordinal / 7), year: saturday.year };
}

type Answer = (moment: DateTime, token: string) => string;

const us: Answer = (m, token) => m.setLocale('en-US').toFormat(token);

const ANSWERS: Readonly<Record<string, Answer>> = {
  M: (m) => String(m.month),
  Mo: (m) => ordinal(m.month),
  MM: (m) => pad(m.month, 2),
  MMM: (m) => us(m, 'LLL'),
  MMMM: (m) => us(m, 'LLLL'),
  Q: (m) => String(m.quarter),
  Qo: (m) => ordinal(m.quarter),
  D: (m) => String(m.day),
  Do: (m) => ordinal(m.day),
  DD: (m) => pad(m.day, 2),
  DDD: (m) => String(m.ordinal),
  DDDo: (m) => ordinal(m.ordinal),
  DDDD: (m) => pad(m.ordinal, 3),
  d: (m) => String(m.weekday % 7),
  do: (m) => ordinal(m.weekday % 7),
  dd: (m) => us(m, 'ccc').slice(0, 2),
  ddd: (m) => us(m, 'ccc'),
  dddd: (m) => us(m, 'cccc'),
  e: (m) => String(m.weekday % 7),
  E: (m) => String(m.weekday),
  w: (m) => String(localWeek(m).week),
  wo: (m) => ordinal(localWeek(m).week),
  ww: (m) => pad(localWeek(m).week, 2),
  W: (m) => String(m.weekNumber),
  Wo: (m) => ordinal(m.weekNumber),
  WW: (m) => pad(m.weekNumber, 2),
  YY: (m) => pad(m.year % 100, 2),
  YYYY: (m) => pad(m.year, 4),
  YYYYY: (m) => pad(m.year, 5),
  YYYYYY: (m) => `${m.year < 0 ? '-' : '+'}${pad(Math.abs(m.year), 6)}`,
  Y: (m) => String(m.year),
  gg: (m) => pad(localWeek(m).year % 100, 2),
  gggg: (m) => pad(localWeek(m).year, 4),
  GG: (m) => pad(m.weekYear % 100, 2),
  GGGG: (m) => pad(m.weekYear, 4),
  A: (m) => (m.hour < 12 ? 'AM' : 'PM'),
  a: (m) => (m.hour < 12 ? 'am' : 'pm'),
  H: (m) => String(m.hour),
  HH: (m) => pad(m.hour, 2),
  h: (m) => String(m.hour % 12 || 12),
  hh: (m) => pad(m.hour % 12 || 12, 2),
  k: (m) => String(m.hour || 24),
  kk: (m) => pad(m.hour || 24, 2),
  m: (m) => String(m.minute),
  mm: (m) => pad(m.minute, 2),
  s: (m) => String(m.second),
  ss: (m) => pad(m.second, 2),
  z: (m) => m.offsetNameShort ?? '',
  zz: (m) => m.offsetNameShort ?? '',
  Z: (m) => us(m, 'ZZ'),
  ZZ: (m) => us(m, 'ZZZ'),
  X: (m) => String(Math.floor(m.toSeconds())),
  x: (m) => String(m.toMillis()),
};

/** The moment as text, by the tokens of moment.js. */
export function formatTokens(moment: DateTime, format: string): string {
  return (format.match(TOKEN) ?? [])
    .map((token) => {
      if (token.startsWith('[')) return token.slice(1, -1);
      if (token.startsWith('\\')) return token.slice(1);
      if (/^S+$/.test(token)) return pad(moment.millisecond, 3).padEnd(9, '0').slice(0, token.length);
      const long = Object.hasOwn(LONG, token) ? LONG[token] : undefined;
      if (long !== undefined) return formatTokens(moment, long);
      return Object.hasOwn(ANSWERS, token) ? (ANSWERS[token]?.(moment, token) ?? token) : token;
    })
    .join('');
}

/** Numbers may be written with or without their zero, as moment reads them. */
const READERS: Readonly<Record<string, string>> = {
  M: 'M',
  Mo: 'M',
  MM: 'M',
  MMM: 'LLL',
  MMMM: 'LLLL',
  Q: 'q',
  D: 'd',
  Do: 'd',
  DD: 'd',
  DDD: 'o',
  DDDD: 'o',
  ddd: 'ccc',
  dddd: 'cccc',
  E: 'c',
  W: 'W',
  WW: 'W',
  YY: 'yy',
  YYYY: 'yyyy',
  Y: 'y',
  GGGG: 'kkkk',
  A: 'a',
  a: 'a',
  H: 'H',
  HH: 'H',
  h: 'h',
  hh: 'h',
  m: 'm',
  mm: 'm',
  s: 's',
  ss: 's',
  S: 'u',
  SS: 'u',
  SSS: 'u',
  z: 'z',
  Z: 'ZZ',
  ZZ: 'ZZZ',
  X: 'X',
  x: 'x',
};

/** The same format in luxon's tokens, for reading. */
export function readingTokens(format: string): string {
  return (format.match(TOKEN) ?? [])
    .map((token) => {
      if (token.startsWith('[')) return quoted(token.slice(1, -1));
      if (token.startsWith('\\')) return quoted(token.slice(1));
      const long = Object.hasOwn(LONG, token) ? LONG[token] : undefined;
      if (long !== undefined) return readingTokens(long);
      if (Object.hasOwn(READERS, token)) return READERS[token] ?? token;
      return /[a-z]/i.test(token) ? quoted(token) : token;
    })
    .join('');
}

const quoted = (text: string): string => (text === '' ? '' : `'${text.replaceAll("'", '')}'`);
