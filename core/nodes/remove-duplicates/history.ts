import { numberOf as sizeFrom, textOf } from '../../data/text.ts';
import { shown, toMoment } from '../../conditions/index.ts';
import { canonical } from '../../data/canonical.ts';
import type { Item, Json, JsonObject } from '../../data/item.ts';
import {
  type CompileKit,
  type KeptScope,
  NodeError,
  type NodeExecutor,
  type StepContext,
  type StepResult,
} from '../../node/kit.ts';
import { objectOf } from '../field-list.ts';
import { pass } from '../pass.ts';
import { digest } from './digest.ts';

const DEFAULT_HISTORY = 10_000;
/** So many names of values fit into what a node may keep (MAX_KEPT_CHARS). */
const MAX_HISTORY = 15_000;
/** Beside what code keeps as the workflow's static data. */
const KEY = '$removeDuplicates';

/** What was seen, by kind of comparison. */
interface Seen {
  values?: string[];
  highest?: number;
  /** Epoch milliseconds. */
  latest?: number;
}

type Judge = (value: Json, seen: Seen, step: StepContext, itemIndex: number) => boolean;
interface Comparison {
  parameter: string;
  isNew: Judge;
  /** What is seen once these items, kept or not, have passed. */
  after(seen: Seen, values: readonly Json[], step: StepContext): Seen;
}

const COMPARISONS: ReadonlyMap<string, (historySize: number) => Comparison> = new Map([
  ['removeItemsWithAlreadySeenKeyValues', byValue],
  ['removeItemsUpToStoredIncrementalKey', (): Comparison => byNumber],
  ['removeItemsUpToStoredDate', (): Comparison => byDate],
]);

const scopeOf = (kit: CompileKit): KeptScope => (kit.raw('options.scope') === 'workflow' ? 'global' : 'node');
const read = (step: StepContext, scope: KeptScope): Seen => objectOf(step.kept(scope)[KEY]) as Seen;
const keep = (step: StepContext, scope: KeptScope, seen: Seen): Record<string, JsonObject> => ({
  [scope]: { ...step.kept(scope), [KEY]: seen as JsonObject },
});

/** Items that no earlier run had go to the first output, the others to the second. */
export function compileAcrossRuns(kit: CompileKit): NodeExecutor {
  const logic = textOf(kit.raw('logic'), 'removeItemsWithAlreadySeenKeyValues');
  const made = COMPARISONS.get(logic);
  if (!made) throw new NodeError('unknown-mode', `Remove duplicates cannot keep items by "${logic.slice(0, 80)}".`);
  const size = kit.param<Json>('options.historySize', DEFAULT_HISTORY);
  const scope = scopeOf(kit);
  return {
    outputs: 2,
    run(step): StepResult {
      if (step.items.length === 0) return { kind: 'output', outputs: [[], []] };
      const comparison = made(historySize(size.at(step.scope(0))));
      const value = kit.param<Json>(comparison.parameter, '');
      const seen = read(step, scope);
      const fresh: Item[] = [];
      const known: Item[] = [];
      const values: Json[] = [];
      for (const [index, item] of step.items.entries()) {
        const own = value.at(step.scope(index));
        if (own === undefined || own === null || own === '') {
          throw new NodeError('no-value', 'The value to compare by is missing.', {
            itemIndex: index,
            description: 'Give each item one, or filter those without it out before.',
          });
        }
        (comparison.isNew(own, seen, step, index) ? fresh : known).push(pass(item, index));
        values.push(own);
      }
      return { kind: 'output', outputs: [fresh, known], keep: keep(step, scope, comparison.after(seen, values, step)) };
    },
  };
}

/** Forgets what was seen; the items pass. */
export function compileClear(kit: CompileKit): NodeExecutor {
  const scope = scopeOf(kit);
  return {
    outputs: 1,
    run: (step): StepResult => ({ kind: 'output', outputs: [step.items.map(pass)], keep: keep(step, scope, {}) }),
  };
}

function historySize(value: Json): number {
  const size = sizeFrom(value);
  if (Number.isInteger(size) && size >= 1) return Math.min(size, MAX_HISTORY);
  throw new NodeError('bad-history-size', `'${shown(value)}' is not a number of values to remember.`);
}

const nameOf = (value: Json): string => digest(typeof value === 'string' ? value : canonical(value));

function byValue(size: number): Comparison {
  // One set a step: the list is read once, not for each item.
  let known: { of: Seen; names: ReadonlySet<string> } | undefined;
  return {
    parameter: 'dedupeValue',
    isNew(value, seen) {
      if (known?.of !== seen) known = { of: seen, names: new Set(seen.values) };
      return !known.names.has(nameOf(value));
    },
    after(seen, values) {
      // Seen again is seen last: a value that keeps coming is not forgotten for being old.
      const names = new Set(values.map(nameOf));
      const older = (seen.values ?? []).filter((name) => !names.has(name));
      return { ...seen, values: [...older, ...names].slice(-size) };
    },
  };
}

const byNumber: Comparison = {
  parameter: 'incrementalDedupeValue',
  isNew: (value, { highest }, _step, index) => numberOf(value, index) > (highest ?? Number.NEGATIVE_INFINITY),
  after: (seen, values) => ({
    ...seen,
    highest: most([...given(seen.highest), ...values.map((value) => numberOf(value, 0))]),
  }),
};

const byDate: Comparison = {
  parameter: 'dateDedupeValue',
  isNew: (value, { latest }, step, index) => millisOf(value, step, index) > (latest ?? Number.NEGATIVE_INFINITY),
  after: (seen, values, step) => ({
    ...seen,
    latest: most([...given(seen.latest), ...values.map((value) => millisOf(value, step, 0))]),
  }),
};

const given = (value: number | undefined): number[] => (value === undefined ? [] : [value]);
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));

function numberOf(value: Json, itemIndex: number): number {
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  if (Number.isFinite(number)) return number;
  throw new NodeError('not-a-number', `'${shown(value)}' is not a number to compare by.`, { itemIndex });
}

function millisOf(value: Json, step: StepContext, itemIndex: number): number {
  const moment = toMoment(value, step.zone);
  if (moment) return moment.toMillis();
  throw new NodeError('bad-date', `'${shown(value)}' is not a date to compare by.`, {
    itemIndex,
    description: 'Give it in ISO form, such as 2026-03-31T12:00:00Z.',
  });
}
