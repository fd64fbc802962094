import { itemsText } from '../data/json-text.ts';
import type { RunEvent } from './events.ts';

/** JSON of an event, as journals store it. */
export function eventText(event: RunEvent): string {
  if (event.t !== 'start') return JSON.stringify(event);
  const { items, ...rest } = event;
  return `${JSON.stringify(rest).slice(0, -1)},"items":${itemsText(items)}}`;
}
