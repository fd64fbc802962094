const padded = (value: number, digits = 2): string => String(value).padStart(digits, '0');

/** A moment as the calendar and the clock of a zone have it; `undefined` is the browser's zone. */
interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

function wallOf(at: Date, zone: string | undefined): Wall {
  if (zone === undefined) {
    const [year, month, day] = [at.getFullYear(), at.getMonth() + 1, at.getDate()];
    return { year, month, day, hour: at.getHours(), minute: at.getMinutes(), second: at.getSeconds() };
  }
  const parts = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const value = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((each) => each.type === type)?.value);
  return {
    year: value('year'),
    month: value('month'),
    day: value('day'),
    hour: value('hour'),
    minute: value('minute'),
    second: value('second'),
  };
}

/**
 * As the browser's own control writes it, in the person's time zone: `2026-11-26T18:30`; empty where it is no moment.
 * Read part by part: offsets of long ago have seconds, and a year passes them while somebody types it.
 */
export function localText(atMs: number, zone?: string): string {
  const at = new Date(atMs);
  if (Number.isNaN(at.getTime())) return '';
  const { year, month, day, hour, minute } = wallOf(at, zone);
  return `${padded(year, 4)}-${padded(month)}-${padded(day)}T${padded(hour)}:${padded(minute)}`;
}

const LOCAL = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)$/;
const DAY_MS = 86_400_000;

/** How far the clock of a zone is ahead of UTC at a moment. */
function aheadMs(atMs: number, zone: string): number {
  const { year, month, day, hour, minute, second } = wallOf(new Date(atMs), zone);
  // Date.UTC takes years below 100 for those of the last century
  const wallMs = new Date(0).setUTCFullYear(year, month - 1, day) + ((hour * 60 + minute) * 60 + second) * 1_000;
  return wallMs - Math.floor(atMs / 1_000) * 1_000;
}

/**
 * The moment such a text says, as epoch milliseconds; undefined where it says none. As in the browser's own zone, the
 * first of two where a clock is set back, and where it is set forward, what it would have been without.
 */
export function momentIn(text: string, zone?: string): number | undefined {
  const isInZone = zone !== undefined && LOCAL.test(text);
  const atMs = new Date(isInZone ? `${text}Z` : text).getTime();
  if (Number.isNaN(atMs)) return undefined;
  if (!isInZone) return atMs;
  const [before, after] = [atMs - aheadMs(atMs - DAY_MS, zone), atMs - aheadMs(atMs + DAY_MS, zone)];
  return [before, after].find((each) => each + aheadMs(each, zone) === atMs) ?? before;
}
