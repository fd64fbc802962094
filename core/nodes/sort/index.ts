import type { Item } from '../../data/item.ts';
import {
  type CompileKit,
  NodeError,
  type NodeExecutor,
  type NodeType,
  type StepContext,
  defineNode,
} from '../../node/kit.ts';
import { codeExecutor } from '../code/executor.ts';
import { pass } from '../pass.ts';
import { compileOrder } from './order.ts';
import { sortingCode } from './sorting-code.ts';

export const node: NodeType = defineNode({
  type: 'sort',
  title: 'Sort',
  summary: 'Orders the items by fields, at random, or with code.',
  group: 'data',
  icon: 'arrow-down-wide-narrow',
  n8n: { type: 'n8n-nodes-base.sort', versions: [1] },
  version: 1,
  fields: [
    { name: 'type', label: 'Order', type: 'options', default: 'simple', options: ['simple', 'random', 'code'] },
    {
      name: 'sortFieldsUi.sortField',
      label: 'Fields',
      type: 'list',
      show: { type: ['simple'] },
      fields: [
        { name: 'fieldName', label: 'Field', type: 'string' },
        { name: 'order', label: 'Order', type: 'options', options: ['ascending', 'descending'], default: 'ascending' },
      ],
    },
    {
      name: 'code',
      label: 'Code',
      type: 'code',
      description: 'Compares items `a` and `b`: returns less than 0, 0, or more.',
      language: 'javascript',
      show: { type: ['code'] },
    },
    {
      name: 'options.disableDotNotation',
      label: 'Dots are part of names',
      type: 'boolean',
      default: false,
      show: { type: ['simple'] },
    },
  ],
  inputs: 1,
  compile: (kit) => compileSort(kit),
});

export function compileSort(kit: CompileKit): NodeExecutor {
  const type = String(kit.raw('type') ?? 'simple');
  if (type === 'random') return { outputs: 1, run: (step) => ({ kind: 'output', outputs: [shuffled(step)] }) };
  if (type === 'code') {
    return codeExecutor({ code: sortingCode(String(kit.raw('code') ?? '')), language: 'javascript', mode: 'all' });
  }
  if (type !== 'simple') throw new NodeError('unknown-mode', `Sort has no type "${type}".`);
  const order = compileOrder(kit);
  return {
    outputs: 1,
    run(step) {
      const compare = order(step.items, step.scope(0));
      const rows = step.items.map((item, index) => ({ item, index }));
      rows.sort((a, b) => compare(a.item, b.item));
      return { kind: 'output', outputs: [rows.map(({ item, index }) => pass(item, index))] };
    },
  };
}

/** Fisher–Yates with the step's own numbers: a repeat of the step gives the same order. */
function shuffled(step: StepContext): Item[] {
  const items = step.items.map(pass);
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(step.random() * (last + 1));
    const held = items[last] as Item;
    items[last] = items[other] as Item;
    items[other] = held;
  }
  return items;
}
