import { DateTime } from 'luxon';
import type { Scope } from './scope.ts';
import { compileTemplate } from './template.ts';
import { typeOf } from './value/member.ts';
import { isPlain } from './value/plain.ts';
import { View } from './value/view.ts';

export interface Member {
  name: string;
  kind: 'field' | 'method';
  /** What the field holds, in short. */
  sample?: string;
}

const MAX_MEMBERS = 300;
const MAX_SAMPLE = 60;
const DATE_FIELDS = [
  'year',
  'month',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
  'weekday',
  'weekNumber',
  'zoneName',
];

/** What can follow a dot after `code`, as it turns out in this scope; [] when it gives nothing. Never throws. */
export function membersOf(code: string, scope: Scope): Member[] {
  let value: unknown;
  try {
    value = compileTemplate(`={{ ${code} }}`).at(scope);
  } catch {
    return [];
  }
  if (value === undefined || value === null) return [];
  const fields = fieldsOf(value);
  const methods = [...typeOf(value).methods.keys()].map((name): Member => ({ name, kind: 'method' }));
  return [...fields, ...methods].slice(0, MAX_MEMBERS);
}

function fieldsOf(value: unknown): Member[] {
  if (value instanceof View) return value.keys().map((name) => ({ name, kind: 'field' }));
  if (value instanceof DateTime) return DATE_FIELDS.map((name) => ({ name, kind: 'field' }));
  if (typeof value === 'string' || Array.isArray(value)) {
    return [{ name: 'length', kind: 'field', sample: String(value.length) }];
  }
  if (!isPlain(value)) return [];
  return Object.entries(value).map(([name, each]) => ({ name, kind: 'field', sample: sampleOf(each) }));
}

function sampleOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length}]`;
  if (isPlain(value)) return '{…}';
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, MAX_SAMPLE)) : String(value);
  return text.slice(0, MAX_SAMPLE);
}
