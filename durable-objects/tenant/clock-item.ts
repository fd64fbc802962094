import type { Item } from '../../core/data/item.ts';

/** What a schedule trigger emits: the time of the start in the workflow's zone, field names and forms as n8n's. */
export function clockItem(atMs: number, zone: string): Item {
  const at = new Date(atMs);
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const [year, day, hour, minute, second] = [part('year'), part('day'), part('hour'), part('minute'), part('second')];
  const month = part('month');
  const offset = part('timeZoneName').replace('GMT', '') || '+00:00';
  const monthNumber = new Intl.DateTimeFormat('en-US', { timeZone: zone, month: '2-digit' }).format(at);
  const millis = String(at.getUTCMilliseconds()).padStart(3, '0');
  const clock = `${Number(hour) % 12 || 12}:${minute}:${second} ${Number(hour) < 12 ? 'am' : 'pm'}`;
  return {
    json: {
      timestamp: `${year}-${monthNumber}-${day}T${hour}:${minute}:${second}.${millis}${offset}`,
      'Readable date': `${month} ${ordinal(Number(day))} ${year}, ${clock}`,
      'Readable time': clock,
      'Day of week': part('weekday'),
      Year: year,
      Month: month,
      'Day of month': day,
      Hour: hour,
      Minute: minute,
      Second: second,
      Timezone: `${zone} (UTC${offset})`,
    },
  };
}

function ordinal(day: number): string {
  const teen = day >= 11 && day <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${ending}`;
}
