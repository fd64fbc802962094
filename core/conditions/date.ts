import { DateTime } from 'luxon';
import type { Json } from '../data/item.ts';

const FORMATS = ['yyyy/MM/dd', 'yyyy/MM/dd HH:mm:ss', 'd.M.yyyy', 'd.M.yyyy HH:mm'];

/**
 * Reads a moment from what workflows carry: ISO, RFC 2822, HTTP and SQL dates, what `Date` understands, epoch
 * milliseconds, or seconds (ten digits). Text without an offset is local to `zone`. Undefined when it is none of these.
 */
export function toMoment(value: Json | undefined, zone: string): DateTime | undefined {
  // Dates of hosts and tests; JSON has none.
  const held: unknown = value;
  if (DateTime.isDateTime(held)) return held.isValid ? held : undefined;
  if (held instanceof Date) return valid(DateTime.fromMillis(held.getTime(), { zone }));
  if (typeof value === 'number') return fromNumber(value, zone);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (text === '') return undefined;
  if (/^\d{10}$|^\d{13}$/.test(text)) return fromNumber(Number(text), zone);
  const how = { zone };
  return (
    valid(DateTime.fromISO(text, { ...how, setZone: true })) ??
    valid(DateTime.fromHTTP(text, { ...how, setZone: true })) ??
    valid(DateTime.fromRFC2822(text, { ...how, setZone: true })) ??
    valid(DateTime.fromSQL(text, { ...how, setZone: true })) ??
    FORMATS.map((format) => valid(DateTime.fromFormat(text, format, how))).find(Boolean) ??
    fromHostFormat(text, zone)
  );
}

const valid = (moment: DateTime): DateTime | undefined => (moment.isValid ? moment : undefined);

function fromNumber(value: number, zone: string): DateTime | undefined {
  if (!Number.isFinite(value)) return undefined;
  const isSeconds = Math.abs(value) >= 1e9 && Math.abs(value) < 1e10;
  return valid(DateTime.fromMillis(isSeconds ? value * 1000 : value, { zone }));
}

/** `Date.parse` reads zoneless text in the host's zone, which would make runs differ by host: force one. */
function fromHostFormat(text: string, zone: string): DateTime | undefined {
  if (!/\d/.test(text)) return undefined;
  const asUtc = Date.parse(`${text} UTC`);
  if (!Number.isNaN(asUtc)) {
    return valid(DateTime.fromMillis(asUtc, { zone: 'utc' }).setZone(zone, { keepLocalTime: true }));
  }
  const asWritten = Date.parse(text);
  return Number.isNaN(asWritten) ? undefined : valid(DateTime.fromMillis(asWritten, { zone }));
}
