import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it, onTestFinished } from 'vitest';
import { readCollection } from './collection.ts';
import { CaseHost } from './host.ts';
import { newImports, tallyFile } from './import-cases.ts';
import { runNodeCase } from './node-cases.ts';
import { runOrderCase } from './order-cases.ts';
import { difference } from './same.ts';

const node = (name: string, type: string, parameters: object = {}) => ({
  id: name,
  name,
  type,
  typeVersion: 1,
  position: [0, 0],
  parameters,
});
const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
const code = 'await new Promise((done) => setTimeout(done, 5)); return [{ json: { a: $json.a ?? 0, b: undefined } }];';
const workflow = {
  nodes: [
    node('Start', 'n8n-nodes-base.manualTrigger'),
    node('Wait', 'n8n-nodes-base.wait', { amount: 3, unit: 'hours' }),
    node('Code', 'n8n-nodes-base.code', { jsCode: code }),
  ],
  connections: { Start: to('Wait'), Wait: to('Code') },
  pinData: { Code: [{ json: { never: 'used' } }] },
};
const nodeCase = { id: 'one', workflow, expected: { Code: [{ a: 7 }] }, trigger: { input: { json: { a: 7 } } } };
const orderCase = {
  id: 'v1-x',
  description: 'x',
  executionOrder: 'v1',
  input: {
    workflowData: {
      nodes: [
        node('A', 'n8n-nodes-base.manualTrigger'),
        node('B', 'test.setMulti', { values: { string: [{ name: 'x', value: '1' }] } }),
      ],
      connections: { A: to('B') },
    },
  },
  output: { nodeExecutionOrder: ['A', 'B'], nodeData: { B: [[{ x: '1' }]] } },
};

/** A folder with these files. */
function folder(files: Record<string, unknown>): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'millrace-cases-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    writeFileSync(path.join(dir, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return dir;
}

describe('the conformance runner', () => {
  it('tells cases apart by what they hold, wherever they lie', ({ expect }) => {
    const expression = { expression: '={{ 1 }}', matcher: 'toBe', expected: 1 };
    const filter = { expression: 'executeFilter', input: [{}], matcher: 'toBe', expected: true };
    const found = readCollection(
      folder({
        'x/1.json': nodeCase,
        'engine/wf.json': { workflow, expected: {} },
        'list.json': [orderCase, orderCase],
        'lines.jsonl': [expression, filter].map((each) => JSON.stringify(each)).join('\n'),
        'all.json': { conformance: { a: nodeCase }, filter: [filter], workflows: [workflow] },
        'w.json': workflow,
        'many.json': [workflow, workflow],
        'broken.json': '{',
        'README.md': 'not read',
      }),
    );
    const counts = Object.fromEntries(Object.entries(found).map(([kind, list]) => [kind, list.length]));
    expect(counts).toEqual({ conformance: 2, orders: 2, errors: 1, expressions: 1, filter: 2, workflows: 4 });
  });

  it('runs a case from its trigger: pins unused, code for real, pauses in no time', async ({ expect }) => {
    const host = new CaseHost();
    onTestFinished(() => host.close());
    const started = performance.now();
    expect(await runNodeCase(nodeCase as never, host)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(10_000);
    const why = (expected: object) => runNodeCase({ ...nodeCase, expected } as never, host);
    expect(await why({ Code: [{ json: { a: 8 } }] })).toBe('"Code" [0].json.a: 7 instead of 8');
    expect(await why({ Code: [] })).toBe('"Code" list: 1 entries instead of 0');
    expect(await why({ None: [] })).toBe('"None" ran 0 times instead of once.');
    expect(await runNodeCase({ id: 'x', workflow: {}, expected: {} }, host)).toContain('not imported');
    expect(await runOrderCase(orderCase as never, host)).toBeUndefined();
    const swapped = { ...orderCase, output: { ...orderCase.output, nodeExecutionOrder: ['B', 'A'] } };
    expect(await runOrderCase(swapped as never, host)).toBe('order[0]: "A" instead of "B"');
  });

  it('counts what becomes of workflow files, broken ones included', ({ expect }) => {
    const imports = newImports();
    const unknown = { ...node('x', 'acme.x', { a: '={{ 1 }}{{ ( }}' }) };
    const values = [workflow, { nodes: [unknown], connections: {} }, '{'];
    for (const value of values) tallyFile(imports, { id: 'f', read: () => value });
    expect(imports.tally).toEqual({
      files: 3,
      thrown: 0,
      nodes: 4,
      nodesRunnable: 3,
      workflowsRunnable: 1,
      expressions: 2,
      parsed: 1,
      roundTrip: 2,
    });
    expect(imports.notes.join('\n')).toContain('offset 13');
  });

  it('finds the first difference; members that are undefined are none', ({ expect }) => {
    expect(difference({ a: [1, { b: undefined }] }, { a: [1, {}], c: undefined })).toBeUndefined();
    expect(difference([Number.NaN, 0], [Number.NaN, -0])).toBeUndefined();
    expect(difference({ a: { b: [1] } }, { a: { b: [2] } })).toBe('a.b[0]: 1 instead of 2');
    expect(difference([], {})).toBe('value: [] instead of {}');
  });
});
