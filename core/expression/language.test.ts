import { describe, it } from 'vitest';
import { evaluate, type TestScope } from './testing.ts';

/** Expression → value, one behaviour each. */
const VALUES: [string, unknown][] = [
  // Operators
  ['1 + 2 * 3 ** 2', 19],
  ['"a" + 1 + true + null + undefined', 'a1truenullundefined'],
  ['1 + [2]', '12'],
  ['"" + {}', '[object Object]'],
  ['[] + []', ''],
  ['"5" * "2"', 10],
  ['5 % 3 << 2 | 1', 9],
  ['"b" > "a" && 2 >= 2 && "10" > 9', true],
  ['null == undefined && null !== undefined && 1 == "1" && [1] == 1', true],
  ['null ?? "d"', 'd'],
  ['0 || "d"', 'd'],
  ['0 ?? "d"', 0],
  ['!"" && ~1 === -2 && +"3" === 3 && -"3" === -3', true],
  [
    'typeof 1 + typeof "" + typeof null + typeof undefined + typeof (() => 1) + typeof []',
    'numberstringobjectundefinedfunctionobject',
  ],
  ['void 0', undefined],
  ['(1, 2)', 2],
  ['"a" in {a: 1} && !("b" in {a: 1}) && 0 in [1]', true],
  ['[] instanceof Array && new Date() instanceof Date && new Map() instanceof Map && !({} instanceof Array)', true],
  ['new Date(5) - new Date(3)', 2],
  ['$now > $today', true],
  ['({valueOf: () => 4}) * 2', 8],
  ['`${({toString: () => "s"})}`', 's'],
  // Literals, spread, destructuring
  ['`a${1 + 1}b${`c${3}`}`', 'a2bc3'],
  ['[1, ...[2, 3], ..."ab"].length', 5],
  ['({a: 1, ...{b: 2}, ["c" + 1]: 3})', { a: 1, b: 2, c1: 3 }],
  ['({"a-b": 1, 2: 3})', { 'a-b': 1, 2: 3 }],
  ['Math.max(...[1, 5, 3])', 5],
  ['(({a, b: {c = 7} = {}, ...rest}) => [a, c, rest])({a: 1, d: 2})', [1, 7, { d: 2 }]],
  ['(([a, , b = 3, ...c]) => [a, b, c])([1, 2, undefined, 4, 5])', [1, 3, [4, 5]]],
  ['((a, b = a + 1, ...c) => [a, b, c])(1, undefined, 3, 4)', [1, 2, [3, 4]]],
  // Optional chaining
  ['$json.x?.y.z.w', undefined],
  ['$json.x?.["y"]', undefined],
  ['$json.x?.y()', undefined],
  ['$json.name.nothing?.()', undefined],
  ['$json.name?.toUpperCase?.()', 'ADA'],
  ['($json.x?.y).z', undefined],
  // Functions and blocks
  ['(x => x * 2)(4)', 8],
  ['(function f(n) { return n ? n * f(n - 1) : 1 })(5)', 120],
  ['(() => { const a = 1; let b = 2; var c = 3; return a + b + c })()', 6],
  [
    '(() => { let s = 0; for (let i = 0; i < 5; i++) { if (i === 1) continue; if (i === 4) break; s += i } return s })()',
    5,
  ],
  ['(() => { let s = ""; for (const c of "abc") s = c + s; return s })()', 'cba'],
  ['(() => { const k = []; for (const x in {a: 1, b: 2}) k.push(x); return k })()', ['a', 'b']],
  ['(() => { let n = 0; while (n < 3) n++; do { n++ } while (n < 3); return n })()', 4],
  ['(() => { const f = []; for (let i = 0; i < 3; i++) f.push(() => i); return f.map(g => g()) })()', [0, 1, 2]],
  ['(() => { switch (2) { case 1: return "a"; case 2: case 3: return "b"; default: return "c" } })()', 'b'],
  ['(() => { let r = ""; switch (9) { default: r += "d"; case 1: r += "1" } return r })()', 'd1'],
  ['(() => { try { null.x } catch (e) { return e.name } })()', 'TypeError'],
  ['(() => { try { throw {code: 7} } catch ({code}) { return code } finally { 1 } })()', 7],
  ['(() => { try { return 1 } finally { (() => 2)() } })()', 1],
  ['(() => { try { JSON.parse("{") } catch (e) { return e instanceof SyntaxError } })()', true],
  ['(() => { f(); function f() { g = 1 } var g; return g })()', 1],
  ['(() => { const a = 1; { const a = 2 } return a })()', 1],
  ['(() => { const a = 1; a = 2; return a })()', undefined],
  ['(() => { return x; let x = 1 })()', undefined],
  ['(() => { let n; n ??= 3; n ||= 4; n &&= 5; n **= 2; return n })()', 25],
  ['(() => { let n = 1; return [n++, ++n, n--] })()', [1, 3, 3]],
  ['(() => { let [a, b] = [1, 2]; [a, b] = [b, a]; return [a, b] })()', [2, 1]],
  ['(() => { const o = {}; o.a = 1; o["b"] = 2; o.a += 5; delete o.b; o.c ??= 9; return o })()', { a: 6, c: 9 }],
  ['(() => { const a = []; a[2] = 1; return a.length })()', 3],
  [
    '(() => { const counts = {}; for (const w of ["a", "b", "a"]) counts[w] = (counts[w] || 0) + 1; return counts })()',
    { a: 2, b: 1 },
  ],
  ['(() => { if (false) return 1; else if (true) return 2 })()', 2],
  // Variables of a function called many times in a row start fresh and survive being captured
  [
    '[1, 2].map(x => { let y; if (x === 1) y = 5; return [x, y] })',
    [
      [1, 5],
      [2, undefined],
    ],
  ],
  ['[1, 2, 3].map(x => () => x).map(f => f())', [1, 2, 3]],
  ['[[1, [2, [3]]]].map(function f(x) { return typeof x === "number" ? x : x.map(y => f(y)) })', [[1, [2, [3]]]]],
  ['(f => [3].map(x => f(f, x)))((f, n) => n ? [n].map(m => m + f(f, n - 1)[0]) : [0])', [[6]]],
  ['[5, 6].map((x, i, all) => x + i + all.length)', [7, 9]],
  // Paths that leave plain data
  ['$json.list.length + $json.name.length', 6],
  ['$json.list[0]', 3],
  ['$json.list["1"]', 1],
  ['$json.name[0]', 'A'],
  ['$json.list.nothing', undefined],
  ['$json.toString', undefined],
  ['$json.deep.constructor', undefined],
  // Built-ins
  ['[3, 1, 10].sort().join()', '1,10,3'],
  ['[3, 1, 10].sort((a, b) => a - b)', [1, 3, 10]],
  ['[1, 2, 3, 4].filter(x => x % 2).map((x, i) => x * i).reduce((a, b) => a + b, 0)', 3],
  ['[[1, [2]], [3]].flat()', [1, [2], 3]],
  ['[1, 2].flatMap(x => [x, x])', [1, 1, 2, 2]],
  ['["a", "b"].entries().map(([i, v]) => i + v)', ['0a', '1b']],
  ['[1, 2, 3].includes(2) && [NaN].includes(NaN) && [1].indexOf(2) === -1', true],
  ['[1, 2, 3].find(x => x > 1) + [1, 2, 3].findIndex(x => x > 1) + [1, 2, 3].at(-1)', 6],
  ['["1", "2", "3"].map(Number).every(Number.isInteger) && ["", "a"].some(Boolean)', true],
  ['[1, 2, 3].splice(1, 1)', [2]],
  ['Array(3).fill(0).map((_, i) => i)', [0, 1, 2]],
  ['Array.from({length: 3}, (_, i) => i * 2)', [0, 2, 4]],
  ['Array.from(new Set([1, 1, 2]))', [1, 2]],
  ['[...new Map([["a", 1]])]', [['a', 1]]],
  ['new Map([["a", 1]]).get("a") + new Set([1, 2]).size', 3],
  ['Object.entries({a: 1}).map(([k, v]) => k + v)', ['a1']],
  ['Object.fromEntries([["a", 1]])', { a: 1 }],
  ['Object.assign({a: 1}, {b: 2}, null)', { a: 1, b: 2 }],
  ['Object.keys($json).length', 4],
  [
    'JSON.stringify({a: [1, undefined, () => 1], d: new Date(0)})',
    '{"a":[1,null,null],"d":"1970-01-01T00:00:00.000Z"}',
  ],
  ['JSON.stringify({a: 1, b: {a: 2, c: 3} }, ["a", "b"], 1)', '{\n "a": 1,\n "b": {\n  "a": 2\n }\n}'],
  ['JSON.parse("[1]")[0]', 1],
  ['parseInt("12px") + parseFloat("1.5x") + Number("2")', 15.5],
  ['encodeURIComponent("a b&c") + decodeURIComponent("%20")', 'a%20b%26c '],
  ['String(null) + String([1, [2]]) + Boolean("")', 'null1,2false'],
  ['isNaN("x") && isFinite("5") && Number.isInteger(5)', true],
  ['"a-b-c".split("-").reverse().join("")', 'cba'],
  ['"abc".substr(-2, 1) + "abc".substring(2, 0) + "abc".slice(-1)', 'babc'],
  ['"a1b22".match(/\\d+/g)', ['1', '22']],
  ['"a1b22".replace(/(\\w)(\\d+)/g, (m, a, b) => a + "<" + b + ">")', 'a<1>b<22>'],
  ['"2024-01-31".replace(/(\\d+)-(\\d+)-(\\d+)/, "$3.$2.$1 $$ $&")', '31.01.2024 $ 2024-01-31'],
  ['"x".replace(/(?<n>x)/, "[$<n>]")', '[x]'],
  ['"aXbX".replaceAll("X", "$&$&")', 'aXXbXX'],
  ['"a, b;c".split(/[,;]\\s*/)', ['a', 'b', 'c']],
  ['"abc".split("")', ['a', 'b', 'c']],
  ['"a1b".split(/(\\d)/)', ['a', '1', 'b']],
  ['[..."a1b2".matchAll(/[a-z](\\d)/g)].map(m => m[1] + m.index)', ['10', '22']],
  ['"key=val".match(/(?<k>\\w+)=(?<v>\\w+)/).groups.v', 'val'],
  ['/^a.c$/s.test("a\\nc") && /A/i.test("a") && new RegExp("^b", "m").test("a\\nb")', true],
  [
    '(() => { const r = /a/g; return [r.test("aa"), r.lastIndex, r.test("aa"), r.test("aa")] })()',
    [true, 1, true, false],
  ],
  ['"abc".search(/c/)', 2],
  ['"5".padStart(3, "0") + "ab".repeat(2) + " x ".trim()', '005ababx'],
  ['(255).toString(16) + (1.005).toFixed(1) + (0.1 + 0.2).toPrecision(2)', 'ff1.00.30'],
  ['new Date("2024-02-30T00:00:00Z").getDate() + new Date(2024, 0, 31).getMonth()', 1],
  [
    '(() => { const d = new Date(0); d.setDate(d.getDate() + 1); return d.toISOString() })()',
    '1970-01-02T00:00:00.000Z',
  ],
  ['new Date(0).toLocaleDateString("de-DE")', '1.1.1970'],
  ['String(new Date(0))', 'Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)'],
  ['DateTime.fromISO("2024-01-31").plus({months: 1}).toISODate()', '2024-02-29'],
  ['$now.minus({days: 7}).toFormat("yyyy-MM-dd")', '2026-11-16'],
  ['$now.setZone("Asia/Tokyo").toISO()', '2026-11-23T17:29:45.724+09:00'],
  ['$now.diff($today, "hours").hours > 3', true],
  ['$now.startOf("month").toISODate() + $now.weekdayLong + $now.hour', '2026-11-01Monday3'],
  ['DateTime.fromFormat("31/01/2024", "dd/MM/yyyy").toISODate()', '2024-01-31'],
  ['Duration.fromObject({hours: 1.5}).as("minutes")', 90],
  ['Interval.fromDateTimes($today, $now).length("hours") > 3', true],
  ['$json.hasOwnProperty("name")', true],
  ['"abc"[1] + "abc".length + [1, 2].length', 'b32'],
  ['btoa("hi") + atob("aGk=")', 'aGk=hi'],
];

