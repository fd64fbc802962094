import { PRODUCTION } from '../../core/environment/reference.ts';
import type { ListCall } from './protocol.ts';

/** What can be said of stored heads by looking at their JSON text: parsing it costs thirty times as much. */
export interface Screen {
  /** False: none of the heads in it is asked for. True says nothing. */
  mayHold(text: string): boolean;
}

const MAX_ALTERNATIVES = 50;
const STARTED = '"startedAt":';

/** Everything a person types but letters that change their length or kind when they become small. */
const PLAIN = /^[\x20-\x7e]+$/;

export function screenFor(call: ListCall): Screen {
  const tests = [...fieldTests(call), ...textTests(call.text), ...timeTests(call)];
  return { mayHold: (text) => tests.every((test) => test(text)) };
}

type Test = (text: string) => boolean;

// A quote inside a text is escaped in JSON, so what is looked for is found where a field begins and nowhere else.
function fieldTests({ status, workflow, workflows, trigger, mode, version, environment, startedBy }: ListCall): Test[] {
  const tests: Test[] = [];
  const anyOf = (field: string, values: readonly string[]): void => {
    const parts = values.map((value) => `"${field}":${JSON.stringify(value)}`);
    if (parts.length <= MAX_ALTERNATIVES) tests.push((text) => parts.some((part) => text.includes(part)));
  };
  if (status) anyOf('status', status);
  if (workflow !== undefined) anyOf('workflow', [workflow]);
  if (workflows) anyOf('workflow', workflows);
  if (trigger !== undefined) anyOf('trigger', [trigger]);
  if (mode !== undefined) anyOf('mode', [mode]);
  // no run's id is theirs
  if (startedBy !== undefined) anyOf('id', [startedBy]);
  if (version === 'draft') tests.push((text) => text.includes('"version":"draft'));
  else if (version !== undefined) anyOf('version', [version]);
  if (environment !== undefined && environment !== PRODUCTION) tests.push((text) => text.includes(`@${environment}`));
  return tests;
}

function textTests(wanted: string | undefined): Test[] {
  if (wanted === undefined || !PLAIN.test(wanted)) return [];
  const escaped = JSON.stringify(wanted).slice(1, -1);
  const pattern = new RegExp(escaped.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`), 'i');
  // two letters become plain ones when they are made small, which the pattern does not know
  return [(text) => pattern.test(text) || text.includes('\u212a') || text.includes('\u0130')];
}

/** Segments are in the order in which their runs started. */
function timeTests({ untilMs }: ListCall): Test[] {
  if (untilMs === undefined) return [];
  return [(text) => (startedAt(text, text.indexOf(STARTED)) ?? -Infinity) <= untilMs];
}

/** When the last run of heads started; undefined when there is none. */
export const lastStartedAt = (text: string): number | undefined => startedAt(text, text.lastIndexOf(STARTED));

const startedAt = (text: string, at: number): number | undefined =>
  at < 0 ? undefined : parseInt(text.slice(at + STARTED.length, at + STARTED.length + 20), 10);
