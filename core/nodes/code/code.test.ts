import { describe, it } from 'vitest';
import type { Json, JsonObject } from '../../data/item.ts';
import type { StepResult } from '../../node/kit.ts';
import { NodeError } from '../../node/kit.ts';
import { node as functionNode } from '../function/index.ts';
import { node as functionItem } from '../function-item/index.ts';
import { compileFor, itemsOf, runNode, stepOf } from '../testing.ts';
import type { Trial } from '../testing.ts';
import { codeDiffers } from './differs.ts';
import { node } from './index.ts';
import { mentionedNames } from './scan.ts';

const EACH = { mode: 'runOnceForEachItem', jsCode: 'return item' };

function payload(result: StepResult): JsonObject {
  if (result.kind !== 'effect') throw new Error(`The node answered ${result.kind}`);
  return result.effect.payload;
}

function resume(answer: unknown, trial: Trial, type = node): StepResult {
  const value = { outputJson: JSON.stringify(answer), round: 0, names: [] };
  const result = compileFor(type, trial).resume?.(stepOf(type, trial), { kind: 'reply', value });
  if (!result) throw new Error('The node has no resume');
  return result;
}
function outcome(answer: unknown, trial: Trial, type = node): unknown {
  try {
    const result = resume(answer, trial, type);
    return result.kind === 'output' ? result.outputs[0] : result.kind;
  } catch (error) {
    return error instanceof NodeError ? `${error.code}: ${error.message}` : error;
  }
}

