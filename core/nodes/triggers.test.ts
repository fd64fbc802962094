import { describe, it } from 'vitest';
import { node as errorTrigger } from './error-trigger/index.ts';
import { node as workflowTrigger } from './execute-workflow-trigger/index.ts';
import { node as manual } from './manual/index.ts';
import { node as noOp } from './no-op/index.ts';
import { node as schedule } from './schedule/index.ts';
import { itemsOf, jsonOf, outputsOf, runNode } from './testing.ts';
import { node as stop } from './stop-and-error/index.ts';
import { node as webhook } from './webhook/index.ts';

describe('triggers', () => {
  it('[TRG1] hand on the items they were started with', ({ expect }) => {
    const inputs = [[{ json: { a: 1 }, binary: { f: { mimeType: 'a/b', id: '1' } } }]];
    for (const node of [manual, webhook, errorTrigger, workflowTrigger, schedule]) {
      expect(outputsOf(node, { inputs })).toEqual(inputs);
      expect(node.trigger).toBeDefined();
    }
  });

  it('[TRG1] a schedule started without data says when it is', ({ expect }) => {
    expect(jsonOf(schedule, {})[0]?.[0]).toMatchObject({
      timestamp: '2026-03-01T07:00:00.000-05:00',
      'Day of week': 'Sunday',
      Hour: '07',
    });
  });

  it('[TRG2] the workflow trigger gives the declared fields', ({ expect }) => {
    const workflowInputs = { values: [{ name: 'a', type: 'number' }, { name: 'b' }, { name: '__proto__' }] };
    const [[made] = []] = jsonOf(workflowTrigger, { parameters: { workflowInputs }, items: [{ a: 1, extra: 2 }] });
    expect(Object.entries(made ?? {})).toEqual([
      ['a', 1],
      ['b', null],
      ['__proto__', null],
    ]);
    const example = { inputSource: 'jsonExample', jsonExample: '{"x": 1}' };
    expect(jsonOf(workflowTrigger, { parameters: example, items: [{ x: 5, y: 6 }] })[0]).toEqual([{ x: 5 }]);
    expect(
      jsonOf(workflowTrigger, { parameters: { inputSource: 'passthrough', workflowInputs }, items: [{ z: 1 }] })[0],
    ).toEqual([{ z: 1 }]);
    expect(jsonOf(workflowTrigger, { parameters: { workflowInputs }, version: 1, items: [{ z: 1 }] })[0]).toEqual([
      { z: 1 },
    ]);
  });
});

describe('no-op and stop', () => {
  it('[NOD1] no-op links its items anew', ({ expect }) => {
    expect(outputsOf(noOp, { inputs: [[...itemsOf([{ a: 1 }]), { json: { b: 1 }, pairedItem: 7 }]] })).toEqual([
      [
        { json: { a: 1 }, pairedItem: 0 },
        { json: { b: 1 }, pairedItem: 1 },
      ],
    ]);
  });

  it('[STP1] stops with a message or an error object', ({ expect }) => {
    const message = (parameters: Record<string, string>): string => {
      try {
        runNode(stop, { parameters, items: [{ who: 'Ada' }] });
        return 'did not stop';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(message({ errorMessage: '=No {{ $json.who }}' })).toBe('No Ada');
    expect(message({})).toBe('The workflow was stopped.');
    expect(message({ errorType: 'errorObject', errorObject: '{"code": 4, "message": "four"}' })).toBe('four');
    expect(message({ errorType: 'errorObject', errorObject: '{"code": 4}' })).toBe('{"code":4}');
  });
});
