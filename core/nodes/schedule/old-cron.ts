import type { JsonObject } from '../../data/item.ts';
import { NodeError } from '../../node/kit.ts';
import { cronRule } from './cron.ts';
import { every, monthly, onDays, within } from './interval.ts';
import type { Rule } from './recurrence.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** One entry of the old Cron node's `triggerTimes.item`. */
export function oldCronRule(entry: JsonObject): Rule {
  const minute = (): number => within(entry.minute, { name: 'minute', from: 0, to: 59, initial: 0 }) * MINUTE_MS;
  const time = (): number => within(entry.hour, { name: 'hour', from: 0, to: 23, initial: 14 }) * HOUR_MS + minute();
  const mode = String(entry.mode ?? 'everyDay');
  switch (mode) {
    case 'everyMinute':
      return every(MINUTE_MS);
    case 'everyHour':
      return every(HOUR_MS, minute());
    case 'everyX': {
      const value = within(entry.value, { name: 'whole number', from: 1, to: 1000, initial: 2 });
      return every(value * (entry.unit === 'minutes' ? MINUTE_MS : HOUR_MS));
    }
    case 'everyDay':
      return onDays(time(), () => true);
    case 'everyWeek': {
      const weekday = within(entry.weekday, { name: 'weekday', from: 0, to: 7, initial: 1 }) % 7;
      return onDays(time(), (day) => (day + 4) % 7 === weekday);
    }
    case 'everyMonth': {
      const dayOfMonth = within(entry.dayOfMonth, { name: 'day of the month', from: 1, to: 31, initial: 1 });
      return monthly({ months: 1, dayOfMonth, timeMs: time() });
    }
    case 'custom':
      return cronRule(String(entry.cronExpression ?? '* * * * * *'));
    default:
      throw new NodeError('bad-schedule', `A schedule has no mode "${mode}".`);
  }
}
