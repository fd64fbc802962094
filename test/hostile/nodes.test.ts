import { afterAll, beforeAll, describe, it } from 'vitest';
import type { JsonObject } from '../../core/data/item.ts';
import type { WorkflowNode } from '../../core/graph/document.ts';
import { Canary } from '../served/canary.ts';
import { chain, manual, node, workflow } from '../served/documents.ts';
import { Server } from '../served/server.ts';

let server: Server;
let canary: Canary;
beforeAll(async () => {
  server = await Server.start();
  canary = await Canary.of(server);
});
afterAll(() => server.stop());

const many = (count: number, extra: object = {}): JsonObject[] =>
  Array.from({ length: count }, (_, i) => ({ i, name: `n${i % 7}`, ...extra }));
const condition = (operator: object, leftValue: unknown, rightValue: unknown): JsonObject =>
  ({
    conditions: {
      options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
      combinator: 'and',
      conditions: [{ id: '1', leftValue, rightValue, operator }],
    },
    options: {},
  }) as unknown as JsonObject;

interface Case {
  name: string;
  made: WorkflowNode;
  input?: unknown;
}

const CASES: Case[] = [
  {
    name: 'a path of a million parts',
    made: node('x', 'split-out', 1, { fieldToSplitOut: 'a.'.repeat(200_000), options: {} }),
  },
  {
    name: 'an index of a billion',
    made: node('x', 'set', 3.4, {
      assignments: { assignments: [{ id: '1', name: 'a[999999999]', type: 'string', value: 'x' }] },
      options: {},
    }),
  },
  {
    name: 'JSON of 200,000 brackets',
    made: node('x', 'set', 3.4, { mode: 'raw', jsonOutput: '['.repeat(100_000) + ']'.repeat(100_000), options: {} }),
  },
  {
    name: 'relaxed JSON of half a million quotes',
    made: node('x', 'set', 3.4, { mode: 'raw', jsonOutput: `{${"'".repeat(500_000)}`, options: {} }),
  },
  {
    name: 'relaxed JSON of endless spaces',
    made: node('x', 'set', 3.4, { mode: 'raw', jsonOutput: `{"a":${' '.repeat(500_000)}x`, options: {} }),
  },
  {
    name: 'a pattern that backtracks',
    made: node('x', 'rename-keys', 1, {
      additionalOptions: {
        regexReplacement: { replacements: [{ searchRegex: '^(a+)+$', replaceRegex: 'b', options: {} }] },
      },
    }),
    input: { [`${'a'.repeat(50_000)}!`]: 1 },
  },
  {
    name: 'a date that is a megabyte',
    made: node(
      'x',
      'filter',
      2,
      condition({ type: 'dateTime', operation: 'after' }, '1'.repeat(1_000_000), '2020-01-01'),
    ),
  },
  {
    name: 'a date of separators',
    made: node(
      'x',
      'filter',
      2,
      condition({ type: 'dateTime', operation: 'after' }, '2020-'.repeat(100_000), '2020-01-01'),
    ),
  },
  {
    name: 'a number of a megabyte',
    made: node('x', 'filter', 2, condition({ type: 'number', operation: 'gt' }, '9'.repeat(1_000_000), '1')),
  },
  { name: 'a limit that is no number', made: node('x', 'limit', 1, { maxItems: 1e308 }), input: many(10) },
  { name: 'a batch of nothing', made: node('x', 'loop', 3, { batchSize: 0, options: {} }), input: many(10) },
  { name: 'a batch below nothing', made: node('x', 'loop', 3, { batchSize: -1, options: {} }), input: many(10) },
  { name: 'a wait of ages', made: node('x', 'wait', 1.1, { resume: 'timeInterval', amount: 1e300, unit: 'days' }) },
  {
    name: 'a wait until year 300000',
    made: node('x', 'wait', 1.1, { resume: 'specificTime', dateTime: '+300000-01-01T00:00:00Z' }),
  },
  {
    name: 'sorting by a field of objects',
    made: node('x', 'sort', 1, {
      type: 'simple',
      sortFieldsUi: { sortField: [{ fieldName: 'o', order: 'ascending' }] },
      options: {},
    }),
    input: many(20_000, { o: { a: [1, 2] } }),
  },
  {
    name: 'summing what is no number',
    made: node('x', 'summarize', 1, {
      fieldsToSummarize: { values: [{ aggregation: 'sum', field: '__proto__' }] },
      fieldsToSplitBy: 'constructor,__proto__',
      options: {},
    }),
    input: many(5_000),
  },
  {
    name: 'comparing 10,000 items by all fields',
    made: node('x', 'remove-duplicates', 1.1, { compare: 'allFields', options: {} }),
    input: many(10_000),
  },
  {
    name: 'an output that is not there',
    made: node('x', 'switch', 3, { mode: 'expression', numberOutputs: 1e9, output: '={{ 5 }}' }),
  },
  {
    name: 'a negative output',
    made: node('x', 'switch', 3, { mode: 'expression', numberOutputs: 4, output: '={{ -1 }}' }),
  },
  {
    name: 'a URL of a megabyte',
    made: node('x', 'http-request', 4.2, { url: `http://127.0.0.1/${'a'.repeat(1_000_000)}`, options: {} }),
  },
  {
    name: 'a page after a page without end',
    made: node('x', 'http-request', 4.2, {
      url: 'http://127.0.0.1:59998/',
      options: {
        pagination: {
          pagination: {
            paginationMode: 'updateAParameterInEachRequest',
            parameters: { parameters: [{ type: 'qs', name: 'p', value: '={{ $pageCount }}' }] },
            paginationCompleteWhen: 'other',
            completeExpression: '={{ false }}',
          },
        },
      },
    }),
  },
  {
    name: 'parameters of the wrong kind everywhere',
    made: node('x', 'set', 3.4, {
      assignments: 'none',
      options: 7,
      mode: ['x'],
      includeOtherFields: 'maybe',
    } as unknown as JsonObject),
  },
  { name: 'an error of a megabyte', made: node('x', 'stop-and-error', 1, { errorMessage: 'e'.repeat(1_000_000) }) },
];

