import { describe, it } from 'vitest';
import type { Item, Json, JsonObject } from '../../data/item.ts';
import { compileFor, itemsOf, jsonOf, outputsOf, resumeNode, runNode } from '../testing.ts';
import { node } from './index.ts';

const merge = (parameters: JsonObject, inputs: (Json[] | null)[], version = 3.2): JsonObject[] =>
  jsonOf(node, { parameters, version, inputs: inputs.map((items) => items && itemsOf(items)) })[0] ?? [];

const left = [{ id: 1, l: 'a' }, { id: 2, l: 'b' }, { l: 'none' }];
const right = [{ id: 2, r: 'x' }, { id: 2, r: 'y' }, { id: 3, r: 'z' }, { r: 'none' }];
const byId = (more: JsonObject = {}): JsonObject => ({ mode: 'combine', fieldsToMatchString: 'id', ...more });

describe('merge', () => {
  it('[MRG1] append keeps the order of inputs and links to each', ({ expect }) => {
    const inputs: (Item[] | null)[] = [itemsOf([{ a: 1 }]), null, itemsOf([{ c: 1 }, { c: 2 }])];
    expect(outputsOf(node, { inputs })).toEqual([
      [
        { json: { a: 1 }, pairedItem: { item: 0, input: 0 } },
        { json: { c: 1 }, pairedItem: { item: 0, input: 2 } },
        { json: { c: 2 }, pairedItem: { item: 1, input: 2 } },
      ],
    ]);
  });

  it('[MRG2] by position: the shortest decides, a lone input passes', ({ expect }) => {
    const how = { mode: 'combine', combineBy: 'combineByPosition' };
    expect(merge(how, [[{ a: 1 }, { a: 2 }], [{ b: 1 }]])).toEqual([{ a: 1, b: 1 }]);
    expect(merge({ ...how, options: { includeUnpaired: true } }, [[{ a: 1 }, { a: 2 }], [{ b: 1 }]])).toEqual([
      { a: 1, b: 1 },
      { a: 2 },
    ]);
    expect(merge(how, [null, [{ b: 1 }]])).toEqual([{ b: 1 }]);
    expect(merge(how, [[{ a: 1 }], [{ b: 1 }], [{ c: 1 }]])).toEqual([{ a: 1, b: 1, c: 1 }]);
  });

  it('[MRG3] joins by equal fields', ({ expect }) => {
    const both = [
      { id: 2, l: 'b', r: 'x' },
      { id: 2, l: 'b', r: 'y' },
    ];
    const alone1 = [{ id: 1, l: 'a' }, { l: 'none' }];
    const alone2 = [{ id: 3, r: 'z' }, { r: 'none' }];
    expect(merge(byId(), [left, right])).toEqual(both);
    expect(merge(byId({ options: { multipleMatches: 'first' } }), [left, right])).toEqual(both.slice(0, 1));
    expect(merge(byId({ joinMode: 'keepEverything' }), [left, right])).toEqual([...both, ...alone1, ...alone2]);
    expect(merge(byId({ joinMode: 'enrichInput1' }), [left, right])).toEqual([...both, ...alone1]);
    expect(merge(byId({ joinMode: 'enrichInput2' }), [left, right])).toEqual([...both, ...alone2]);
    expect(merge(byId({ joinMode: 'keepNonMatches', outputDataFrom: 'input1' }), [left, right])).toEqual(alone1);
    expect(merge(byId({ outputDataFrom: 'input2' }), [left, right])).toEqual(right.slice(0, 2));
  });

  it('[MRG3] values match by type unless fuzzy; keys are not mixed up', ({ expect }) => {
    const inputs = [[{ id: '2' }], [{ id: 2, r: 1 }]];
    expect(merge(byId(), inputs)).toEqual([]);
    expect(merge(byId({ options: { fuzzyCompare: true } }), inputs)).toEqual([{ id: 2, r: 1 }]);
    expect(
      merge({ mode: 'combine', fieldsToMatchString: 'a,b' }, [[{ a: 'x\n"', b: 'y' }], [{ a: 'x', b: '\n"y' }]]),
    ).toEqual([]);
    expect(
      merge({ mode: 'combine', fieldsToMatchString: 'o' }, [[{ o: { x: 1, y: 2 } }], [{ o: { y: 2, x: 1 }, r: 1 }]]),
    ).toHaveLength(1);
  });

  it('[MRG3] version 2.0 refuses fields nobody has', ({ expect }) => {
    const parameters = { mode: 'combine', mergeByFields: { values: [{ field1: 'no', field2: 'no' }] } };
    expect(() => merge(parameters, [left, right], 2)).toThrow("No item of input 1 has the field 'no'.");
    expect(merge(parameters, [left, right], 2.1)).toEqual([]);
    expect(() => merge({ mode: 'combine' }, [left, right])).toThrow('Name at least one field');
  });

  it('[MRG4] clashes: last wins, or the preferred; deep, or shallow; or both with suffixes', ({ expect }) => {
    const inputs = [[{ id: 1, v: { a: 1, list: [1, 2] }, e: 'kept' }], [{ id: 1, v: { b: 2, list: [9] }, e: '' }]];
    const clash = (values: JsonObject): JsonObject => byId({ options: { clashHandling: { values } } });
    expect(merge(byId(), inputs)).toEqual([{ id: 1, v: { a: 1, b: 2, list: [9, 2] }, e: '' }]);
    expect(merge(clash({ resolveClash: 'preferInput1' }), inputs)).toEqual([
      { id: 1, v: { a: 1, b: 2, list: [1, 2] }, e: 'kept' },
    ]);
    expect(merge(clash({ mergeMode: 'shallowMerge' }), inputs)).toEqual([{ id: 1, v: { b: 2, list: [9] }, e: '' }]);
    expect(merge(clash({ overrideEmpty: true }), inputs)[0]?.e).toBe('kept');
    expect(merge(clash({ resolveClash: 'addSuffix' }), [[{ id: 1 }], [{ id: 1 }]])).toEqual([{ id_1: 1, id_2: 1 }]);
    expect(inputs[0]).toEqual([{ id: 1, v: { a: 1, list: [1, 2] }, e: 'kept' }]);
  });

  it('[NOD2] hostile keys merge as data', ({ expect }) => {
    const evil = JSON.parse('{"id": 1, "__proto__": {"polluted": true}}') as JsonObject;
    const [made] = merge(byId(), [[{ id: 1 }], [evil]]);
    expect(Object.keys(made ?? {})).toContain('__proto__');
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
  });

  it('[MRG5] all combinations, bounded', ({ expect }) => {
    expect(
      merge({ mode: 'combine', combineBy: 'combineAll' }, [
        [{ a: 1 }, { a: 2 }],
        [{ b: 1 }, { b: 2 }],
      ]),
    ).toHaveLength(4);
    const many = Array.from({ length: 1001 }, () => ({}));
    expect(() => merge({ mode: 'combine', combineBy: 'combineAll' }, [many, many])).toThrow('too many combinations');
  });

  it('[MRG6] chooseBranch waits for all and gives one', ({ expect }) => {
    const inputs = [[{ a: 1 }], [{ b: 1 }]];
    expect(merge({ mode: 'chooseBranch' }, inputs)).toEqual([{ a: 1 }]);
    expect(merge({ mode: 'chooseBranch', useDataOfInput: '2' }, inputs)).toEqual([{ b: 1 }]);
    expect(merge({ mode: 'chooseBranch', output: 'input2' }, inputs, 2)).toEqual([{ b: 1 }]);
    expect(
      outputsOf(node, { parameters: { mode: 'chooseBranch', output: 'empty' }, inputs: inputs.map(itemsOf) })[0],
    ).toEqual([
      {
        json: {},
        pairedItem: [
          { item: 0, input: 0 },
          { item: 0, input: 1 },
        ],
      },
    ]);
    expect(compileFor(node, { parameters: { mode: 'chooseBranch' } }).requiredInputs).toBe('all');
    expect(compileFor(node, {}).requiredInputs).toBe(1);
  });

  it('[MRG7] version 1 modes', ({ expect }) => {
    const key = { propertyName1: 'id', propertyName2: 'id' };
    expect(merge({ mode: 'removeKeyMatches', ...key }, [left, right], 1)).toEqual([left[0], left[2]]);
    expect(merge({ mode: 'keepKeyMatches', ...key }, [left, right], 1)).toEqual([left[1]]);
    expect(merge({ mode: 'mergeByKey', ...key }, [left, right], 1)).toEqual([
      left[0],
      { id: 2, l: 'b', r: 'y' },
      left[2],
    ]);
    expect(
      merge({ mode: 'mergeByKey', overwrite: 'undefined', ...key }, [[{ id: 1, v: 1 }], [{ id: 1, v: 2, w: 3 }]], 1),
    ).toEqual([{ id: 1, v: 1, w: 3 }]);
    expect(merge({ mode: 'mergeByIndex' }, [[{ a: 1 }, { a: 2 }], [{ b: 1 }]], 1)).toEqual([{ a: 1, b: 1 }, { a: 2 }]);
    expect(merge({ mode: 'mergeByIndex', join: 'inner' }, [[{ a: 1 }, { a: 2 }], [{ b: 1 }]], 1)).toHaveLength(1);
    expect(merge({ mode: 'passThrough', output: 'input2' }, [[{ a: 1 }], [{ b: 1 }]], 1)).toEqual([{ b: 1 }]);
    expect(merge({ mode: 'wait' }, [[{ a: 1 }], [{ b: 1 }]], 1)).toEqual([{}]);
  });

  it('[MRG8] SQL is asked of the host, over all inputs as tables', ({ expect }) => {
    const inputs = [[{ json: { a: 1 } }], [{ json: { b: 2 } }]];
    const parameters = { mode: 'combineBySql', query: '=SELECT {{ 1 + 1 }} AS n' };
    expect(runNode(node, { parameters, inputs, version: 3 })).toEqual({
      kind: 'effect',
      effect: { kind: 'sql', class: 'pure', payload: { query: 'SELECT 2 AS n', inputs: [[{ a: 1 }], [{ b: 2 }]] } },
    });
    const answer = (rows: JsonObject[], version: number, options: JsonObject = {}) =>
      resumeNode(node, { parameters: { ...parameters, options }, inputs, version }, { kind: 'reply', value: { rows } });
    expect(answer([{ n: 2 }], 3)).toEqual({ kind: 'output', outputs: [[{ json: { n: 2 } }]] });
    expect(answer([], 3.1)).toMatchObject({ outputs: [[{ json: { success: true } }]] });
    expect(answer([], 3.2)).toMatchObject({ outputs: [[]] });
    expect(answer([], 3.2, { emptyQueryResult: 'success' })).toMatchObject({
      outputs: [[{ json: { success: true } }]],
    });
  });
});
