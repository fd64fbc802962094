import { numberOf, textOf } from '../../data/text.ts';
import { shown, toMoment } from '../../conditions/index.ts';
import type { Json } from '../../data/item.ts';
import { type CompileKit, NodeError, type Param, type StepContext } from '../../node/kit.ts';

/** Epoch milliseconds at which a step goes on; items of one step wait together, so the first one decides. */
export type Until = (step: StepContext) => number;

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['milliseconds', 1],
  ['seconds', 1000],
  ['minutes', 60_000],
  ['hours', 3_600_000],
  ['days', 86_400_000],
]);

export const compileInterval =
  (amount: Param<Json>, unit: Param<Json>): Until =>
  (step) => {
    const scope = step.scope(0);
    const count = numberOf(amount.at(scope));
    const unitMs = UNIT_MS.get(textOf(unit.at(scope)));
    if (!Number.isFinite(count) || count < 0 || unitMs === undefined) {
      throw new NodeError('bad-interval', `Cannot wait for '${shown(amount.at(scope))} ${shown(unit.at(scope))}'.`, {
        description: 'Give a number that is not negative, and seconds, minutes, hours or days.',
      });
    }
    return step.nowMs + count * unitMs;
  };

export const compileMoment =
  (dateTime: Param<Json>): Until =>
  (step) => {
    const value = dateTime.at(step.scope(0));
    const moment = toMoment(value, step.zone);
    if (!moment) throw new NodeError('bad-date', `Cannot wait until '${shown(value)}': it is not a date.`);
    return moment.toMillis();
  };

/** How long a wait for somebody may take, as Wait and Form nodes say it. */
export function compileLimit(kit: CompileKit, at = ''): Until {
  if (kit.raw(`${at}limitType`) === 'atSpecifiedTime') return compileMoment(kit.param(`${at}maxDateAndTime`, ''));
  return compileInterval(kit.param(`${at}resumeAmount`, 1), kit.param(`${at}resumeUnit`, 'hours'));
}
