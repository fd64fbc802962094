import { afterAll, beforeAll, describe, it } from 'vitest';
import type { WorkflowNode } from '../../core/graph/document.ts';
import { Canary } from '../served/canary.ts';
import { chain, hook, manual, node, respond, set } from '../served/documents.ts';
import { Server, itemsOf } from '../served/server.ts';
import type { RunView } from '../served/server.ts';

let server: Server;
let canary: Canary;
beforeAll(async () => {
  server = await Server.start();
  canary = await Canary.of(server);
});
afterAll(() => server.stop());

const runSet = async (expression: string, input: unknown = {}): Promise<RunView> => {
  const id = await server.publish(chain('Hostile expression', [manual(), set('evil', { x: expression })]));
  return server.start(id, { input: input as never });
};

describe('hostile expressions', () => {
  it.for([
    ['={{ (() => { while (true) {} })() }}', 'limit'],
    ['={{ (function f() { return f() })() }}', 'limit'],
    ['={{ "x".repeat(1e9) }}', 'limit'],
    ['={{ "x".padEnd(1e9) }}', 'limit'],
    ['={{ Array(1e9).fill(1) }}', 'limit'],
    ['={{ (() => { let s = "x"; for (let i = 0; i < 60; i++) s += s; return s })() }}', 'limit'],
    ['={{ (() => { let a = [1]; for (let i = 0; i < 60; i++) a = [...a, ...a]; return a })() }}', 'limit'],
    ['={{ (() => { let a = []; for (let i = 0; i < 100000; i++) a = [a]; return a })() }}', 'limit'],
    [`={{ ${'('.repeat(5_000)}1${')'.repeat(5_000)} }}`, 'limit'],
    [`={{ ${'['.repeat(50_000)} }}`, 'limit|syntax'],
    ['={{ "a".replace(/(?=a)\\p{L}/u, "") }}', 'regex'],
    ['={{ new RegExp("(".repeat(1000) + ")".repeat(1000)).test("a") }}', 'limit|regex'],
    ['={{ new RegExp("a{1000}{1000}{1000}").test("a") }}', 'limit|regex'],
    ['={{ $env.HOME }}', 'refused'],
  ])('ends %j as %s', async ([expression, code], { expect }) => {
    const run = await canary.during(() => runSet(expression ?? ''));
    expect(run.status).toBe('error');
    expect(run.error?.code).toMatch(new RegExp(`^(${code})$`));
  });

  it('matches patterns that make others backtrack for years', async ({ expect }) => {
    const found = await canary.during(() => runSet('={{ String(/^(a+)+$/.test("a".repeat(50000) + "!")) }}'));
    expect(itemsOf(found, 'evil')).toMatchObject([{ x: 'false' }]);
    const conditions = {
      options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
      combinator: 'and',
      conditions: [
        {
          id: '1',
          leftValue: '={{ "a".repeat(100000) + "!" }}',
          rightValue: '^(([a-z])+.)+[A-Z]([a-z])+$',
          operator: { type: 'string', operation: 'regex' },
        },
      ],
    };
    const id = await server.publish(chain('Filter', [manual(), node('f', 'filter', 2, { conditions, options: {} })]));
    expect((await canary.during(() => server.start(id, { input: {} }))).status).toBe('success');
  });

  it('reaches nothing of the host', async ({ expect }) => {
    const attempts = [
      'constructor.constructor("return this")()',
      '({}).constructor.constructor("return process")()',
      '[].constructor.constructor("return globalThis")()',
      '"".sub.constructor("return 1")()',
      '(() => {}).constructor("return 1")()',
      '$json.__proto__.constructor.constructor("return 1")()',
      '$json["__pro" + "to__"]["constr" + "uctor"]["constructor"]("return 1")()',
      '$json[["__proto__"]].polluted = "yes"',
      'Object.assign($json.__proto__ ?? {}, { polluted: "yes" })',
      'Object.setPrototypeOf({}, $json)',
      'Object.getPrototypeOf($json)',
      'Reflect.get({}, "constructor")',
      'globalThis',
      'process.env',
      'require("fs")',
      'fetch("http://127.0.0.1")',
      'this.constructor',
      'eval("1")',
      'new Function("return 1")()',
      '[].map.call([1], x => x).constructor("return 1")',
      '$items.constructor("return 1")()',
      '$now.constructor.constructor("return 1")()',
      'new Proxy({}, {}).x',
      'Object.defineProperty(Object.prototype, "polluted", { value: "yes" })',
      'JSON.parse(\'{"__proto__":{"polluted":"yes"}}\').polluted',
      '(async () => 1)()',
      'import("fs")',
    ];
    const nodes: WorkflowNode[] = attempts.map((text, index) => ({
      ...set(`try ${index}`, { [`r${index}`]: `={{ JSON.stringify(${text}) }}` }),
      onError: 'continue' as const,
    }));
    const id = await server.publish(chain('Escape', [manual(), ...nodes]));
    const run = await canary.during(() => server.start(id, { input: {} }));
    expect(run.status).toBe('success');
    for (const step of run.nodes.slice(1)) {
      const value = step.outputs[0]?.[0]?.json[step.node.replace('try ', 'r')];
      expect(
        [undefined, null, '', '{}', '"yes"', '{"polluted":"yes"}'],
        `${step.node} ${JSON.stringify(value)}`,
      ).toContain(value);
    }
  });

  it('an expression that throws gives nothing, and the run goes on', async ({ expect }) => {
    const run = await runSet('={{ (() => { throw new Error("boo") })() }}');
    expect(run.status).toBe('success');
  });

  it('a Respond node cannot split or smuggle headers', async ({ expect }) => {
    const entries = [
      { name: 'x-split', value: 'a\r\nset-cookie: evil=1' },
      { name: 'x-bad\r\nset-cookie', value: 'evil=2' },
      { name: 'content-length', value: '5' },
      { name: 'transfer-encoding', value: 'chunked' },
      { name: 'x-request-id', value: 'mine' },
      { name: 'x-good', value: '={{ $json.body.good }}' },
      { name: 'x-unicode', value: '\u4f60\u597d' },
      { name: '__proto__', value: 'p' },
    ];
    const options = { responseHeaders: { entries }, responseCode: 200 };
    await server.publish(chain('Headers', [hook('headers', 'responseNode'), respond({ options })]));
    const answer = await canary.during(() => server.hook('headers', { good: 'yes' }));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('x-good')).toBe('yes');
    expect(answer.headers.get('x-request-id')).not.toBe('mine');
    expect(answer.json?.['body']).toEqual({ good: 'yes' });
    for (const code of [99, 600, 'abc', 1e9, '\r\n']) {
      const path = `status-${String(code).trim() || 'crlf'}`;
      const parameters = { options: { responseCode: code } };
      await server.publish(chain('Status', [hook(path, 'responseNode'), respond(parameters)]));
      expect((await server.hook(path)).status).toBe(500);
    }
  });
});
