import type { JsonObject } from '../../../../core/data/item.ts';
import type { Workflow, WorkflowNode } from '../../../../core/graph/document.ts';
import { chain, code, hook, manual, node, respond, set, workflow } from '../../../served/documents.ts';
import { POLLUTION } from './keys.ts';

/** Nodes that build objects of what a caller sends. */
const builders = (): WorkflowNode[] => [
  set('spread', { all: '={{ ({ ...$json.body, ...$json.query }) }}', merged: '={{ ({}).merge($json.body) }}' }),
  node('raw', 'set', 3.4, {
    mode: 'raw',
    jsonOutput: '={{ JSON.stringify($json.body) }}',
    includeOtherFields: true,
    options: {},
  }),
  node('sum', 'aggregate', 1, { aggregate: 'aggregateAllItemData', options: {} }),
  node('split', 'split-out', 1, { fieldToSplitOut: 'data', options: {} }),
  node('dedupe', 'remove-duplicates', 1.1, { compare: 'allFields', options: {} }),
  code('merge', MERGE),
];

/** A naive deep merge, as authors write it: it pollutes its own isolate. */
export const MERGE = `const merge = (a, b) => { for (const k in b) { if (b[k] && typeof b[k] === 'object') merge(a[k] ??= {}, b[k]); else a[k] = b[k] } return a };
const out = {}; for (const { json } of $input.all()) { try { merge(out, JSON.parse(JSON.stringify(json))) } catch {} }
return [{ json: { merged: true } }];`;

/** The same code as \`MERGE\` for a caller who sends nothing: what it finds was left by others. */
export const TRACE = `const merge = (a, b) => { for (const k in b) { if (b[k] && typeof b[k] === 'object') merge(a[k] ??= {}, b[k]); else a[k] = b[k] } return a };
const before = ({}).polluted ?? [].polluted ?? (() => 0).polluted ?? null;
for (const { json } of $input.all()) merge({}, JSON.parse(json.text));
return [{ json: { before } }];`;

export const receiver = (path: string): Workflow =>
  chain('Prototypes', [hook(path, 'responseNode'), ...builders(), respond({ respondWith: 'allIncomingItems' })]);

/** Parameters that name the field, one node each. */
export function namingNodes(name: string): Record<string, WorkflowNode> {
  const x = (type: string, version: number, parameters: JsonObject): WorkflowNode =>
    node('x', type, version, parameters);
  const value = JSON.stringify(POLLUTION);
  return {
    set: x('set', 3.4, { assignments: { assignments: [{ id: '1', name, type: 'object', value }] }, options: {} }),
    'set-raw': x('set', 3.4, { mode: 'raw', jsonOutput: `{${JSON.stringify(name)}: ${value}}`, options: {} }),
    'rename-keys': x('rename-keys', 1, { keys: { key: [{ currentKey: 'a', newKey: name }] }, additionalOptions: {} }),
    'split-out': x('split-out', 1, { fieldToSplitOut: 'list', options: { destinationFieldName: name } }),
    aggregate: x('aggregate', 1, {
      fieldsToAggregate: { fieldToAggregate: [{ fieldToAggregate: 'a', renameField: true, outputFieldName: name }] },
      options: {},
    }),
    summarize: x('summarize', 1, {
      fieldsToSummarize: { values: [{ aggregation: 'append', field: 'a' }] },
      fieldsToSplitBy: name,
      options: { outputFormat: 'singleItem' },
    }),
    'summarize-values': x('summarize', 1, {
      fieldsToSummarize: { values: [{ aggregation: 'append', field: 'a' }] },
      fieldsToSplitBy: 'name',
      options: { outputFormat: 'singleItem' },
    }),
    'merge-fields': x('item-lists', 3, {
      operation: 'concatenateItems',
      aggregate: 'aggregateAllItemData',
      destinationFieldName: name,
    }),
    expression: x('set', 3.4, {
      assignments: {
        assignments: [
          {
            id: '1',
            name: 'r',
            type: 'string',
            value: `={{ Object.fromEntries([[${JSON.stringify(name)}, $json.a]]).polluted ?? "" }}`,
          },
        ],
      },
      options: {},
    }),
    xml: x('xml', 1, { mode: 'xmlToJson', dataPropertyName: 'xml', options: {} }),
    html: x('html', 1.2, {
      operation: 'extractHtmlContent',
      dataPropertyName: 'html',
      extractionValues: { values: [{ key: name, cssSelector: 'p', returnValue: 'text' }] },
      options: {},
    }),
  };
}

export const namingInput = (name: string): JsonObject => ({
  a: { ...POLLUTION },
  list: [{ ...POLLUTION }],
  name,
  xml: `<${/^[\w]+$/.test(name) ? name : 'a'}><disabled>true</disabled></${/^[\w]+$/.test(name) ? name : 'a'}>`,
  html: '<p>true</p>',
});

/** Nodes with such names, that refer to each other by name. */
export const namedNodes = (name: string): Workflow =>
  workflow(
    name,
    [
      { ...manual(), name },
      {
        ...set('second', {
          from: `={{ $(${JSON.stringify(name)}).first().json.a }}`,
          old: `={{ $node[${JSON.stringify(name)}].json.a }}`,
        }),
        name: `${name}2`,
      },
      { ...node('loop', 'loop', 3, { batchSize: 1, options: {} }), name: `${name}3` },
    ],
    [
      ['start', 'second'],
      ['second', 'loop'],
    ],
  );

/** A file of n8n with such keys everywhere. As text: a literal would set the prototype. */
export const importFile = (name: string): string =>
  JSON.stringify({
    name,
    nodes: [
      {
        id: '1',
        name: 'Start',
        type: 'n8n-nodes-base.manualTrigger',
        typeVersion: 1,
        position: [0, 0],
        parameters: {},
      },
      {
        id: '2',
        name,
        type: 'n8n-nodes-base.set',
        typeVersion: 3.4,
        position: [1, 1],
        parameters: { PLACEHOLDER: { ...POLLUTION } },
        credentials: { PLACEHOLDER: { id: '1', name } },
      },
    ],
    connections: {
      Start: { main: [[{ node: name, type: 'main', index: 0 }]] },
      PLACEHOLDER: { main: [[{ node: 'Start', type: 'main', index: 0 }]] },
    },
    settings: { PLACEHOLDER: { ...POLLUTION } },
    pinData: { PLACEHOLDER: [{ json: { ...POLLUTION } }] },
    meta: { PLACEHOLDER: { ...POLLUTION } },
    tags: [{ name }],
  }).replaceAll('PLACEHOLDER', JSON.stringify(name).slice(1, -1));
