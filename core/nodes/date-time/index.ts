import { DateTime } from 'luxon';
import type { Item, JsonObject } from '../../data/item.ts';
import { putOwn } from '../../data/path.ts';
import {
  type CompileKit,
  type Field,
  type NodeExecutor,
  type NodeType,
  NodeError,
  defineNode,
} from '../../node/kit.ts';
import { perItem } from '../../node/per-item.ts';
import { compileFirstVersion } from './first-version.ts';
import { OPERATIONS } from './operations.ts';

const FORMATS = ['MM/dd/yyyy', 'yyyy/MM/dd', 'MMMM dd yyyy', 'MM-dd-yyyy', 'yyyy-MM-dd', 'X', 'x', 'custom'];
const PARTS = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'];

const FIELDS: readonly Field[] = [
  {
    name: 'operation',
    label: 'Operation',
    type: 'options',
    default: 'getCurrentDate',
    options: [...OPERATIONS.keys()],
  },
  {
    name: 'magnitude',
    label: 'Date to add to',
    type: 'date',
    description: 'For adding and subtracting.',
    show: { operation: ['addToDate', 'subtractFromDate'] },
  },
  {
    name: 'duration',
    label: 'Duration',
    type: 'number',
    default: 0,
    show: { operation: ['addToDate', 'subtractFromDate'] },
  },
  {
    name: 'timeUnit',
    label: 'Unit',
    type: 'options',
    default: 'days',
    options: ['years', 'quarters', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds', 'milliseconds'],
    show: { operation: ['addToDate', 'subtractFromDate'] },
  },
  {
    name: 'date',
    label: 'Date',
    type: 'date',
    description: 'For formatting, extracting and rounding.',
    show: { operation: ['formatDate', 'extractDate', 'roundDate'] },
  },
  {
    name: 'format',
    label: 'Format',
    type: 'options',
    default: 'MM/dd/yyyy',
    options: FORMATS,
    show: { operation: ['formatDate'] },
  },
  {
    name: 'customFormat',
    label: 'Custom format',
    type: 'string',
    description: 'Tokens of luxon, e.g. yyyy-LL-dd.',
    show: { format: ['custom'] },
  },
  {
    name: 'part',
    label: 'Part',
    type: 'options',
    default: 'month',
    options: PARTS,
    show: { operation: ['extractDate'] },
  },
  { name: 'startDate', label: 'Start', type: 'date', show: { operation: ['getTimeBetweenDates'] } },
  { name: 'endDate', label: 'End', type: 'date', show: { operation: ['getTimeBetweenDates'] } },
  {
    name: 'units',
    label: 'Units',
    type: 'several',
    default: ['day'],
    description: 'A list of units to split the time into.',
    show: { operation: ['getTimeBetweenDates'] },
    options: ['year', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'],
  },
  {
    name: 'mode',
    label: 'Round',
    type: 'options',
    default: 'roundDown',
    options: ['roundDown', 'roundUp'],
    show: { operation: ['roundDate'] },
  },
  {
    name: 'toNearest',
    label: 'Down to',
    type: 'options',
    default: 'month',
    options: PARTS,
    show: { operation: ['roundDate'] },
  },
  { name: 'to', label: 'Up to', type: 'options', default: 'month', options: PARTS },
  { name: 'includeTime', label: 'With the time', type: 'boolean', default: true },
  { name: 'outputFieldName', label: 'Field for the result', type: 'string' },
  { name: 'options.includeInputFields', label: 'Keep the fields of the item', type: 'boolean', default: false },
  { name: 'options.fromFormat', label: 'Format of the given date', type: 'string' },
  {
    name: 'options.timezone',
    label: 'Time zone',
    type: 'string',
    description: 'Of the current date: a zone. When formatting: true for the zone of the workflow.',
  },
  { name: 'options.isoString', label: 'Difference as ISO text', type: 'boolean', default: false },
];

export const node: NodeType = defineNode({
  type: 'date-time',
  title: 'Date & time',
  summary: 'Calculates with dates: add, subtract, format, round, compare, take apart.',
  group: 'data',
  icon: 'calendar-clock',
  n8n: { type: 'n8n-nodes-base.dateTime', versions: [1, 2] },
  version: 2,
  fields: FIELDS,
  inputs: 1,
  compile: (kit) => (kit.node.version < 2 ? compileOld(kit) : compileNew(kit)),
});

function compileOld(kit: CompileKit): NodeExecutor {
  const change = compileFirstVersion(kit);
  return {
    outputs: 1,
    run: (step) => ({
      kind: 'output',
      outputs: [perItem(step, (item, index) => change(item, { scope: step.scope(index), zone: step.zone, index }))],
    }),
  };
}

function compileNew(kit: CompileKit): NodeExecutor {
  const name = String(kit.raw('operation') ?? 'getCurrentDate');
  const operation = OPERATIONS.get(name)?.(kit);
  if (!operation) throw new NodeError('unknown-mode', `Date & Time has no operation "${name}".`);
  const outputName = kit.param<string>('outputFieldName', operation.output);
  const keepsFields = kit.param<boolean>('options.includeInputFields', false);
  return {
    outputs: 1,
    run(step) {
      const now = (zone: string): DateTime => DateTime.fromMillis(step.nowMs, { zone });
      const made = perItem(step, (item, index) => {
        const scope = step.scope(index);
        const value = operation.of({ scope, zone: step.zone, index, now });
        const isKept = keepsFields.at(scope) === true;
        const json: JsonObject = isKept ? { ...item.json } : {};
        putOwn(json, String(outputName.at(scope) || operation.output), value);
        const output: Item = { json, pairedItem: index };
        if (isKept && item.binary) output.binary = item.binary;
        return output;
      });
      return { kind: 'output', outputs: [made] };
    },
  };
}
