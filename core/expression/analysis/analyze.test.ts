import { describe, it } from 'vitest';
import { analyze } from '../index.ts';

/** What is read, in short: `json:a.b`, `A.json:x`. */
const readsOf = (code: string): string[] =>
  analyze(`={{ ${code} }}`).reads.map(
    ({ of, node, path: names }) => `${node === undefined ? '' : `${node}.`}${of}:${names.join('.')}`,
  );

const READS: [string, string[]][] = [
  ['$json.a.b', ['json:a.b']],
  ['$json["a"].b[0].c', ['json:a.b.0.c']],
  ['$json?.a?.["b"]', ['json:a.b']],
  ['$json', ['json:']],
  ['$input.item.json.a + $input.first().json.b + $input.all()[0].json.c', ['json:a', 'json:b', 'json:c']],
  [
    '$("A").item.json.x + $("B").first().json.y + $("C").all().length',
    ['A.json:x', 'B.json:y', 'C.json:', 'C.binary:'],
  ],
  ['$node["A"].json.x + $node.B.data.y + $node["C"].parameter.url', ['A.json:x', 'B.json:y', 'C.parameters:url']],
  ['$items("A")[0].json.x + $items()[0].json.y', ['A.json:x', 'json:y']],
  ['$item(0).$json.a + $item(1).$node["A"].json.b + $item(2).$("B").item.json.c', ['json:a', 'A.json:b', 'B.json:c']],
  ['$("A").params.url + $("A").context.done + $parameter.p', ['A.parameters:url', 'A.context:done', 'parameters:p']],
  ['$binary.data.fileName + $("A").item.binary.x.mimeType', ['binary:data.fileName', 'A.binary:x.mimeType']],
  ['$vars.key + $vars["other"]', ['vars:key', 'vars:other']],
  ['$secrets.vault.token', ['secrets:vault.token']],
  // Names put together from constants
  ['$json["a" + "b"].c', ['json:ab.c']],
  ['$json[`a${1}`]', ['json:a1']],
  ['$("A" + (1 + 1)).item.json.x', ['A2.json:x']],
  ['$($json.ok ? "A" : "B").item.json.x', ['json:ok', 'A.json:x', 'B.json:x']],
  ['(() => { const name = "A"; return $(name).item.json.x })()', ['A.json:x']],
  ['["A", "B"].map(name => $(name).first().json.x)', ['A.json:x', 'B.json:x']],
  // Values that go through names, functions and lists
  ['(() => { const j = $json; return j.a.b })()', ['json:a.b']],
  ['(() => { const { a, b: { c }, ...rest } = $json; return a + c })()', ['json:a', 'json:b.c']],
  ['(({ json: { x } }) => x)($("A").item)', ['A.json:x']],
  ['(() => { function f(o) { return o.x } return f($json.a) })()', ['json:a.x']],
  ['(() => { let t = 0; for (const { n } of $json.list) t += n; return t })()', ['json:list.*.n']],
  ['(() => { if ($json.a) { return $json.b } else { return $json.c } })()', ['json:a', 'json:b', 'json:c']],
  ['$json.list.map(i => i.x)', ['json:list.*.x']],
  ['$json.list.map(x => x)', ['json:list']],
  ['$json.list.filter(i => i.ok).map(i => i.x)[0]', ['json:list.*.ok', 'json:list.*.x']],
  ['$json.list.find(i => i.id === $json.id).name', ['json:list.*.id', 'json:id', 'json:list.*.name']],
  ['$json.list.reduce((sum, i) => sum + i.n, 0)', ['json:list.*.n', 'json:list']],
  ['$input.all().map(i => i.json).map(j => j.x)', ['json:x']],
  ['$("A").all().map(({ json }) => json.x).join()', ['A.json:x']],
  ['[...$json.list].map(i => i.x)', ['json:list.*.x']],
  ['Object.entries($json.map).map(([key, value]) => value.x)', ['json:map.*.x']],
  ['Object.keys($json)', ['json:']],
  ['JSON.stringify($json.body)', ['json:body']],
  ['({ ...$json.a, b: $json.c })', ['json:a', 'json:c']],
  ['($json.a || {}).b ?? $json.d', ['json:a.b', 'json:d']],
  ['$json.a && $json.b.c', ['json:a', 'json:b.c']],
  ['$json.name.toUpperCase().trim()', ['json:name']],
  ['$if($json.a, $json.b, "c")', ['json:a', 'json:b']],
  ['`${$json.a} ${$("A").item.json.b}`', ['json:a', 'A.json:b']],
  ['new Date($json.at)', ['json:at']],
  ['typeof $json.a', ['json:a']],
  ['$json.list.sort((a, b) => a.n - b.n)[0].id', ['json:list.*.n', 'json:list.0.id']],
  ['(() => { let j = $json.a; j = 1; return j })()', ['json:a']],
  ['((json) => json.a)($json.b)', ['json:b.a']],
  ['(($json) => $json.a)({})', []],
  ['1 + 1', []],
];

describe('analyze', () => {
  for (const [code, expected] of READS) {
    it(`[EXP40] ${code}`, ({ expect }) => {
      expect(readsOf(code).sort()).toEqual([...expected].sort());
      expect(analyze(`={{ ${code} }}`).dynamic).toEqual([]);
    });
  }

  it('[EXP40] sums up several segments', ({ expect }) => {
    const text =
      '={{ $("A").item.json.x + $node["B"].json.y }} {{ $json.body?.first + $json.list[0] + $vars.key }} {{ $env.X }}';
    expect(analyze(text)).toMatchObject({
      nodes: ['A', 'B'],
      fields: ['body.first', 'list.0'],
      vars: ['key'],
      secrets: [],
      env: true,
      dynamic: [],
    });
    expect(analyze('{{ $json.a }}').fields).toEqual([]);
  });

  const DYNAMIC: [string, string[]][] = [
    ['$($json.name).item.json.x', ['node']],
    ['$node[$json.name].json', ['node']],
    ['$json[$json.key]', ['field']],
    ['["A", "B"].map($)', ['node']],
    ['$.call(null, "A")', ['node']],
    ['($json.a ? $ : 0)("A").item.json.x', ['node']],
    ['$vars["a" + $json.b]', ['variable']],
    ['$secrets[$json.a]', ['secret']],
    ['(() => { let name = "A"; name += "B"; return $(name).item.json.x })()', ['node']],
    ['(() => { const f = (n) => f(n - 1); return f(3) })()', ['code']],
  ];
  for (const [code, expected] of DYNAMIC) {
    it(`[EXP41] says that ${code} reads by a name it cannot know`, ({ expect }) => {
      expect(analyze(`={{ ${code} }}`).dynamic.map(({ what }) => what)).toEqual(expected);
    });
  }

  it('[EXP41] gives up on code that takes too long to follow, and says so', ({ expect }) => {
    const chain = Array.from({ length: 18 }, (_, i) => `const f${i + 1} = x => f${i}(x) + f${i}(x);`).join(' ');
    const analysis = analyze(`={{ (() => { const f0 = x => x; ${chain} return f18($json.a) })() }}`);
    expect(analysis.dynamic.map(({ what }) => what)).toContain('code');
  });

  it('[EXP40] reports a syntax error with its position and keeps the rest', ({ expect }) => {
    expect(analyze('={{ $json.a }} {{ 1 + }}')).toMatchObject({ fields: ['a'], error: { position: 22 } });
    expect(analyze(`={{ ${'('.repeat(20_000)} }}`).error).toBeDefined();
    expect(analyze(`={{ ${'!'.repeat(20_000)}1 }}`).error).toBeDefined();
  });
});