describe('hostile parameters', () => {
  it.for(CASES)('$name', async ({ made, input }, { expect }) => {
    await canary.during(async () => {
      const created = await server.api('POST', '/v1/workflows', { body: chain('Hostile', [manual(), made]) });
      if (created.status >= 300) {
        expect(created.json?.['code']).toBe('document-invalid');
        return;
      }
      const id = String(created.json?.['id']);
      const { id: runId } = await server.ok('POST', `/v1/workflows/${id}/runs`, { input: input ?? {} });
      // A wait that will never end is no rest: looking does not wait for it.
      const run = await server.run(String(runId), made.type === 'wait' ? '1s' : '30s');
      expect(['success', 'error', 'waiting']).toContain(run.status);
      if (run.status === 'error') {
        expect(run.error?.code).toMatch(/^[a-z][a-z-]*$/);
        expect(run.error?.code).not.toBe('error');
        expect((run.error?.message ?? '').length).toBeLessThan(5_000);
      }
    });
  });

  it('all combinations of two long lists end by name or fit', async ({ expect }) => {
    const merged = workflow(
      'Product',
      [
        manual(),
        node('left', 'no-op', 1),
        node('right', 'no-op', 1),
        node('all', 'merge', 3, { mode: 'combine', combineBy: 'combineAll', options: {} }),
      ],
      [
        ['start', 'left'],
        ['start', 'right'],
        ['left', 'all:0'],
        ['right', 'all:1'],
      ],
    );
    const id = await server.publish(merged);
    const run = await canary.during(() => server.start(id, { input: many(1_500) as never }));
    expect(run.error?.code).toMatch(/^[a-z-]+$/);
    expect(run.error?.code).not.toBe('error');
  });

  it.for([
    '0 0 31 2 *',
    '* * * * * *',
    '99 99 99 99 99',
    '*/0 * * * *',
    '@reboot',
    '1-1000000 * * * *',
    `${'1,'.repeat(50_000)}1 * * * *`,
    '',
    '__proto__',
  ])('publishes or refuses the schedule %j', async (expression, { expect }) => {
    const rule = { interval: [{ field: 'cronExpression', expression }] };
    const id = await server.create(chain('Cron', [node('tick', 'schedule', 1.2, { rule })]));
    await canary.during(async () => {
      const published = await server.api('POST', `/v1/workflows/${id}/publish`);
      expect([200, 400], published.text.slice(0, 300)).toContain(published.status);
      await server.ok('POST', `/v1/workflows/${id}/unpublish`);
    });
  });

  it.for([
    '//',
    '/',
    ':',
    ':a/:a',
    '*',
    '../x',
    'a b',
    '%2f',
    'ü/😀',
    'a'.repeat(1_000),
    '__proto__',
    ':__proto__',
    '?x=1',
    '#',
  ])('publishes or refuses the webhook path %j', async (path, { expect }) => {
    const trigger = node('hook', 'webhook', 2, { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} });
    const id = await server.create(chain('Path', [trigger]));
    await canary.during(async () => {
      const published = await server.api('POST', `/v1/workflows/${id}/publish`);
      expect([200, 400, 409], published.text.slice(0, 300)).toContain(published.status);
      const [hook] = (published.json?.['hooks'] ?? []) as unknown as { url: string }[];
      if (hook) {
        const answer = await fetch(
          hook.url.replaceAll(/:(\w)/g, (text, c: string) => (/\d/.test(c) ? text : c)),
          { method: 'POST' },
        );
        expect([200, 404]).toContain(answer.status);
      }
      await server.ok('POST', `/v1/workflows/${id}/unpublish`);
    });
  });
});
