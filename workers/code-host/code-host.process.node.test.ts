import { afterAll, beforeAll, describe, it } from 'vitest';
import { itemsOf } from '../../core/nodes/testing.ts';
import type { Trial } from '../../core/nodes/testing.ts';
import type { CodeHost } from '../../scripts/serve/code-host.ts';
import { residentBytes } from '../../scripts/serve/code-host.ts';
import { staleTexts } from '../../scripts/serve/code-host-texts.ts';
import { CodeBench } from './testing.ts';

const LIMIT_MS = 1_500;
const MAX_IDLE_RSS_BYTES = 220 * 1024 * 1024;
let host: CodeHost;
let bench: CodeBench;
let run: CodeBench['run'];
let failureOf: CodeBench['failureOf'];
let first: CodeBench['first'];

beforeAll(async () => {
  bench = await CodeBench.start({ codeLimitMs: LIMIT_MS, maxIdleRssBytes: MAX_IDLE_RSS_BYTES });
  ({ host, run, failureOf, first } = bench);
}, 30_000);
afterAll(() => bench.stop());

describe('code host', () => {
  it('has its texts generated from the sources', async ({ expect }) => {
    expect(await staleTexts(false)).toEqual([]);
  });

  it('gives code what n8n gives it', async ({ expect }) => {
    const items = [{ a: 1 }, { a: 2 }];
    const x = itemsOf([{ v: 'x0' }, { v: 'x1' }]);
    const view: Trial['run'] = {
      has: (name) => name === 'X' || name === 'Idle',
      parameters: () => ({ p: 1 }),
      runs: (name) => (name === 'X' ? [{ runIndex: 0, outputs: [x] }] : []),
      paired: (_name, index) => x[1 - index],
      previous: () => ({ name: 'X', outputIndex: 0, runIndex: 0 }),
    };
    const got = await first(
      `const items = $input.all(); undeclared = 7;
       return { n: items.length, first: $input.first().json.a, last: $input.last().json.a, data: $json.a, old: $node["X"].json.v, list: $items("X").length,
         all: $('X').all().length, paired: $('X').item.json.v, second: $('X').itemMatching(1).json.v, ran: [$('X').isExecuted, $('Idle').isExecuted], params: $('X').params.p,
         prev: $prevNode.name, wf: $workflow.name, id: $execution.id, undeclared, zone: $now.zoneName, year: $today.year, iso: DateTime.fromISO('2026-01-01').toISODate(),
         md5: require('crypto').createHash('md5').update('a').digest('hex'), b64: Buffer.from('hi').toString('base64'), stat: typeof $getWorkflowStaticData('global') }`,
      { items, run: view },
    );
    expect(got).toEqual({
      n: 2,
      first: 1,
      last: 2,
      data: 1,
      old: 'x0',
      list: 2,
      all: 2,
      paired: 'x1',
      second: 'x0',
      ran: [true, false],
      params: 1,
      prev: 'X',
      wf: 'Test',
      id: 'run-1',
      undeclared: 7,
      zone: 'America/New_York',
      year: 2026,
      iso: '2026-01-01',
      md5: '0cc175b9c0f1b6a831c399e269772661',
      b64: 'aGk=',
      stat: 'object',
    });
  });

  it('runs per item with the item as the current one, and keeps pairing', async ({ expect }) => {
    const { items } = await run(
      'const v = await Promise.resolve($json.a); if (v === 2) return null; return { v, i: $itemIndex, same: item.json.a === $input.item.json.a }',
      {
        items: [{ a: 1 }, { a: 2 }, { a: 3 }],
        parameters: { mode: 'runOnceForEachItem' },
      },
    );
    expect(items).toEqual([
      { json: { v: 1, i: 0, same: true }, pairedItem: { item: 0 } },
      { json: { v: 3, i: 2, same: true }, pairedItem: { item: 2 } },
    ]);
  });

  it('[CDN16] says how the run came to be as n8n says it', async ({ expect }) => {
    const code = 'return { now: $execution.mode, raw: $mode, own: this.getMode() }';
    const python = 'return {"now": _execution.mode, "raw": _mode}';
    for (const [mode, now] of [
      ['manual', 'test'],
      ['retry', 'production'],
      ['evaluation', 'evaluation'],
    ] as const) {
      expect(await first(code, { mode })).toEqual({ now, raw: mode, own: mode });
      expect(await first(python, { mode, parameters: { language: 'python' } })).toEqual({ now, raw: mode });
    }
  });

  it('[COD1] reaches nothing outside', async ({ expect }) => {
    const attempts = [
      'await fetch("http://127.0.0.1/")',
      'await fetch("http://example.com/")',
      '(await import("cloudflare:sockets")).connect("127.0.0.1:80").opened.then(() => 1)',
      'new WebSocket("ws://127.0.0.1/"), await new Promise((r, f) => setTimeout(f, 50))',
      'eval("1")',
      'new Function("return 1")()',
      'require("fs")',
      'require("child_process")',
      'require("node:net")',
      '(() => { throw new Error(JSON.stringify(process.env) === "{}" ? "empty" : "leak") })()',
      '(() => { throw new Error(typeof caches === "undefined" ? "none" : "caches") })()',
    ];
    const answers = await Promise.all(
      attempts.map((attempt) => failureOf(`const got = ${attempt}; return [{ json: { got: String(got) } }]`)),
    );
    expect(answers.filter((each) => each === 'ok' || /leak|caches$|caches \[/.test(each))).toEqual([]);
    const env = await first('const m = await import("cloudflare:workers"); return { env: Object.keys(m.env) }');
    expect(env).toEqual({ env: [] });
  });

  it('[COD1] keeps tenants in isolates of their own', async ({ expect }) => {
    const code = 'globalThis.seen = (globalThis.seen ?? 0) + 1; return { seen: globalThis.seen }';
    const one = await run(code, { tenant: 'one' });
    const two = await run(code, { tenant: 'two' });
    expect([one.items, two.items]).toEqual([[{ json: { seen: 1 } }], [{ json: { seen: 1 } }]]);
  });

  it('[COD17] puts the language back for the next call of the same code', async ({ expect }) => {
    const code = `const seen = [({}).left, globalThis.left, typeof undeclared, [1].map((x) => x)[0], JSON.stringify({ a: 1 }), [].at.left ?? null, Math.left];
      if ($json.leave) {
        undeclared = 1; globalThis.left = 'left'; Math.left = 'left'; [].at.left = 'left';
        ({}).__proto__.left = 'left'; Array.prototype.map = () => ['left']; JSON.stringify = () => '{}';
        Promise.prototype.then = undefined; Object.prototype.then = 1; Set.prototype.has = () => true;
      }
      return { seen }`;
    const clean = { seen: [null, null, 'undefined', 1, '{"a":1}', null, null] };
    await run(code, { items: [{ leave: true }] }).catch(() => undefined);
    expect(await first(code, { items: [{}] })).toEqual(clean);
  });

  it('[COD17] puts back what the language inherits from, and lets nobody write into its methods', async ({
    expect,
  }) => {
    const code = `const seen = [[].left ?? null, new Map().left ?? null, [].at.left ?? null, ({}).toString.left ?? null, ''.at.left ?? null];
      if ($json.leave) {
        [].__proto__.__proto__ = { left: 1 }; Object.setPrototypeOf(Map.prototype, { left: 1 });
        [].at.left = 'left'; ({}).toString.left = 'left'; ''.at.left = 'left';
      }
      return { seen, at: [4].at(0) }`;
    await run(code, { items: [{ leave: true }] });
    expect(await first(code, { items: [{}] })).toEqual({ seen: [null, null, null, null, null], at: 4 });
  });

  it('[COD2] says where code fails', async ({ expect }) => {
    const each = { items: [{}, {}], parameters: { mode: 'runOnceForEachItem' } };
    expect([
      await failureOf('const a = 1;\nthrow new Error("boo")'),
      await failureOf('\n\nnull.x'),
      await failureOf('if ($itemIndex === 1) {\n  missing();\n}\nreturn {}', each),
      await failureOf('const a = 1;\nconst = 2;'),
      await failureOf('throw { message: "plain" }'),
      await failureOf('return [{ json: { a: 1n } }]'),
    ]).toEqual([
      'code-error: boo [line 2]',
      "code-error: Cannot read properties of null (reading 'x') [line 3]",
      'code-error: missing is not defined [line 2, for item 1]',
      "code-error: SyntaxError: Unexpected token '=' [line 2]",
      'code-error: plain',
      'code-error: The returned data is not JSON: Do not know how to serialize a BigInt',
    ]);
  });

  it('[COD5] caps output and console', async ({ expect }) => {
    expect(await failureOf('return [{ json: { s: "x".repeat(17 * 1024 * 1024) } }]')).toMatch(/^code-output-too-large/);
    const { reply } = await run('for (let i = 0; i < 5000; i++) console.log("x".repeat(100)); return []');
    const text = reply.ok ? String((reply.value as { outputJson: string }).outputJson) : '';
    expect(text.length).toBeGreaterThan(60_000);
    expect(text.length).toBeLessThan(80_000);
  });

  it('[COD6] fetches nodes whose names are computed', async ({ expect }) => {
    const view: Trial['run'] = {
      has: (name) => /^N\d$/.test(name),
      runs: (name) => [{ runIndex: 0, outputs: [itemsOf([{ name }])] }],
    };
    const { items, rounds } = await run(
      'const out = []; for (let i = 0; i < 3; i++) out.push($("N" + i).first().json); return out',
      { run: view },
    );
    expect([items, rounds]).toEqual([
      [{ json: { name: 'N0' } }, { json: { name: 'N1' } }, { json: { name: 'N2' } }],
      4,
    ]);
    expect(await failureOf('return $("Nobody" + 1).all()', { run: view })).toBe(
      "code-error: Referenced node doesn't exist: 'Nobody1' [line 1]",
    );
  });

  it('[COD3] stops what waits for ever', async ({ expect }) => {
    expect(await failureOf('await new Promise((done) => setTimeout(done, 60_000)); return []')).toMatch(
      /^code-timeout/,
    );
  }, 20_000);

  it('[COD4] an endless loop fails alone: 20 calls beside it all answer', async ({ expect }) => {
    const before = host.restarts().hung;
    const innocents = Array.from({ length: 20 }, (_, index) =>
      first(`await new Promise((done) => setTimeout(done, 100)); return { index: ${index} }`),
    );
    const loop = failureOf('while (true) {}');
    const late = Array.from({ length: 5 }, (_, index) => first(`return { late: ${index} }`));
    expect(await Promise.all(innocents)).toEqual(innocents.map((_, index) => ({ index })));
    expect(await Promise.all(late)).toEqual(late.map((_, index) => ({ late: index })));
    expect(await loop).toMatch(/^code-timeout/);
    expect(host.restarts().hung - before).toBe(2);
  }, 40_000);

  it('[COD4] two different loops are both found, and microtask loops too', async ({ expect }) => {
    const work = [
      failureOf('while (true) {} // 1'),
      failureOf('for (;;) await null;'),
      first('return { fine: 1 }'),
      first('return { fine: 2 }'),
    ];
    const [one, two, three, four] = await Promise.all(work);
    expect([one, two].map((each) => String(each).split(':')[0])).toEqual(['code-timeout', 'code-timeout']);
    expect([three, four]).toEqual([{ fine: 1 }, { fine: 2 }]);
  }, 40_000);

  it('[COD8] a script that eats memory fails alone', async ({ expect }) => {
    const innocent = Array.from({ length: 5 }, (_, index) =>
      first(`await new Promise((done) => setTimeout(done, 50)); return { index: ${index} }`),
    );
    const bomb = failureOf('const all = []; while (true) all.push(new Array(1e6).fill(1.5));');
    expect(await bomb).toMatch(/^code-timeout: The code held its thread or memory/);
    expect(await Promise.all(innocent)).toEqual(innocent.map((_, index) => ({ index })));
  }, 40_000);

  it('[COD3] says when code waits for nothing', async ({ expect }) => {
    expect(await failureOf('await new Promise(() => undefined); return []')).toBe(
      'code-error: The code waits for something that never happens',
    );
  });

  it('[COD7] is replaced when it grew too large, and no call notices', async ({ expect }) => {
    const before = host.restarts().memory;
    for (let index = 0; index < 300; index++) expect(await first(`return { n: ${index} }`)).toEqual({ n: index });
    await new Promise((done) => setTimeout(done, 1_500));
    expect(host.restarts().memory).toBeGreaterThan(before);
    expect(residentBytes(host.pid())).toBeLessThan(MAX_IDLE_RSS_BYTES);
  }, 60_000);
});