const scope: TestScope = { json: [{ name: 'Ada', n: 2, list: [3, 1, 2], deep: { a: { b: 1 } } }] };

describe('language', () => {
  for (const [code, expected] of VALUES) {
    it(`[EXP8] ${code}`, ({ expect }) => {
      expect(evaluate(code, scope)).toEqual(expected);
    });
  }

  it('[EXP9] this and unknown names are undefined', ({ expect }) => {
    expect(evaluate('this')).toBeUndefined();
    expect(evaluate('typeof nothing')).toBe('undefined');
    expect(evaluate('nothing')).toBeUndefined();
  });

  it('[EXP10] what no engine of ours can do is refused by name', ({ expect }) => {
    expect(() => evaluate('/\\p{L}(?=b)/u.test("ab")')).toThrow(/not supported/);
    expect(evaluate('/a(?=b)/.test("ab")')).toBe(true);
    expect(evaluate('/(?<=a)b/.test("ab")')).toBe(true);
  });
});

describe('writing', () => {
  /** Expression → its value; the item must stay as it was. */
  const WRITES: [string, unknown][] = [
    ['$json.list.sort()', [1, 2, 3]],
    ['$json.list.reverse()', [2, 1, 3]],
    ['(() => { $json.list.push(9); return $json.list })()', [3, 1, 2, 9]],
    ['(() => { const l = $json.list; l.push(9); return $json.list.length })()', 4],
    ['(() => { const j = $json; j.deep.a.b = 5; return $json.deep.a.b })()', 5],
    ['(() => { $json.name = "x"; return $json })()', { name: 'x', n: 2, list: [3, 1, 2], deep: { a: { b: 1 } } }],
    ['(() => { delete $json.deep; return Object.keys($json).length })()', 3],
    ['(() => { $input.item.json.n++; return $json.n })()', 3],
    ['(() => { $input.all()[0].json.n = 7; return $input.first().json.n })()', 7],
    ['Object.assign($json, {n: 8}).n', 8],
    ['(() => { for ($json.n of [1, 2]); return $json.n })()', 2],
    ['(() => { [$json.n] = [6]; return $json.n })()', 6],
    ['$json.list.map(x => x).sort()', [1, 2, 3]],
    ['[$json.deep].pop().a.b', 1],
  ];
  for (const [code, expected] of WRITES) {
    it(`[EXP22] leaves the item alone: ${code}`, ({ expect }) => {
      const json = { name: 'Ada', n: 2, list: [3, 1, 2], deep: { a: { b: 1 } } };
      const items = [{ json }];
      expect(evaluate(code, { items })).toEqual(expected);
      expect(items).toEqual([{ json: { name: 'Ada', n: 2, list: [3, 1, 2], deep: { a: { b: 1 } } } }]);
    });
  }

  it('[EXP22] a write that is not visible in the text is refused', ({ expect }) => {
    expect(() => evaluate('((name, l) => { const f = l[name]; return f(1) })("pu" + "sh", $json.list)', scope)).toThrow(
      /may not change/,
    );
    expect(() => evaluate('(() => { $json = 1 })()', scope)).toThrow(/cannot be assigned/);
  });
});
