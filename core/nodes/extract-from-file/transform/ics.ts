import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import type { Json, JsonObject } from '../../../data/item.ts';
import { NodeError } from '../../../node/kit.ts';

const MAX_EVENTS = 100_000;

/** A calendar as one object: `{version, prodId, method, name, events: [...]}`. */
export function calendarOf(text: string): JsonObject {
  let root: ICAL.Component;
  try {
    const parsed: unknown = ICAL.parse(text);
    // Several calendars in one file: their events are read as one.
    const first = Array.isArray(parsed) && Array.isArray(parsed[0]) ? parsed[0] : parsed;
    root = new ICAL.Component(first as never);
  } catch (error) {
    throw new NodeError('bad-ics', `This file is no iCalendar file: ${(error as Error).message}`);
  }
  const components = root.name === 'vevent' ? [root] : root.getAllSubcomponents('vevent');
  if (components.length > MAX_EVENTS) {
    throw new NodeError('too-many-events', `A calendar may have ${MAX_EVENTS} events.`);
  }
  return compact({
    version: textOf(root, 'version'),
    prodId: textOf(root, 'prodid'),
    method: textOf(root, 'method'),
    name: textOf(root, 'x-wr-calname'),
    events: components.map(eventOf),
  });
}

function eventOf(event: ICAL.Component): JsonObject {
  const geo = event.getFirstPropertyValue('geo') as unknown;
  const rule = event.getFirstPropertyValue('rrule') as { toString(): string } | null;
  const sequence = event.getFirstPropertyValue('sequence');
  return compact({
    summary: textOf(event, 'summary'),
    uid: textOf(event, 'uid'),
    created: momentOf(event, 'created'),
    lastModified: momentOf(event, 'last-modified'),
    stamp: momentOf(event, 'dtstamp'),
    start: momentOf(event, 'dtstart'),
    end: momentOf(event, 'dtend'),
    duration: textOf(event, 'duration'),
    description: textOf(event, 'description'),
    location: textOf(event, 'location'),
    url: textOf(event, 'url'),
    status: textOf(event, 'status'),
    class: textOf(event, 'class'),
    priority: textOf(event, 'priority'),
    sequence: typeof sequence === 'number' ? sequence : undefined,
    categories: listOf(event, 'categories'),
    geo: Array.isArray(geo) ? `${geo[0]};${geo[1]}` : undefined,
    recurrenceRule: rule ? ruleOf(rule.toString()) : undefined,
    organizer: personOf(event.getFirstProperty('organizer')),
    attendees: nonEmpty(event.getAllProperties('attendee').map((each) => personOf(each) as JsonObject)),
    alarms: nonEmpty(
      event
        .getAllSubcomponents('valarm')
        .map((alarm) => compact({ action: textOf(alarm, 'action'), trigger: textOf(alarm, 'trigger') })),
    ),
  });
}

function compact(from: Record<string, Json | undefined>): JsonObject {
  const made: JsonObject = {};
  for (const [name, value] of Object.entries(from)) if (value !== undefined) made[name] = value;
  return made;
}

const nonEmpty = (list: Json[]): Json[] | undefined => (list.length > 0 ? list : undefined);

function textOf(component: ICAL.Component, name: string): string | undefined {
  const value = component.getFirstPropertyValue(name) as unknown;
  return value === null || value === undefined ? undefined : String(value);
}

const listOf = (component: ICAL.Component, name: string): Json[] | undefined =>
  nonEmpty(component.getAllProperties(name).flatMap((each) => each.getValues().map(String)));

/** The instant, and the local time with its zone where one is named. */
function momentOf(component: ICAL.Component, name: string): JsonObject | undefined {
  const property = component.getFirstProperty(name);
  const value = property?.getFirstValue() as unknown;
  if (!property || !(value instanceof ICAL.Time)) return undefined;
  const zone = property.getFirstParameter('tzid') as string | undefined;
  const { year, month, day, hour, minute, second } = value;
  const parts = value.isDate ? { year, month, day } : { year, month, day, hour, minute, second };
  const wall = DateTime.fromObject(parts, { zone: 'utc' });
  // Times without a zone, or with one nobody knows, read as UTC.
  const local = zone === undefined ? wall : wall.setZone(zone, { keepLocalTime: true });
  const iso = (moment: DateTime): string => moment.toUTC().toISO() ?? '';
  return {
    date: iso(local.isValid ? local : wall),
    type: value.isDate ? 'DATE' : 'DATE-TIME',
    ...(zone === undefined ? {} : { local: { date: iso(wall), timezone: zone } }),
  };
}

function personOf(property: ICAL.Property | null): JsonObject | undefined {
  if (!property) return undefined;
  const of = (name: string): string | undefined => property.getFirstParameter(name) as string | undefined;
  return compact({
    name: of('cn'),
    email: String(property.getFirstValue() ?? '').replace(/^mailto:/i, ''),
    partstat: of('partstat'),
    role: of('role'),
    rsvp: of('rsvp') === undefined ? undefined : of('rsvp') === 'TRUE',
  });
}

function ruleOf(text: string): JsonObject {
  const made: JsonObject = {};
  for (const part of text.split(';')) {
    const [name = '', value = ''] = part.split('=');
    if (name === 'FREQ') made['frequency'] = value;
    else if (name === 'INTERVAL' || name === 'COUNT') made[name.toLowerCase()] = Number(value);
    else if (name !== '') made[name.toLowerCase()] = value;
  }
  return made;
}
