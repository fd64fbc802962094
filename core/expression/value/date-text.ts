const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number): string => String(n).padStart(2, '0');

export const dayText = (date: Date): string =>
  `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${two(date.getUTCDate())} ${String(date.getUTCFullYear()).padStart(4, '0')}`;

export const timeText = (date: Date): string =>
  `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} GMT+0000 (Coordinated Universal Time)`;

/** `Date.prototype.toString` of a process whose zone is UTC, wherever it runs. */
export const dateText = (date: Date): string =>
  Number.isNaN(date.getTime()) ? 'Invalid Date' : `${dayText(date)} ${timeText(date)}`;

const LOCAL_ISO = /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/;
const HAS_ZONE = /(Z|GMT|UTC|UT|[ECMP][SD]T|[+-]\d\d:?\d\d)\s*(\(.*\))?$/i;

/** `Date.parse` where a text without a zone is UTC, not the host's zone: the same text gives the same time anywhere. */
export function parseDate(text: string): number {
  if (text.length > 100) return NaN;
  if (LOCAL_ISO.test(text)) return Date.parse(`${text}Z`);
  if (HAS_ZONE.test(text)) return Date.parse(text);
  if (/^[+-]?\d{4,6}(-\d\d(-\d\d)?)?$/.test(text)) return Date.parse(text);
  const asUtc = Date.parse(`${text} UTC`);
  return Number.isNaN(asUtc) ? Date.parse(text) : asUtc;
}
