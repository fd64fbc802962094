import { describe, it } from 'vitest';
import type { JsonObject } from '../../../../core/data/item.ts';
import { inputsOf } from './columns.ts';

const taking = (parameters: JsonObject, more: object = {}) =>
  inputsOf({
    nodes: [
      {
        id: 't',
        name: 't',
        type: 'execute-workflow-trigger',
        version: 1.1,
        parameters,
        position: [0, 0],
        ...more,
      },
    ],
  });

describe('what a workflow takes from others', () => {
  it('is what its trigger lists, or what its example has', ({ expect }) => {
    const values = [{ name: 'a', type: 'number' }, { name: '__proto__' }, { name: '' }, 7];
    expect(taking({ workflowInputs: { values } })).toEqual([
      { name: 'a', type: 'number' },
      { name: '__proto__', type: 'any' },
    ]);
    const jsonExample = '{"a": 1, "b": [], "c": null, "d": {}}';
    expect(taking({ inputSource: 'jsonExample', jsonExample }).map(({ type }) => type)).toEqual([
      'number',
      'array',
      'any',
      'object',
    ]);
  });

  it('is nothing when it takes anything, or cannot be read', ({ expect }) => {
    for (const jsonExample of ['{', '[]', 'null', '7']) {
      expect(taking({ inputSource: 'jsonExample', jsonExample })).toEqual([]);
    }
    expect(taking({ workflowInputs: { values: 'x' } })).toEqual([]);
    expect(taking({ workflowInputs: { values: [{ name: 'a' }] } }, { disabled: true })).toEqual([]);
    expect(inputsOf({ nodes: [] })).toEqual([]);
  });
});
