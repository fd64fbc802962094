import { IANAZone } from 'luxon';
import type { WorkflowNode } from '../../graph/document.ts';
import { NodeError } from '../../node/kit.ts';
import { objectOf, objectsOf } from '../field-list.ts';
import { cronRule } from './cron.ts';
import { intervalRule } from './interval.ts';
import { oldCronRule } from './old-cron.ts';
import type { Rule } from './recurrence.ts';
import { instantsOf } from './zone-time.ts';

/** Rules of a schedule, an old cron node, or of a trigger that polls (every minute unless it says otherwise). Throws NodeError `bad-schedule` for one that can never be read. */
export function rulesOf(node: WorkflowNode): Rule[] {
  if (typeof node.type === 'string' && node.type !== 'schedule') {
    const times = objectsOf(objectOf(node.parameters.pollTimes).item);
    return (times.length > 0 ? times : [{ mode: 'everyMinute' }]).map(oldCronRule);
  }
  const old = objectOf(node.parameters.triggerTimes).item;
  if (old !== undefined) return objectsOf(old).map(oldCronRule);
  const { interval, unit = 'seconds' } = node.parameters;
  // The old Interval node: so many units, nothing else. One second, its default, is left out of files.
  if (typeof interval === 'number' || Object.hasOwn(node.parameters, 'unit')) {
    return [intervalRule({ field: unit, [`${String(unit)}Interval`]: interval ?? 1 })];
  }
  const listed = objectOf(node.parameters.rule).interval;
  const rules = listed === undefined ? [{}] : objectsOf(listed);
  return rules.map((rule) =>
    rule.field === 'cronExpression' ? cronRule(String(rule.expression ?? '')) : intervalRule(rule),
  );
}

/**
 * The next `count` times a schedule fires after `afterMs`, oldest first, each time once. Depends on its arguments only.
 *
 * Clock changes: a time of day that does not exist fires at the first instant after the gap; one that happens twice
 * fires the first time. Rules that recur by elapsed time (seconds, minutes, hours, cron with `*` hours) simply go on.
 */
export function nextRuns(node: WorkflowNode, afterMs: number, zone: string, count: number): { atMs: number }[] {
  if (!IANAZone.isValidZone(zone)) throw new NodeError('bad-zone', `There is no time zone "${zone}".`);
  const streams = rulesOf(node).map((rule) => instantsOf(rule, { zone, afterMs }));
  const heads = streams.map((stream) => stream.next().value);
  const runs: { atMs: number }[] = [];
  while (runs.length < count) {
    const atMs = Math.min(...heads.map((head) => head ?? Number.POSITIVE_INFINITY));
    if (!Number.isFinite(atMs)) break;
    runs.push({ atMs });
    for (const [index, stream] of streams.entries()) {
      if (heads[index] === atMs) heads[index] = stream.next().value;
    }
  }
  return runs;
}
