import { Cron } from 'croner';
import { NodeError } from '../../node/kit.ts';
import type { Rule } from './recurrence.ts';

/**
 * A cron expression of five fields, or six with seconds first. The pattern is matched against the clock's face (hence
 * "UTC"): what clock changes do is decided in one place for all rules, not by the library.
 */
export function cronRule(expression: string): Rule {
  const text = expression.trim();
  let cron: Cron;
  try {
    cron = new Cron(text, { paused: true, timezone: 'UTC' });
  } catch (error) {
    throw new NodeError('bad-schedule', `"${text}" is not a cron expression.`, {
      description: error instanceof Error ? error.message : String(error),
    });
  }
  const fields = text.split(/\s+/);
  const hours = fields[fields.length === 5 ? 1 : 2] ?? '';
  return {
    isInterval: hours.startsWith('*') || text === '@hourly',
    // Always given a reference, so that the library never asks what time it is.
    next: (wall) => cron.nextRun(new Date(wall))?.getTime(),
  };
}
