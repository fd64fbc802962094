import type { JsonObject } from '../../../../core/data/item.ts';
import type { Workflow, WorkflowNode } from '../../../../core/graph/document.ts';
import { chain, code, hook, http, manual, node, respond, set } from '../../../served/documents.ts';

const condition = (leftValue: string, rightValue: string): JsonObject => ({
  conditions: {
    options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
    combinator: 'or',
    conditions: [
      { id: '1', leftValue, rightValue, operator: { type: 'string', operation: 'contains' } },
      { id: '2', leftValue: '', rightValue: '', operator: { type: 'string', operation: 'equals' } },
    ],
  },
  options: {},
});

/** A text that came from outside, as `v`, through every kind of place that also takes expressions. */
export function sinks(remote: string, child: string): WorkflowNode[] {
  return [
    set('copy', { v2: '={{ $json.v }}', text: '=<{{ $json.v }}>', nested: '={{ [$json.v, { deep: $json.v }] }}' }),
    node('raw', 'set', 3.4, {
      mode: 'raw',
      jsonOutput: '={ "fromJson": {{ JSON.stringify($json.v) }} }',
      includeOtherFields: true,
      options: {},
    }),
    node('named', 'set', 3.4, {
      assignments: { assignments: [{ id: '1', name: '={{ $json.v }}', type: 'string', value: '={{ $json.v }}' }] },
      includeOtherFields: true,
      options: { dotNotation: false },
    }),
    node('test', 'filter', 2, condition('={{ $json.v }}', '={{ $json.v }}')),
    node('switched', 'switch', 3, {
      mode: 'expression',
      numberOutputs: 2,
      output: '={{ $json.v.length > 0 ? 0 : 1 }}',
    }),
    node('renamed', 'rename-keys', 1, {
      keys: { key: [{ currentKey: '={{ $json.v }}', newKey: '={{ $json.v + "!" }}' }] },
      additionalOptions: {},
    }),
    code('coded', 'return $input.all().map(({ json }) => ({ json: { ...json, fromCode: json.v } }))'),
    node('sub', 'execute-workflow', 1, { workflowId: child, options: {} }),
    http('sent', {
      url: remote,
      method: 'POST',
      sendQuery: true,
      queryParameters: { parameters: [{ name: 'v', value: '={{ $json.v.slice(0, 200) }}' }] },
      sendBody: true,
      bodyParameters: { parameters: [{ name: 'v', value: '={{ $json.v }}' }] },
    }),
    set('after', { v: '={{ $json.echo }}', again: '={{ $("copy").item.json.v2 }}' }),
  ];
}

export const childWorkflow = (): Workflow =>
  chain('Child', [node('from', 'execute-workflow-trigger', 1), set('inside', { inside: '={{ $json.v }}' })]);

const FROM = {
  body: '$json.body.v',
  'nested body': '$json.body.a[0].v',
  'body key': 'Object.keys($json.body)[0]',
  query: '$json.query.v',
  header: '$json.headers["x-v"]',
  path: '$json.params.v',
  form: '$json.body.v',
  multipart: '$json.body.v',
  'file name': '$binary.file.fileName',
} as const;
export type Channel = keyof typeof FROM;
export const CHANNELS = Object.keys(FROM) as Channel[];

/** One workflow a channel: the same sinks behind another beginning. */
export const channelWorkflow = (channel: Channel, path: string, more: WorkflowNode[]): Workflow =>
  chain(`Second order: ${channel}`, [
    hook(channel === 'path' ? `${path}/:v` : path, 'responseNode'),
    set('take', { v: `={{ ${FROM[channel]} }}` }),
    ...more,
    respond({ respondWith: 'text', responseBody: '=R {{ $json.v }} {{ JSON.stringify($json) }}' }),
  ]);

/** Items given to the API, pinned to a node, or made by code: data in the document and beside it. */
export const startedWorkflow = (more: WorkflowNode[]): Workflow => chain('Second order: items', [manual(), ...more]);
