import { describe, it } from 'vitest';
import type { Item, Json, JsonObject } from '../../data/item.ts';
import { node as evaluation } from '../evaluation/index.ts';
import { node as evaluationTrigger } from '../evaluation-trigger/index.ts';
import { compileFor, itemsOf, jsonOf, resumeNode, runNode, type Trial } from '../testing.ts';
import { node as toolCode } from '../tool-code/index.ts';
import { node as toolThink } from '../tool-think/index.ts';
import { node as toolWorkflow } from '../tool-workflow/index.ts';
import { calculate } from './calculate.ts';
import { node as toolCalculator } from './index.ts';

describe('tools between other nodes', () => {
  it.for([
    ['1 + 2 * 3', 7],
    ['-2^2', -4],
    ['2^3^2', 512],
    ['(1 + 2) * -3 % 4', -1],
    ['sqrt(16) + log(8, 2) + round(2.345, 2)', 9.35],
    ['max(1, 2, pi) > 3'.replace(' > 3', ''), Math.PI],
    ['5! / 1e2', 1.2],
    ['7 ÷ 2 × 2', 7],
  ] as const)('[TOL1] %s', ([text, value], { expect }) => {
    expect(calculate(text)).toBeCloseTo(value, 10);
  });

  it('[TOL1] refuses what is no arithmetic', ({ expect }) => {
    for (const text of [
      '',
      '1 +',
      'process.exit()',
      'constructor(1)',
      '(1',
      '1 2',
      '0/0',
      '('.repeat(300),
      '2^'.repeat(300),
    ]) {
      expect(() => calculate(text), text).toThrow(/expression/);
    }
    expect(jsonOf(toolCalculator, { items: [{ query: '2*21' }, { input: 'x' }], continueOnFail: true })[0]).toEqual([
      { response: '42' },
      { error: 'The expression cannot be read at "x".' },
    ]);
  });

  it('[TOL2] thinking gives back what it is told', ({ expect }) => {
    expect(jsonOf(toolThink, { items: [{ thought: 'hm' }, { a: 1 }] })[0]).toEqual([
      { response: 'hm' },
      { response: '{"a":1}' },
    ]);
  });

  it('[TOL3] code runs on the query, its line numbers its own', ({ expect }) => {
    const sent = runNode(toolCode, {
      parameters: { jsCode: '// first line\nreturn query.length' },
      items: [{ query: 'abc' }],
    });
    const code = String(sent.kind === 'effect' && sent.effect.payload['code']);
    expect(code.split('\n')[1]).toBe('return query.length');
    const python: Trial = { parameters: { language: 'python' } };
    expect(() => compileFor(toolCode, python)).not.toThrow();
    expect(() => runNode(toolCode, python)).toThrow(/cannot run here/);
  });

  it('[TOL4] a workflow answers for each item', ({ expect }) => {
    const ask = (trial: Trial): unknown => {
      const result = runNode(toolWorkflow, trial);
      return result.kind === 'call'
        ? ['id' in result.workflow && result.workflow.id, result.batches.map((items) => items.map(({ json }) => json))]
        : result;
    };
    const workflowId = { __rl: true, mode: 'list', value: 'w1' };
    const fields = { values: [{ name: 'lang', stringValue: '={{ $json.l }}' }] };
    expect(ask({ version: 1.2, parameters: { workflowId, fields }, items: [{ query: 'q', l: 'de' }] })).toEqual([
      'w1',
      [[{ query: 'q', lang: 'de' }]],
    ]);
    const workflowInputs = { mappingMode: 'defineBelow', value: { a: '={{ $json.x }}' } };
    expect(ask({ parameters: { workflowId, workflowInputs }, items: [{ x: 1 }, { x: 2 }] })).toEqual([
      'w1',
      [[{ a: 1 }], [{ a: 2 }]],
    ]);
    const answer = (version: number, results: Json[][], parameters: JsonObject = {}): unknown => {
      const wake = { kind: 'children' as const, results: results.map((items): Item[] => itemsOf(items)) };
      const made = resumeNode(toolWorkflow, { version, parameters: { workflowId, ...parameters } }, wake);
      return made.kind === 'output' ? made.outputs[0]?.map(({ json }) => json) : made.kind;
    };
    expect(answer(1, [[{ response: { a: 1 } }]])).toEqual([{ response: { a: 1 } }]);
    expect(() => answer(1, [[{ other: 1 }]])).toThrow('The workflow gave no field "response".');
    expect(answer(2.2, [[{ a: 1 }], [{ a: 1 }, { a: 2 }]])).toEqual([
      { response: '{"a":1}' },
      { response: '[{"a":1},{"a":2}]' },
    ]);
    expect(() => runNode(toolWorkflow, { parameters: { source: 'localFile' } })).toThrow(
      /cannot be run from "localFile"/,
    );
  });
});

describe('evaluation', () => {
  it('[EVA1] a normal run passes, and goes the normal way', ({ expect }) => {
    const items = [{ a: 1 }];
    const check = { operation: 'checkIfEvaluating' };
    expect(jsonOf(evaluation, { parameters: check, items })).toEqual([[], items]);
    expect(jsonOf(evaluation, { parameters: check, items, mode: 'evaluation' })).toEqual([items, []]);
    expect(jsonOf(evaluation, { parameters: { operation: 'setMetrics' }, items })).toEqual([items]);
    expect(jsonOf(evaluationTrigger, { items })).toEqual([items]);
  });

  it('[EVA2] an evaluation puts numbers beside the fields', ({ expect }) => {
    const metrics = { assignments: [{ name: 'score', value: '={{ $json.a / 2 }}' }] };
    const parameters = { operation: 'setMetrics', metrics };
    expect(jsonOf(evaluation, { parameters, items: [{ a: 1 }], mode: 'evaluation' })).toEqual([[{ a: 1, score: 0.5 }]]);
    expect(() => jsonOf(evaluation, { parameters, items: [{ a: 'x' }], mode: 'evaluation' })).toThrow(
      /is not a number/,
    );
  });
});
