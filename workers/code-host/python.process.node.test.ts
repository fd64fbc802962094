import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Trial } from '../../core/nodes/testing.ts';
import { itemsOf } from '../../core/nodes/testing.ts';
import type { CodeOutcome, CodeTrial } from './testing.ts';
import { CodeBench } from './testing.ts';

let bench: CodeBench;
beforeAll(async () => {
  bench = await CodeBench.start({ codeLimitMs: 1_500 });
}, 30_000);
afterAll(() => bench.stop());

const python = (more: CodeTrial = {}): CodeTrial => ({
  ...more,
  parameters: { language: 'python', ...more.parameters },
});
const run = (code: string, more?: CodeTrial): Promise<CodeOutcome> => bench.run(code, python(more));
const first = (code: string, more?: CodeTrial): Promise<unknown> => bench.first(code, python(more));
const failureOf = (code: string, more?: CodeTrial): Promise<string> => bench.failureOf(code, python(more));
const EACH = { mode: 'runOnceForEachItem' };

describe('python', () => {
  it('[PYT1] runs the template of n8n', async ({ expect }) => {
    const code = `# Loop over input items and add a new field called 'myNewField' to the JSON of each one
for item in _input.all():
  item.json.myNewField = 1
return _input.all()`;
    const { items } = await run(code, { items: [{ a: 1 }, { a: 'é😀', b: [1, { c: null }] }] });
    expect(items?.map(({ json }) => json)).toEqual([
      { a: 1, myNewField: 1 },
      { a: 'é😀', b: [1, { c: null }], myNewField: 1 },
    ]);
  });

  it('[PYT1] gives Python what n8n gives it', async ({ expect }) => {
    const x = itemsOf([{ v: 'x0' }, { v: 'x1' }]);
    const view: Trial['run'] = {
      has: (name) => name === 'X' || name === 'Idle',
      parameters: () => ({ p: 1 }),
      runs: (name) => (name === 'X' ? [{ runIndex: 0, outputs: [x] }] : []),
      paired: (_name, index) => x[1 - index],
      previous: () => ({ name: 'X', outputIndex: 0, runIndex: 0 }),
    };
    const got = await first(
      `import json, re, math
text = """two
  lines"""
return [{"json": {"n": len(_items), "old": len(items), "first": _input.first().json.a, "last": _input.last()["json"]["a"], "data": _json.a,
  "all": len(_("X").all()), "paired": _("X").item.json.v, "second": _("X").itemMatching(1).json["v"], "ran": [_("X").isExecuted, _("Idle").isExecuted],
  "params": _("X").params.p, "before": _input.params.p, "node": _node["X"].json.v, "wf": _workflow.name, "id": _execution.id, "year": _now.year, "hour": _today.hour,
  "text": text, "number": 12345678901234567890 // 10, "third": 1 / 3, "match": re.match("a+", "aab").group(0), "json": json.loads('{"z": [true, null]}')}}]`,
      { items: [{ a: 1 }, { a: 2 }], run: view },
    );
    expect(got).toEqual({
      n: 2,
      old: 2,
      first: 1,
      last: 2,
      data: 1,
      all: 2,
      paired: 'x1',
      second: 'x0',
      ran: [true, false],
      params: 1,
      before: 1,
      node: 'x0',
      wf: 'Test',
      id: 'run-1',
      year: 2026,
      hour: 0,
      text: 'two\n  lines',
      number: 1234567890123456800,
      third: 1 / 3,
      match: 'aa',
      json: { z: [true, null] },
    });
  });

  it('[PYT1] runs per item, pairs, and drops None', async ({ expect }) => {
    const code = 'if _json["a"] == 2:\n  return None\nreturn {"v": _item.json.a, "i": _itemIndex}';
    const { items } = await run(code, { items: [{ a: 1 }, { a: 2 }, { a: 3 }], parameters: EACH });
    expect(items).toEqual([
      { json: { v: 1, i: 0 }, pairedItem: { item: 0 } },
      { json: { v: 3, i: 2 }, pairedItem: { item: 2 } },
    ]);
  });

  it('[PYT2] says where code fails', async ({ expect }) => {
    const each = { items: [{}, {}], parameters: EACH };
    expect([
      await failureOf('a = 1\nreturn 1 / 0'),
      await failureOf('def f():\n  raise ValueError("boo")\n\nf()'),
      await failureOf('x = [\n1,\n2]\nreturn _json["missing"]'),
      await failureOf('if _itemIndex == 1:\n  missing()\nreturn {}', each),
      await failureOf('a = 1\nb = = 2'),
      await failureOf('import pandas'),
      await failureOf('return [{"json": {"a": b"x"}}]'),
      await failureOf('return [{"json": {"a": float("nan")}}]'),
    ]).toEqual([
      'code-error: divide by zero [line 2]',
      'code-error: boo [line 2]',
      'code-error: KeyError: missing [line 4]',
      "code-error: name 'missing' isn't defined [line 2, for item 1]",
      'code-error: SyntaxError: invalid syntax [line 2]',
      "code-error: ImportError: no module named 'pandas' (Python runs in MicroPython, a subset; see the guide to Code nodes) [line 1]",
      'code-error: the result holds a bytes, which is not JSON',
      'code-error: nan is not a JSON number',
    ]);
  });

  it('[PYT2] goes on with the next item when the node continues', async ({ expect }) => {
    const code = 'return {"v": 1 / _json.d}';
    const { items } = await run(code, { items: [{ d: 0 }, { d: 2 }], parameters: EACH, continueOnFail: true });
    expect(items).toEqual([
      { json: { error: 'divide by zero [line 1, for item 0]' }, pairedItem: { item: 0 } },
      { json: { v: 0.5 }, pairedItem: { item: 1 } },
    ]);
  });

  it('[PYT3] reaches neither the isolate nor the network', async ({ expect }) => {
    const attempts = [
      'import js\nreturn {"got": str(js.fetch)}',
      'import js\nreturn {"got": str(js.globalThis)}',
      'import js\nreturn {"got": js.eval("1")}',
      'import sys\nsys.modules.clear()\nimport js\nreturn {"got": str(js.process)}',
      'import jsffi\nreturn {"got": str(jsffi.create_proxy(print).constructor("return 1")())}',
      'import socket\nreturn {"got": 1}',
      'return {"got": open("/etc/passwd").read()}',
      'import os\nreturn {"got": os.system("id")}',
      'import os\nreturn {"got": os.getenv("PATH") + "leak"}',
      'from pyscript import fetch\nreturn {"got": 1}',
    ];
    expect((await Promise.all(attempts.map((attempt) => failureOf(attempt)))).filter((each) => each === 'ok')).toEqual(
      [],
    );
  });

  it('[PYT4] keeps print for the run, within bounds', async ({ expect }) => {
    const { reply } = await run('print("hello", 5)\nprint({"a": 1})\nreturn []');
    expect(reply.ok && JSON.parse(String((reply.value as { outputJson: string }).outputJson))).toEqual({
      value: [],
      logs: ['hello 5', "{'a': 1}"],
    });
  });

  it('[PYT4] keeps no names from call to call', async ({ expect }) => {
    const code = 'global seen\ntry:\n  seen += 1\nexcept NameError:\n  seen = 1\nreturn {"seen": seen}';
    expect([await first(code), await first(code)]).toEqual([{ seen: 1 }, { seen: 1 }]);
    const meddle = 'import builtins, datetime\nbuiltins.len = lambda x: 42\ndatetime.left = 1\nreturn {"n": len([1])}';
    expect(await first(meddle)).toEqual({ n: 42 });
    expect(await first('import datetime\nreturn {"n": len([1]), "left": hasattr(datetime, "left")}')).toEqual({
      n: 1,
      left: false,
    });
  });

  it('[PYT5] starts anew after a call that took much memory', async ({ expect }) => {
    expect(await first('a = bytearray(20000000)\nreturn {"n": len(a)}')).toEqual({ n: 20_000_000 });
    expect(await first('return {"n": 1}')).toEqual({ n: 1 });
    expect(await first('return {"n": 2}')).toEqual({ n: 2 });
  });

  it('[PYT5] keeps tenants in interpreters of their own', async ({ expect }) => {
    const [one, two] = await Promise.all(
      ['one', 'two'].map((tenant) => first('return {"n": _json.a}', { tenant, items: [{ a: tenant }] })),
    );
    expect([one, two]).toEqual([{ n: 'one' }, { n: 'two' }]);
  });

  it('[COD6] fetches nodes whose names are computed', async ({ expect }) => {
    const view: Trial['run'] = {
      has: (name) => /^N\d$/.test(name),
      runs: (name) => [{ runIndex: 0, outputs: [itemsOf([{ name }])] }],
    };
    const { items, rounds } = await run('return [_("N" + str(i)).first().json for i in range(2)]', { run: view });
    expect([items?.map(({ json }) => json), rounds]).toEqual([[{ name: 'N0' }, { name: 'N1' }], 3]);
  });

  it('[COD9] keeps static data', async ({ expect }) => {
    const code = 'd = _getWorkflowStaticData("global")\nd.n = d.get("n", 0) + 1\nreturn {"n": d.n}';
    const { keep } = await run(code, { kept: { global: { n: 4 } } });
    expect(keep).toEqual({ global: { n: 5 } });
  });

  it('[PYT6] has what workflows use of the standard library', async ({ expect }) => {
    const got = await first(`import statistics, urllib.parse
from urllib.parse import quote, urlencode
from statistics import stdev
values = [2, 4, 4, 5, 10]
return {"mean": statistics.mean(values), "median": statistics.median([1, 2, 3, 10]), "mode": statistics.mode(values), "stdev": round(stdev(values), 4), "p": statistics.pvariance([1, 3]),
  "quote": quote("a b/é?"), "plus": urllib.parse.quote_plus("a b/"), "query": urlencode([("a", "x y"), ("b", [1, 2])], doseq=True), "back": urllib.parse.unquote("a%20b%C3%A9%zz"),
  "qs": urllib.parse.parse_qs("a=1&a=2&b=x+y")}`);
    expect(got).toEqual({
      mean: 5,
      median: 2.5,
      mode: 4,
      stdev: 3,
      p: 1,
      quote: 'a%20b/%C3%A9%3F',
      plus: 'a+b%2F',
      query: 'a=x+y&b=1&b=2',
      back: 'a bé%zz',
      qs: { a: ['1', '2'], b: ['x y'] },
    });
    expect(await failureOf('import statistics\nreturn {"m": statistics.mean([])}')).toMatch(
      /at least 1 values are needed \[line 2\]/,
    );
  });

  it('[PYT1] notes facts about the run', async ({ expect }) => {
    const code =
      '_execution.customData.set("order", 7)\nreturn {"all": _execution.customData.getAll(), "get": _execution.customData.get("order")}';
    const { reply, items } = await run(code);
    expect(items?.[0]?.json).toEqual({ all: { order: '7' }, get: '7' });
    expect(reply.ok && (reply.value as { outputJson: string }).outputJson).toContain('"customData":{"order":"7"}');
  });

  it('[COD4] an endless loop fails alone', async ({ expect }) => {
    const loop = failureOf('while True:\n  pass');
    const innocent = Promise.all([1, 2, 3].map((n) => first(`return {"n": ${n}}`)));
    expect(await loop).toMatch(/^code-timeout/);
    expect(await innocent).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  }, 40_000);

  it('[COD8] a script that eats memory fails, and the next call is answered', async ({ expect }) => {
    expect(await failureOf('a = []\nwhile True:\n  a.append("x" * 1000000)')).toMatch(/^code-(timeout|error)/);
    expect(await first('return {"n": 1}')).toEqual({ n: 1 });
  }, 40_000);
});
