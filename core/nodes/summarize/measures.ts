import { asText } from '../../conditions/index.ts';
import { canonical } from '../../data/canonical.ts';
import type { Json, JsonObject } from '../../data/item.ts';
import { fieldReader } from '../../data/path.ts';
import type { Scope } from '../../expression/scope.ts';
import { type CompileKit, NodeError } from '../../node/kit.ts';
import { objectsOf } from '../field-list.ts';

/** One number, text or list made of a field's values. */
export interface Measure {
  field: string;
  /** Name of the field it is put under. */
  output: string;
  read: (json: JsonObject) => Json | undefined;
  of: (values: (Json | undefined)[]) => Json;
}

type Make = (values: (Json | undefined)[], how: { keepsEmpty: boolean; separator: string }) => Json;

const isEmpty = (value: Json | undefined): boolean => value === undefined || value === null || value === '';
const filled = (values: (Json | undefined)[]): Json[] => values.filter((value): value is Json => !isEmpty(value));
const kept = (values: (Json | undefined)[], keepsEmpty: boolean): (Json | undefined)[] =>
  keepsEmpty ? values : filled(values);
const numbers = (values: (Json | undefined)[]): number[] =>
  filled(values)
    .map(Number)
    .filter((value) => !Number.isNaN(value));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const isNumeric = (value: Json): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)));

/** Numbers by size, also those written as text beside others; everything else as text: ISO dates therefore by time. */
const extreme =
  (isBetter: (a: number | string, b: number | string) => boolean): Make =>
  (values) =>
    filled(values).reduce<Json>((best, value) => {
      if (best === null) return value;
      const hasNumber = typeof best === 'number' || typeof value === 'number';
      const asNumbers = hasNumber && isNumeric(best) && isNumeric(value);
      return isBetter(asNumbers ? Number(value) : asText(value), asNumbers ? Number(best) : asText(best))
        ? value
        : best;
    }, null);

const MAKERS: ReadonlyMap<string, { prefix: string; make: Make }> = new Map([
  [
    'append',
    { prefix: 'appended_', make: (values, { keepsEmpty }) => kept(values, keepsEmpty).map((value) => value ?? null) },
  ],
  [
    'average',
    {
      prefix: 'average_',
      make: (values) => (numbers(values).length === 0 ? null : sum(numbers(values)) / numbers(values).length),
    },
  ],
  [
    'concatenate',
    {
      prefix: 'concatenated_',
      make: (values, { keepsEmpty, separator }) =>
        kept(values, keepsEmpty)
          .map((value) => (value === undefined ? 'undefined' : asText(value)))
          .join(separator),
    },
  ],
  ['count', { prefix: 'count_', make: (values, { keepsEmpty }) => kept(values, keepsEmpty).length }],
  [
    'countUnique',
    {
      prefix: 'unique_count_',
      make: (values, { keepsEmpty }) => new Set(kept(values, keepsEmpty).map(canonical)).size,
    },
  ],
  ['max', { prefix: 'max_', make: extreme((a, b) => a > b) }],
  ['min', { prefix: 'min_', make: extreme((a, b) => a < b) }],
  ['sum', { prefix: 'sum_', make: (values) => sum(numbers(values)) }],
]);

export function compileMeasures(kit: CompileKit): (scope: Scope) => Measure[] {
  const dotted = kit.raw('options.disableDotNotation') !== true;
  const entries = objectsOf(kit.raw('fieldsToSummarize.values')).map((entry) => {
    const aggregation = String(entry.aggregation ?? 'count');
    const maker = MAKERS.get(aggregation);
    if (!maker) throw new NodeError('unknown-mode', `Summarize cannot "${aggregation}".`);
    const separator = entry.separateBy === 'other' ? entry.customSeparator : entry.separateBy;
    return {
      maker,
      field: kit.value(entry.field ?? ''),
      separator: kit.value(separator ?? ','),
      keepsEmpty: entry.includeEmpty === true,
    };
  });
  if (entries.length === 0) throw new NodeError('no-fields', 'Name at least one field to summarize.');
  return (scope) =>
    entries.map(({ maker, field, separator, keepsEmpty }) => {
      const name = String(field.at(scope) ?? '').trim();
      if (name === '') throw new NodeError('no-fields', 'Name the field to summarize.');
      const how = { keepsEmpty, separator: String(separator.at(scope)) };
      return {
        field: name,
        output: maker.prefix + plainName(name),
        read: fieldReader(name, dotted),
        of: (values) => maker.make(values, how),
      };
    });
}

/** A path as one name: `a.b c` → `a_b_c`. */
export const plainName = (name: string): string => name.replace(/[[\]"']/g, '').replace(/[ .]/g, '_');
