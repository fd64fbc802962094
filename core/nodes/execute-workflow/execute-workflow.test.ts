import { describe, it } from 'vitest';
import type { Json } from '../../data/item.ts';
import { compileFor, itemsOf, resumeNode, runNode } from '../testing.ts';
import { node } from './index.ts';

const items = [{ a: 1 }, { a: 2 }];

describe('execute-workflow', () => {
  it('[EXW1] once: one child with all items', ({ expect }) => {
    const parameters = { workflowId: { __rl: true, mode: 'id', value: 'w2' } };
    expect(runNode(node, { items, parameters })).toEqual({
      kind: 'call',
      workflow: { id: 'w2' },
      batches: [itemsOf(items)],
      wait: true,
    });
    const woken = resumeNode(node, { items, parameters }, { kind: 'children', results: [itemsOf([{ b: 1 }])] });
    expect(woken).toEqual({ kind: 'output', outputs: [[{ json: { b: 1 } }]] });
  });

  it('[EXW1] each: one child an item, results linked to it', ({ expect }) => {
    const parameters = { workflowId: 'w2', mode: 'each' };
    expect(runNode(node, { items, parameters })).toEqual({
      kind: 'call',
      workflow: { id: 'w2' },
      batches: items.map((item) => itemsOf([item])),
      wait: true,
    });
    const woken = resumeNode(
      node,
      { items, parameters },
      { kind: 'children', results: [[], itemsOf([{ b: 1 }, { b: 2 }])] },
    );
    expect(woken).toEqual({
      kind: 'output',
      outputs: [
        [
          { json: { b: 1 }, pairedItem: 1 },
          { json: { b: 2 }, pairedItem: 1 },
        ],
      ],
    });
  });

  it('[EXW2] without waiting the items pass', ({ expect }) => {
    const parameters = { workflowId: 'w2', options: { waitForSubWorkflow: false } };
    expect(runNode(node, { items, parameters })).toMatchObject({ wait: false });
    expect(resumeNode(node, { items, parameters }, { kind: 'children', results: [] })).toEqual({
      kind: 'output',
      outputs: [
        [
          { json: { a: 1 }, pairedItem: 0 },
          { json: { a: 2 }, pairedItem: 1 },
        ],
      ],
    });
  });

  it('[EXW3] mapped inputs replace the items’ fields', ({ expect }) => {
    const schema = [
      { id: 'n', type: 'number' },
      { id: 'gone', removed: true },
    ];
    const value = { n: '={{ String($json.a) }}', gone: 1, missing: '={{ $json.no }}' };
    const mapped = (attemptToConvertTypes: boolean): unknown =>
      runNode(node, {
        items,
        parameters: {
          workflowId: 'w',
          workflowInputs: { mappingMode: 'defineBelow', value, schema, attemptToConvertTypes },
        },
      });
    expect(mapped(true)).toMatchObject({
      batches: [
        itemsOf([
          { n: 1, missing: null },
          { n: 2, missing: null },
        ]),
      ],
    });
    expect(mapped(false)).toMatchObject({
      batches: [
        itemsOf([
          { n: '1', missing: null },
          { n: '2', missing: null },
        ]),
      ],
    });
    const none = { workflowId: 'w', workflowInputs: { mappingMode: 'defineBelow', value: {}, schema: [] } };
    expect(runNode(node, { items, parameters: none })).toMatchObject({ batches: [itemsOf(items)] });
  });

  it('[EXW4] a workflow written on the node is called from there, and is never made of data', ({ expect }) => {
    const inner = (workflowJson: Json): unknown =>
      runNode(node, { items, parameters: { source: 'parameter', workflowJson } });
    expect(inner('{"nodes":[],"connections":{}}')).toMatchObject({ kind: 'call', workflow: { inner: true } });
    expect(inner({ nodes: [] })).toMatchObject({ workflow: { inner: true } });
    expect(() => inner('={{ $json.flow }}')).toThrow('cannot be an expression');
    for (const bad of ['', '{', '[]', '{"nodes":1}', null, 7]) expect(() => inner(bad)).toThrow('is no workflow');
  });

  it('[EXW1] refuses what it cannot run', ({ expect }) => {
    expect(() => compileFor(node, { parameters: { source: 'localFile' } })).toThrow('cannot be run from "localFile"');
    expect(() => runNode(node, { items })).toThrow('Choose the workflow to run.');
    const dynamic = { workflowId: '=w{{ $json.a }}', mode: 'each' };
    expect(() => runNode(node, { items, parameters: dynamic })).toThrow('must run the same workflow');
  });
});
