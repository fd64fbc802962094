import { DateTime } from 'luxon';
import type { Json, JsonObject } from '../../../data/item.ts';
import { NodeError } from '../../../node/kit.ts';

/** Octets of a line without its end (RFC 5545, 3.1). */
const MAX_LINE_BYTES = 75;

interface EventOptions {
  title: string;
  start: string;
  end: string;
  allDay: boolean;
  more: JsonObject;
  /** Names the event when the author did not; the same for the same step and item. */
  uid: string;
}

/** One event as an iCalendar file. */
export function writeEvent(event: EventOptions, at: { nowMs: number; zone: string }): Uint8Array<ArrayBuffer> {
  const { more } = event;
  const text = (name: string): string => String(more[name] ?? '');
  const zone = more['useWorkflowTimezone'] === true ? at.zone : 'utc';
  const start = moment(event.start, 'Start', at.zone);
  const end = event.end === '' ? start : moment(event.end, 'End', at.zone);
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'CALSCALE:GREGORIAN', 'PRODID:millrace', 'METHOD:PUBLISH'];
  const put = (name: string, value: string): void => void (value !== '' && lines.push(`${name}:${value}`));
  put('X-WR-CALNAME', escaped(text('calName')));
  lines.push('BEGIN:VEVENT', `UID:${escaped(text('uid') || event.uid)}`);
  put('SUMMARY', escaped(event.title));
  put('DTSTAMP', stamp(DateTime.fromMillis(at.nowMs, { zone: 'utc' })));
  if (event.allDay) {
    // The end of a whole-day event is the day after its last.
    const last = end.startOf('day') <= start.startOf('day') ? start.plus({ days: 1 }) : end;
    lines.push(`DTSTART;VALUE=DATE:${start.toFormat('yyyyMMdd')}`, `DTEND;VALUE=DATE:${last.toFormat('yyyyMMdd')}`);
  } else {
    lines.push(timed('DTSTART', start, zone), timed('DTEND', end, zone));
  }
  put('DESCRIPTION', escaped(text('description')));
  put('LOCATION', escaped(text('location')));
  put('URL', plain(text('url')));
  put('STATUS', plain(text('status')).toUpperCase());
  put('X-MICROSOFT-CDO-BUSYSTATUS', plain(text('busyStatus')).toUpperCase());
  put('RRULE', plain(text('recurrenceRule')).replace(/^RRULE:/i, ''));
  put('SEQUENCE', more['sequence'] === undefined ? '' : String(Math.trunc(Number(more['sequence'])) || 0));
  const geo = first(more['geolocationUi'], 'geolocationValues');
  if (geo) put('GEO', `${Number(geo['lat']) || 0};${Number(geo['lon']) || 0}`);
  const organizer = first(more['organizerUi'], 'organizerValues');
  if (organizer) lines.push(person('ORGANIZER', organizer));
  for (const attendee of listOf(more['attendeesUi'], 'attendeeValues')) {
    lines.push(person(`ATTENDEE;RSVP=${attendee['rsvp'] === true ? 'TRUE' : 'FALSE'}`, attendee));
  }
  lines.push('END:VEVENT', 'END:VCALENDAR');
  return new TextEncoder().encode(lines.map((line) => `${folded(line)}\r\n`).join(''));
}

function moment(text: string, what: string, zone: string): DateTime {
  const read = DateTime.fromISO(text.trim().replace(' ', 'T'), { zone });
  if (read.isValid) return read;
  throw new NodeError('bad-date', `${what} is no date: "${text}".`, {
    description: 'Write it like 2026-03-01T12:00:00.',
  });
}

const stamp = (time: DateTime): string => time.toUTC().toFormat("yyyyMMdd'T'HHmmss'Z'");

const timed = (name: string, time: DateTime, zone: string): string =>
  zone === 'utc' || zone === 'UTC'
    ? `${name}:${stamp(time)}`
    : `${name};TZID=${zone}:${time.setZone(zone).toFormat("yyyyMMdd'T'HHmmss")}`;

/** Text of a property: a line break or separator in it must not start another property. */
const escaped = (text: string): string =>
  text
    .replace(/[\\;,]/g, String.raw`\$&`)
    .replace(/\r\n|[\r\n]/g, String.raw`\n`)
    .replace(/\p{Cc}/gu, '');

/** A value without escapes (addresses, rules): control characters have no place in it. */
const plain = (text: string): string => text.replace(/\p{Cc}/gu, '').trim();

/** Names stand in quotes, which cannot be escaped. */
const person = (name: string, of: JsonObject): string =>
  `${name};CN="${plain(String(of['name'] ?? '')).replaceAll('"', "'")}":mailto:${plain(String(of['email'] ?? ''))}`;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function listOf(from: Json | undefined, name: string): JsonObject[] {
  const list = isObject(from) ? from[name] : undefined;
  return (Array.isArray(list) ? list : [list]).filter((each): each is JsonObject => isObject(each));
}

const first = (from: Json | undefined, name: string): JsonObject | undefined => listOf(from, name)[0];

/** Long lines go on in the next one after a blank; characters are not cut. */
function folded(line: string): string {
  const parts: string[] = [];
  let from = 0;
  let bytes = 0;
  let at = 0;
  for (const char of line) {
    const size = utf8Bytes(char.codePointAt(0) ?? 0);
    if (bytes + size > MAX_LINE_BYTES) {
      parts.push(line.slice(from, at));
      from = at;
      bytes = 1;
    }
    bytes += size;
    at += char.length;
  }
  return [...parts, line.slice(from)].join('\r\n ');
}

const utf8Bytes = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
