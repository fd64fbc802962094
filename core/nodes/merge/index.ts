import { textOf } from '../../data/text.ts';
import { type CompileKit, NodeError, type NodeExecutor, type NodeType, defineNode } from '../../node/kit.ts';
import { append } from './append.ts';
import { combineAll } from './combine-all.ts';
import { combineByFields } from './by-fields.ts';
import { combineByPosition } from './by-position.ts';
import { compileSql, DEFAULT_QUERY } from './by-sql.ts';
import { chooseBranch } from './choose.ts';
import { compileFirstVersion } from './first-version.ts';
import type { Join, Mode } from './join.ts';

export const node: NodeType = defineNode({
  type: 'merge',
  title: 'Merge',
  summary: 'Joins the items of several branches.',
  group: 'flow',
  icon: 'merge',
  n8n: { type: 'n8n-nodes-base.merge', versions: [1, 2, 2.1, 3, 3.1, 3.2] },
  version: 3.2,
  fields: [
    {
      name: 'mode',
      label: 'Mode',
      type: 'options',
      default: 'append',
      options: ['append', 'combine', 'combineBySql', 'chooseBranch'],
    },
    {
      name: 'numberInputs',
      label: 'Number of inputs',
      type: 'number',
      default: 2,
      show: { mode: ['append', 'combineBySql', 'chooseBranch'] },
    },
    {
      name: 'combineBy',
      label: 'Combine by',
      type: 'options',
      default: 'combineByFields',
      options: ['combineByFields', 'combineByPosition', 'combineAll'],
      show: { mode: ['combine'] },
    },
    { name: 'fieldsToMatchString', label: 'Fields to match', type: 'string', show: { combineBy: ['combineByFields'] } },
    {
      name: 'joinMode',
      label: 'Output',
      type: 'options',
      default: 'keepMatches',
      options: ['keepMatches', 'keepNonMatches', 'keepEverything', 'enrichInput1', 'enrichInput2'],
      show: { combineBy: ['combineByFields'] },
    },
    {
      name: 'query',
      label: 'Query',
      type: 'code',
      default: DEFAULT_QUERY,
      description: 'SQL that reads the tables input1, input2 … and changes nothing.',
      language: 'sql',
      show: { mode: ['combineBySql'] },
    },
    {
      name: 'options.emptyQueryResult',
      label: 'When the query finds nothing',
      type: 'options',
      default: 'empty',
      options: ['success', 'empty'],
      show: { mode: ['combineBySql'] },
    },
    { name: 'options', label: 'Options', type: 'collection' },
  ],
  inputs: 'many',
  compile(kit): NodeExecutor {
    if (kit.raw('mode') === 'combineBySql' && kit.node.version >= 3) return compileSql(kit);
    const { join, waitsForAll } = modeOf(kit);
    const count = Math.max(2, kit.inputCount);
    return {
      outputs: 1,
      requiredInputs: waitsForAll ? 'all' : 1,
      run(step) {
        const inputs = Array.from(
          { length: Math.max(count, step.inputs.length) },
          (_, index) => step.inputs[index] ?? [],
        );
        return { kind: 'output', outputs: [join(inputs, step.scope(0))] };
      },
    };
  },
});

function modeOf(kit: CompileKit): Mode {
  const mode = textOf(kit.raw('mode'), 'append');
  if (mode === 'append') return { join: append };
  if (kit.node.version < 2) return compileFirstVersion(kit, mode);
  if (mode === 'chooseBranch') return { join: chooseBranch(kit), waitsForAll: true };
  if (mode === 'combine') return { join: combination(kit) };
  throw new NodeError('unknown-mode', `Merge has no mode "${mode}".`);
}

function combination(kit: CompileKit): Join {
  const by = String(kit.raw('combineBy') ?? kit.raw('combinationMode') ?? 'combineByFields');
  switch (by) {
    case 'combineByFields':
    case 'mergeByFields':
      return combineByFields(kit);
    case 'combineByPosition':
    case 'mergeByPosition':
      return combineByPosition(kit);
    case 'combineAll':
    case 'multiplex':
      return combineAll(kit);
    default:
      throw new NodeError('unknown-mode', `Merge cannot combine by "${by}".`);
  }
}
