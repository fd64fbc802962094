import { describe, it } from 'vitest';
import { compileTemplate, ExpressionError } from './index.ts';
import { evaluate, testScope, type TestScope } from './testing.ts';

const scope: TestScope = {
  json: [{ id: 0 }, { id: 1 }],
  itemIndex: 1,
  nodes: {
    A: {
      parameters: { url: 'x' },
      context: { done: 2 },
      paired: [1, 0],
      runs: [
        { runIndex: 0, outputs: [[{ json: { v: 'old' } }]] },
        { runIndex: 1, outputs: [[{ json: { v: 'a0' } }, { json: { v: 'a1' } }], [{ json: { v: 'b0' } }]] },
      ],
    },
    Idle: {},
    Lost: { runs: [{ runIndex: 0, outputs: [[{ json: {} }]] }] },
    __proto__x: {},
  },
  previous: { name: 'B', outputIndex: 0, runIndex: 0 },
  vars: { key: 'v' },
  extra: { $response: { body: { next: 2 } }, $double: (n: number) => n * 2 },
};

const code = (text: string): string => {
  try {
    return `value ${String(evaluate(text, scope))}`;
  } catch (error) {
    return error instanceof ExpressionError ? error.code : 'other';
  }
};

describe('roots', () => {
  const VALUES: [string, unknown][] = [
    ['$json.id', 1],
    ['$input.item.json.id + $input.first().json.id + $input.last().json.id + $input.all().length', 4],
    ['$itemIndex + $runIndex', 1],
    ['$("A").item.json.v', 'a0'],
    ['$("A").itemMatching(0).json.v', 'a1'],
    ['$("A").pairedItem(0).json.v', 'a1'],
    ['$("A").first().json.v + $("A").last().json.v + $("A").all().length', 'a0a12'],
    ['$("A").first(1).json.v + $("A").all(0, 0)[0].json.v', 'b0old'],
    ['$("A").isExecuted && !$("Idle").isExecuted', true],
    ['$("A").params.url + $("A").context.done', 'x2'],
    ['$node["A"].data.v', 'a1'],
    ['$node["A"].json.v + $node.A.runIndex + $node.A.parameter.url', 'a11x'],
    ['$items("A").length + $items("A", 1).length + $items().length', 5],
    ['$item(0).$json.id + $item(0).$itemIndex', 0],
    ['$item(0).$node["A"].json.v + $item(0).$("A").item.json.v', 'a0a1'],
    ['$prevNode.name', 'B'],
    ['$parameter.p + $nodeVersion + $nodeId', '3n1'],
    ['$workflow.name + $workflow.id + $workflow.active', 'Floww1true'],
    ['$execution.id + $execution.mode + $execution.resumeUrl', 'e1testhttps://example.test/resume'],
    ['$vars.key', 'v'],
    ['$response.body.next + $double(4)', 10],
    ['$if(1, "y", "n") + $ifEmpty("", "e") + $min(3, 1) + $max([3, 1]) + $average(1, 3)', 'ye132'],
    ['Object.keys($input).includes("item")', true],
  ];
  for (const [text, expected] of VALUES) {
    it(`[EXP11] ${text}`, ({ expect }) => {
      expect(evaluate(text, scope)).toEqual(expected);
    });
  }

  it('[EXP12] what cannot be reached is an error with a code', ({ expect }) => {
    expect(code('$("None").item.json')).toBe('unknown-node');
    expect(code('$node["None"].json')).toBe('unknown-node');
    expect(code('$("Idle").item.json')).toBe('not-executed');
    expect(code('$("Idle").first()')).toBe('not-executed');
    expect(code('$("Lost").item.json.x')).toBe('no-paired-item');
    expect(code('$node["Lost"].json')).toBe('no-item');
    expect(code('$("Lost").item?.json ?? "fallback"')).toBe('no-paired-item');
  });

  it('[EXP13] the branch that feeds this node is the default', ({ expect }) => {
    const fed = { ...scope, previous: { name: 'A', outputIndex: 1, runIndex: 1 } };
    expect(evaluate('$("A").first().json.v', fed)).toBe('b0');
    expect(evaluate('$("A").first(0).json.v', fed)).toBe('a0');
  });

  it('[EXP51] $parameter evaluates the parameter it reads, $rawParameter does not', ({ expect }) => {
    const parameters = {
      url: '=https://a.b/{{ $json.id }}',
      options: { double: '={{ $parameter.count * 2 }}', list: ['={{ $itemIndex }}', 'x'], plain: '{{ 1 }}' },
      count: 4,
      loop: '={{ $parameter.loop }}',
      ['__proto__' as string]: 'own',
    };
    const given = { json: [{ id: 7 }, { id: 8 }], itemIndex: 1, parameters };
    expect(evaluate('$parameter.url', given)).toBe('https://a.b/8');
    expect(evaluate('$parameter["options"].double + $parameter.options?.plain', given)).toBe('8{{ 1 }}');
    expect(evaluate('$parameter.options.list', given)).toEqual([1, 'x']);
    expect(evaluate('$item(0).$parameter.url', given)).toBe('https://a.b/7');
    expect(evaluate('Object.keys($parameter).length + ({...$parameter.options}).double', given)).toBe(13);
    expect(evaluate('$rawParameter.url', given)).toBe(parameters.url);
    expect(evaluate('[$parameter.constructor, $parameter.toString, $parameter.nothing]', given)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(() => evaluate('$parameter.loop', given)).toThrow(/refer to each other/);
    expect(() => evaluate('(() => { $parameter.count = 1 })()', given)).toThrow(ExpressionError);
    // Data is never code.
    expect(evaluate('$parameter.url', { json: [{ id: '{{ 1 + 1 }}' }], parameters })).toBe('https://a.b/{{ 1 + 1 }}');
  });

  it('[EXP52] $execution.mode says test, production or evaluation', ({ expect }) => {
    const modeOf = (mode: string): unknown => {
      const made = testScope();
      return compileTemplate('={{ $execution.mode }}').at({ ...made, execution: { ...made.execution, mode } });
    };
    expect(['manual', 'production', 'retry', 'child', 'evaluation'].map(modeOf)).toEqual([
      'test',
      'production',
      'production',
      'production',
      'evaluation',
    ]);
  });

  it('[EXP18] quotes in a node’s name need no escape', ({ expect }) => {
    const named = {
      nodes: { "Get Today's 'big' Idea": { paired: [0], runs: [{ runIndex: 0, outputs: [[{ json: { v: 1 } }]] }] } },
      json: [{}],
    };
    expect(evaluate("$('Get Today's 'big' Idea').item.json.v + 1", named)).toBe(2);
    expect(evaluate("$node['Get Today's 'big' Idea'].json.v", named)).toBe(1);
    expect(evaluate("$('Get Today\\'s \\'big\\' Idea').first().json.v", named)).toBe(1);
    expect(evaluate("$ifEmpty('a') + $ifEmpty('b')")).toBe('ab');
    expect(code("$('It's) + 1")).toBe('syntax');
    expect(code("$('A').first(')")).toBe('syntax');
  });

  it('[EXP14] the environment and secrets are refused', ({ expect }) => {
    expect(code('$env.PATH')).toBe('refused');
    expect(code('$secrets.x')).toBe('refused');
    expect(code('$evaluateExpression("1")')).toBe('refused');
  });

  it('[EXP16] $fromAI gives what the model gave, or the default', ({ expect }) => {
    const given = { fromAi: { city: 'Ulm', ['__proto__' as string]: 'own' } };
    expect(evaluate('$fromAI("city", "where", "string", "x")', given)).toBe('Ulm');
    expect(evaluate('$fromAi("age", "how old", "number", 18)', given)).toBe(18);
    expect(evaluate('$fromai("constructor")', given)).toBeUndefined();
    expect(evaluate("/*n8n-auto-generated-fromAI-override*/ $fromAI('city', ``, 'string')", given)).toBe('Ulm');
    expect(code('$fromAI("not a key")')).toBe('argument');
    expect(code('$fromAI()')).toBe('argument');
  });

  it('[EXP17] $execution.customData is read, never written', ({ expect }) => {
    const marked = { customData: { user: 'ada' } };
    expect(evaluate('$execution.customData.get("user") + $execution.customData.get("x")', marked)).toBe('adaundefined');
    expect(evaluate('$execution.customData.getAll()', marked)).toEqual({ user: 'ada' });
    expect(
      evaluate('(() => { const all = $execution.customData.getAll(); all.user = 1; return all })()', marked),
    ).toEqual({ user: 1 });
    expect(marked.customData.user).toBe('ada');
    expect(code('$execution.customData.set("a", "b")')).toBe('unsupported');
    expect(code('$execution.customData.setAll({})')).toBe('unsupported');
  });

  it('[EXP11] without items $json is undefined', ({ expect }) => {
    expect(evaluate('$json.a')).toBeUndefined();
    expect(evaluate('$json?.a ?? 1')).toBe(1);
  });
});
