import { DateTime } from 'luxon';
import { type NodeType, defineNode } from '../../node/kit.ts';
import { rulesOf } from './rule.ts';

export const node: NodeType = defineNode({
  type: 'schedule',
  title: 'Schedule',
  summary: 'Starts at set times.',
  group: 'trigger',
  icon: 'clock',
  n8n: {
    type: 'n8n-nodes-base.scheduleTrigger',
    versions: [1, 1.1, 1.2, 1.3],
    also: [
      { type: 'n8n-nodes-base.cron', versions: [1] },
      { type: 'n8n-nodes-base.interval', versions: [1] },
    ],
  },
  version: 1.3,
  fields: [
    {
      name: 'rule.interval',
      label: 'Rules',
      type: 'schedule',
      fields: [
        {
          name: 'field',
          label: 'Every',
          type: 'options',
          default: 'days',
          options: ['seconds', 'minutes', 'hours', 'days', 'weeks', 'months', 'cronExpression'],
        },
        {
          name: 'secondsInterval',
          label: 'Seconds between',
          type: 'number',
          default: 30,
          show: { field: ['seconds'] },
        },
        { name: 'minutesInterval', label: 'Minutes between', type: 'number', default: 5, show: { field: ['minutes'] } },
        { name: 'hoursInterval', label: 'Hours between', type: 'number', default: 1, show: { field: ['hours'] } },
        { name: 'daysInterval', label: 'Days between', type: 'number', default: 1, show: { field: ['days'] } },
        { name: 'weeksInterval', label: 'Weeks between', type: 'number', default: 1, show: { field: ['weeks'] } },
        { name: 'triggerAtDay', label: 'On', type: 'weekdays', default: [0], show: { field: ['weeks'] } },
        { name: 'monthsInterval', label: 'Months between', type: 'number', default: 1, show: { field: ['months'] } },
        {
          name: 'triggerAtDayOfMonth',
          label: 'Day of the month',
          type: 'number',
          default: 1,
          show: { field: ['months'] },
        },
        {
          name: 'triggerAtHour',
          label: 'Hour',
          type: 'number',
          default: 0,
          show: { field: ['days', 'weeks', 'months'] },
        },
        {
          name: 'triggerAtMinute',
          label: 'Minute',
          type: 'number',
          default: 0,
          show: { field: ['hours', 'days', 'weeks', 'months'] },
        },
        {
          name: 'expression',
          label: 'Cron expression',
          type: 'string',
          description: 'Minute, hour, day, month, weekday: `30 9 * * 1-5`. Six parts begin with the second.',
          show: { field: ['cronExpression'] },
        },
      ],
    },
  ],
  trigger: 'schedule',
  inputs: 0,
  compile(kit) {
    // Refused when published, not at three in the morning.
    rulesOf(kit.node);
    return {
      outputs: 1,
      run(step) {
        const isBare = step.items.every((item) => Object.keys(item.json).length === 0);
        if (!isBare) return { kind: 'output', outputs: [step.items] };
        return { kind: 'output', outputs: [[{ json: describe(step.nowMs, step.zone) }]] };
      },
    };
  },
});

/** The moment of a run as n8n writes it, for runs started without a host's own items. */
function describe(nowMs: number, zone: string): Record<string, string> {
  const now = DateTime.fromMillis(nowMs, { zone, locale: 'en-US' });
  return {
    timestamp: now.toISO() ?? '',
    'Readable date': now
      .toFormat("MMMM d'th' yyyy, h:mm:ss a")
      .replace(/(\d+)th/, (_, day: string) => day + ordinal(Number(day))),
    'Readable time': now.toFormat('h:mm:ss a').toLowerCase(),
    'Day of week': now.toFormat('cccc'),
    Year: now.toFormat('yyyy'),
    Month: now.toFormat('MMMM'),
    'Day of month': now.toFormat('dd'),
    Hour: now.toFormat('HH'),
    Minute: now.toFormat('mm'),
    Second: now.toFormat('ss'),
    Timezone: `${zone} (UTC${now.toFormat('ZZ')})`,
  };
}

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th';
}