describe('code node', () => {
  it('[CDN1] sends code and items as text', ({ expect }) => {
    const result = runNode(node, { parameters: { jsCode: 'return items' }, items: [{ a: 1 }] });
    expect(result.kind === 'effect' && [result.effect.kind, result.effect.class]).toEqual(['code', 'pure']);
    const sent = payload(result);
    expect([sent['code'], sent['itemsJson'], sent['nodesJson']]).toEqual(['return items', '[{"json":{"a":1}}]', '{}']);
    expect(JSON.parse(String(sent['metaJson']))).toMatchObject({
      mode: 'all',
      zone: 'America/New_York',
      execution: { id: 'run-1' },
      node: { parameters: {} },
    });
  });

  it('[CDN15] signs the URL that resumes the run only for code that may look for it', ({ expect }) => {
    const urlFor = (jsCode: string): unknown => {
      const meta = JSON.parse(String(payload(runNode(node, { parameters: { jsCode } }))['metaJson'])) as {
        execution: JsonObject;
      };
      return meta.execution['resumeUrl'];
    };
    const asking = ['$execution.resumeUrl', 'const { resumeUrl: u } = $execution', 'const e = $execution; return e[k]'];
    expect([...asking, '$execution["resume" + "Url"]'].map(urlFor)).toEqual(
      Array.from({ length: 4 }, () => 'https://example.test/resume/1'),
    );
    expect(['return items', 'return { id: $execution.id }'].map(urlFor)).toEqual([undefined, undefined]);
  });

  it('[CDN2] finds every text that may name a node', ({ expect }) => {
    const names = (code: string): string[] => mentionedNames(code).sort();
    expect(names(`$('A').all(); $node["B"].json; $items('C'); const d = "D"; $(d); $(\`E\`); $node.F`)).toEqual(
      expect.arrayContaining(['A', 'B', 'C', 'D', 'E', 'F']),
    );
    expect(names('return items.map((x) => x.json["A"])')).toEqual([]);
    expect(names(`$('A') ~~ syntax error "B`)).toContain('A');
    expect(names(`$("__proto__")`)).toEqual(['__proto__']);
    expect(names(`$('It\\'s')`)).toEqual(["It's"]);
  });

  it('[CDN2] sends what mentioned nodes made, hostile names included', ({ expect }) => {
    const run: Trial['run'] = {
      has: (name) => name === '__proto__' || name === 'X',
      runs: (name) => (name === 'X' ? [] : [{ runIndex: 0, outputs: [itemsOf([{ v: 1 }]), null] }]),
      parameters: () => ({ p: 1 }),
    };
    const sent = payload(runNode(node, { parameters: { jsCode: `$('__proto__'); $('X'); $('Gone')` }, run }));
    const nodes = JSON.parse(String(sent['nodesJson'])) as object;
    expect(Object.entries(nodes).sort(([a], [b]) => (a < b ? 1 : -1))).toEqual([
      [
        '__proto__',
        {
          exists: true,
          parameters: { p: 1 },
          context: {},
          runs: [{ runIndex: 0, outputs: [[{ json: { v: 1 } }], null] }],
          paired: [null],
        },
      ],
      ['X', { exists: true, parameters: { p: 1 }, context: {}, runs: [], paired: [null] }],
    ]);
  });

  it('[CDN2] tells which item each input descends from', ({ expect }) => {
    const made = itemsOf([{ v: 1 }, { v: 2 }]);
    const run: Trial['run'] = {
      has: () => true,
      runs: () => [{ runIndex: 0, outputs: [made] }],
      paired: (_name, index) => made[1 - index],
    };
    const sent = payload(runNode(node, { parameters: { jsCode: `$('X')` }, items: [{}, {}, {}], run }));
    expect(JSON.parse(String(sent['nodesJson']))).toMatchObject({ X: { paired: [[0, 0, 1], [0, 0, 0], null] } });
  });

  it('[CDN3] repeats with the nodes that were asked for, and says when one does not exist', ({ expect }) => {
    const trial: Trial = { parameters: { jsCode: 'return $(name)' }, run: { has: (name) => name === 'A' } };
    const sent = payload(resume({ need: ['A', 'Nobody'] }, trial));
    expect([sent['round'], sent['names'], JSON.parse(String(sent['nodesJson']))]).toEqual([
      1,
      ['A', 'Nobody'],
      { A: expect.objectContaining({ exists: true }), Nobody: { exists: false } },
    ]);
    const value = { outputJson: '{"need":["B"]}', round: 20, names: [] };
    expect(() => compileFor(node, trial).resume?.(stepOf(node, trial), { kind: 'reply', value })).toThrow(
      /more than 20 nodes/,
    );
  });

  it('[CDN4] takes the shapes n8n takes', ({ expect }) => {
    const cases: [Json | undefined, unknown][] = [
      [[{ json: { a: 1 }, pairedItem: { item: 0 } }], [{ json: { a: 1 }, pairedItem: { item: 0 } }]],
      [
        [{ a: 1 }, { b: 2 }],
        [{ json: { a: 1 } }, { json: { b: 2 } }],
      ],
      [{ a: 1 }, [{ json: { a: 1 } }]],
      [{ json: { a: 1 } }, [{ json: { a: 1 } }]],
      [[], []],
      [
        [{ error: 'data' }, { index: 1 }],
        [{ json: { error: 'data' } }, { json: { index: 1 } }],
      ],
      [
        [{ json: {}, binary: { f: { mimeType: 'a/b', data: '' } }, pairedItem: [{ item: 1 }, { item: 2, input: 1 }] }],
        [{ json: {}, binary: { f: { mimeType: 'a/b', data: '' } }, pairedItem: [{ item: 1 }, { item: 2, input: 1 }] }],
      ],
    ];
    expect(cases.map(([value]) => outcome({ value }, { parameters: { jsCode: '' } }))).toEqual(
      cases.map(([, items]) => items),
    );
  });

  it('[CDN5] pairs per item and drops null', ({ expect }) => {
    const trial: Trial = { parameters: EACH, items: [{}, {}, {}, {}] };
    const answer = {
      each: [
        { value: { json: { a: 1 } } },
        { value: { b: 2 } },
        { value: null },
        { value: { json: {}, pairedItem: { item: 0 } } },
      ],
    };
    expect(outcome(answer, trial)).toEqual([
      { json: { a: 1 }, pairedItem: { item: 0 } },
      { json: { b: 2 }, pairedItem: { item: 1 } },
      { json: {}, pairedItem: { item: 0 } },
    ]);
  });

  it('[CDN6] names the item whose shape is wrong', ({ expect }) => {
    const all = (value?: Json): unknown =>
      outcome(value === undefined ? {} : { value }, { parameters: { jsCode: '' } });
    const each = (value?: Json): unknown =>
      outcome({ each: [value === undefined ? {} : { value }] }, { parameters: EACH });
    expect([
      all(),
      all(null),
      all(5),
      all([{ a: 1 }, 5]),
      all({ json: 'test' }),
      all([{ json: {} }, { json: [] }]),
      all([{ json: {}, extra: 1 }]),
      all([{ json: {}, binary: 1 }]),
    ]).toEqual([
      "bad-code-result: Code doesn't return items properly",
      "bad-code-result: Code doesn't return items properly",
      "bad-code-result: Code doesn't return items properly",
      "bad-code-result: Code doesn't return items properly [item 1]",
      "bad-code-result: A 'json' property isn't an object [item 0]",
      "bad-code-result: A 'json' property isn't an object [item 1]",
      'bad-code-result: Unknown top-level item key: extra [item 0]',
      "bad-code-result: A 'binary' property isn't an object [item 0]",
    ]);
    expect([each(), each(5), each([]), each({ json: 1 })]).toEqual([
      "bad-code-result: Code doesn't return an object [item 0]",
      "bad-code-result: Code doesn't return an object [item 0]",
      "bad-code-result: Code doesn't return a single object [item 0]",
      "bad-code-result: A 'json' property isn't an object [item 0]",
    ]);
  });

  it('[CDN6] turns failures into items when the node continues', ({ expect }) => {
    const one: Trial = { parameters: { jsCode: '' }, continueOnFail: true };
    expect(outcome({ error: { name: 'Error', message: 'boo', line: 3 } }, one)).toEqual([
      { json: { error: 'boo [line 3]' }, pairedItem: { item: 0 } },
    ]);
    expect(outcome({ value: { json: 'test' } }, one)).toEqual([
      { json: { error: "A 'json' property isn't an object [item 0]" }, pairedItem: { item: 0 } },
    ]);
    const many: Trial = { parameters: EACH, items: [{}, {}], continueOnFail: true };
    expect(
      outcome({ each: [{ error: { name: 'Error', message: 'boo', line: 1, itemIndex: 0 } }, { value: {} }] }, many),
    ).toEqual([
      { json: { error: 'boo [line 1, for item 0]' }, pairedItem: { item: 0 } },
      { json: {}, pairedItem: { item: 1 } },
    ]);
  });

  it('[CDN7] refuses other languages when it runs, not when it compiles', ({ expect }) => {
    const trial: Trial = { parameters: { language: 'ruby', jsCode: 'return []' } };
    expect(() => compileFor(node, trial)).not.toThrow();
    expect(() => runNode(node, trial)).toThrow(/cannot run here/);
    for (const language of ['python', 'pythonNative', 'pyodide']) {
      const sent = payload(runNode(node, { parameters: { language, jsCode: 'js', pythonCode: 'py' } }));
      expect([sent['language'], sent['code']]).toEqual(['python', 'py']);
    }
  });

  it('[CDN7] finds the nodes that Python mentions', ({ expect }) => {
    expect(mentionedNames('x = _("A").all()\ny = _node["B"]', 'python')).toEqual(['A', 'B']);
    expect(mentionedNames('x = "A"', 'python')).toEqual([]);
  });

  it('[CDN8] sends static data to code that mentions it and keeps what it changed', ({ expect }) => {
    const kept = { node: { seen: 1 }, global: { g: true } };
    const meta = (jsCode: string): unknown =>
      JSON.parse(String(payload(runNode(node, { parameters: { jsCode }, kept }))['metaJson']));
    expect(meta('$getWorkflowStaticData("node")')).toMatchObject({ kept });
    expect(meta('return items')).not.toHaveProperty('kept');
    const result = resume({ value: [], keep: { node: { seen: 2 } } }, { parameters: { jsCode: '' } });
    expect(result).toEqual({ kind: 'output', outputs: [[]], keep: { node: { seen: 2 } } });
  });

  it('[CDN9] asks for the network only when the node says so, and is then not repeatable', ({ expect }) => {
    const asked = (options: JsonObject): unknown => {
      const result = runNode(node, { parameters: { jsCode: '', options } });
      return result.kind === 'effect' && [result.effect.class, result.effect.payload['network']];
    };
    expect([asked({}), asked({ network: 'yes' }), asked({ network: true })]).toEqual([
      ['pure', false],
      ['pure', false],
      ['unsafe', true],
    ]);
  });

  it('[CDN10] keeps the files of an item for Function Item', ({ expect }) => {
    const trial: Trial = { parameters: { functionCode: 'return item' }, items: [{}] };
    const binary = { f: { mimeType: 'a/b', data: '' } };
    expect(outcome({ each: [{ value: { a: 1 }, binary }] }, trial, functionItem)).toEqual([
      { json: { a: 1 }, binary, pairedItem: { item: 0 } },
    ]);
  });

  it('[CDN14] says what code needs that is not here', ({ expect }) => {
    const js = (jsCode: string, options: JsonObject = {}): string | undefined => codeDiffers({ jsCode, options });
    expect([
      js('return items'),
      js(`require('crypto'); require("node:url"); require('lodash')`),
      js(`require('mjml'); require('mjml'); require("fs")`),
      js('await this.helpers.httpRequest({})'),
      js('await this.helpers.httpRequest({})', { network: true }),
      js('const r = await fetch("http://x")'),
      js('prefetch (1)'),
      js('this.helpers.httpRequestWithAuthentication.call(this, "x", {})'),
      codeDiffers({ functionCode: 'fetch("http://x")' }),
      codeDiffers({ language: 'pythonNative' }),
      codeDiffers({ jsCode: 5, options: [] }),
    ]).toEqual([
      undefined,
      undefined,
      'It requires "mjml", which is not here. It requires "fs", which is not here.',
      'It sends requests: turn on "Network" in its options.',
      undefined,
      'It sends requests: turn on "Network" in its options.',
      undefined,
      'It uses a credential, which code never holds: use an HTTP Request node.',
      'It sends requests: turn on "Network" in its options.',
      'Python is MicroPython here, a subset without packages: try it.',
      undefined,
    ]);
  });

  it('[CDN12] keeps what the code printed, up to a limit', ({ expect }) => {
    const logsOf = (logs: string[]): unknown => {
      const result = resume({ value: [], logs }, { parameters: { jsCode: '' } });
      return result.kind === 'output' && result.logs;
    };
    expect(logsOf(['a', 'b'])).toEqual(['a', 'b']);
    const long = logsOf(Array.from({ length: 20 }, () => 'x'.repeat(1000))) as string[];
    expect([long.length, long.at(-1)]).toEqual([10, '… (12 lines cut off)']);
    expect(long.join('').length).toBeLessThan(8 * 1024 + 30);
  });

  it('[CDN11] sends parameters and context of the node before', ({ expect }) => {
    const run: Trial['run'] = {
      previous: () => ({ name: 'Before', outputIndex: 0, runIndex: 0 }),
      parameters: (name) => ({ of: name }),
      context: () => ({ noItemsLeft: true }),
    };
    const sent = payload(runNode(node, { parameters: { jsCode: 'return $input.params' }, run }));
    expect(JSON.parse(String(sent['metaJson']))).toMatchObject({
      input: { params: { of: 'Before' }, context: { noItemsLeft: true } },
    });
  });

  it('keeps the two ancestors working', ({ expect }) => {
    expect(payload(runNode(functionNode, { parameters: { functionCode: 'return items' } }))['code']).toBe(
      'return items',
    );
    const trial: Trial = { parameters: { functionCode: 'return item' }, items: [{}] };
    expect(outcome({ each: [{ value: { json: 'is data here' } }] }, trial, functionItem)).toEqual([
      { json: { json: 'is data here' }, pairedItem: { item: 0 } },
    ]);
    expect(outcome({ each: [{ value: 5 }] }, trial, functionItem)).toBe(
      'bad-code-result: The returned data is not an object [item 0]',
    );
  });
});
