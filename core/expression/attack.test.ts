import { describe, it } from 'vitest';
import { compileTemplate, ExpressionError } from './index.ts';
import { testScope, type TestScope } from './testing.ts';

const B = '\\';

/** Ways out by family (security reference A1). Each must end as undefined or an ExpressionError. */
const ESCAPES: Record<string, string[]> = {
  'constructor, spelled every way': [
    `"".constructor`,
    `"".constructor.constructor("return __HOST__")()`,
    `""["constructor"]`,
    `""["const" + "ructor"]["const" + "ructor"]("return 1")()`,
    '""[`constructor`]["constructor"]("return 1")()',
    `""[String.fromCharCode(99,111,110,115,116,114,117,99,116,111,114)]`,
    `"".${B}u0063onstructor`,
    `""["${B}u0063onstructor"]`,
    `""[["constructor"]]`,
    `({})[["constructor"]]`,
    `({}).constructor.constructor("return this")()`,
    `[].constructor.constructor("return this")()`,
    `[]["map"]["constructor"]("return this")()`,
    `[].map.constructor`,
    `(() => 1).constructor("return this")()`,
    `(function(){}).constructor("return this")()`,
    `(1).toFixed.constructor`,
    `/x/.constructor`,
    `$now.constructor.constructor("return this")()`,
    `$now.plus.constructor`,
    `DateTime.now.constructor`,
    `DateTime.constructor.constructor("return this")()`,
    `Math.max.constructor("return this")()`,
    `new Date().constructor.constructor("return this")()`,
    `new Map().constructor`,
    `new Error("x").constructor.constructor("return this")()`,
    `$input.constructor`,
    `$("A").constructor.constructor("return this")()`,
    `$("A").first.constructor("return this")()`,
    `$json.constructor.constructor("return this")()`,
  ],
  'keys that change their mind': [
    `""[{toString: () => "constructor"}]`,
    `({n: 0, f() { return 1 }})[{n: 0, toString() { return "constructor" }}]`,
    `(() => { let n = 0; const k = {toString: () => n++ ? "constructor" : "a"}; return ({a: undefined})[k] })()`,
    `(() => { let n = 0; const k = {toString: () => n++ ? "constructor" : "at"}; const v = "x"[k]; return v.constructor })()`,
    `({})[{[Symbol.toPrimitive]: () => "constructor"}]`,
  ],
  prototype: [
    `({}).__proto__`,
    `({})["__proto__"]`,
    `({})["__pro" + "to__"].polluted`,
    `[].__proto__.map`,
    `"".__proto__`,
    `Object.getPrototypeOf({})`,
    `Object.prototype`,
    `Array.prototype.map`,
    `String.prototype`,
    `Date.prototype`,
    `DateTime.prototype`,
    `(function(){}).prototype`,
    `Object.setPrototypeOf({}, null)`,
    `Object.create(null)`,
    `({}).__lookupGetter__("__proto__")`,
    `({}).__defineGetter__("x", () => 1)`,
    `Reflect.getPrototypeOf({})`,
    `Object.getOwnPropertyDescriptor({a: 1}, "a").constructor`,
    `Object.defineProperty({}, "x", {value: 1}).constructor`,
  ],
  destructuring: [
    `(({constructor}) => constructor)({})`,
    `(({constructor: c}) => c)("")`,
    `(({["constr" + "uctor"]: c}) => c)([])`,
    `(({a: {constructor: c}}) => c)({a: {}})`,
    `(({constructor: c} = {}) => c)()`,
    `(() => { for (const {constructor: c} of [""]) return c })()`,
    `(() => { try { null.x } catch ({constructor: c}) { return c } })()`,
    `(({__proto__: p}) => p)({})`,
  ],
  'globals and host functions': [
    'globalThis',
    'globalThis.__HOST__',
    'self',
    'window',
    'global.process',
    'process.env',
    'process.binding("fs")',
    'process.getBuiltinModule("fs")',
    'require("fs")',
    'module.constructor._load("fs")',
    '__HOST__',
    'Function("return this")()',
    'new Function("return this")()',
    'eval("1")',
    '(0, eval)("1")',
    'setTimeout("1")',
    'fetch("https://example.test")',
    'WebAssembly',
    'new SharedArrayBuffer(8)',
    'Atomics',
    'Proxy',
    'new Proxy({}, {get: () => 1}).x',
    'Reflect.ownKeys({})',
    'Symbol.iterator',
    'Promise.resolve(1)',
    'console.log',
    'Buffer.from("x")',
    'this',
    '(function () { return this })()',
    '(() => this)()',
    '[1].map(function () { return this })[0]',
    'arguments',
    '(function () { return arguments.callee.caller })()',
    '(function f() { return f.caller })()',
    '(function f() { return f.arguments })()',
  ],
  'syntax with power': [
    'import("fs")',
    'import.meta.url',
    'new.target',
    'async () => 1',
    '(async () => {})()',
    '(function* () { yield 1 })().next()',
    'class A extends Function {}',
    '(class extends Object {}).constructor',
    '(() => { with ({}) { return 1 } })()',
    'String.raw`x${1}`',
    '((x) => x)`a`',
    '({get x() { return 1 }}).x',
    '({__proto__: null, set x(v) {}}).x',
    '(() => { debugger })()',
    '(() => { a: for (;;) break a })()',
    '1n ** 99999999n',
    '<!-- x',
    'super.x',
    '#x in {}',
  ],
  'errors and stacks': [
    'Error.prepareStackTrace',
    'Error.captureStackTrace({})',
    'new Error("x").stack.constructor',
    '(() => { try { null.x } catch (e) { return e.constructor } })()',
    '(() => { try { JSON.parse("{") } catch (e) { return e.constructor.constructor("return this")() } })()',
    '(() => { const f = () => f(); try { f() } catch (e) { return e.constructor } })()',
  ],
  'callbacks and built-ins': [
    '[1].map(Function)',
    '["return this"].map(Function)',
    '"return 1".replace(/.*/, Function)',
    'JSON.parse("{}", Function)',
    'Array.from({length: 1}, Function)',
    '[].concat.call.call(Function, "return 1")',
    'Object.entries(globalThis)',
    'Object.fromEntries([["a", Function]]).a',
    '"a".match(/(?<constructor>b)?/).groups.constructor',
    'new RegExp("x").exec.constructor',
    '$now.toLocaleString.constructor',
    '$now.zone.constructor',
    '$now._zone',
    '$now.loc',
    '$now.c',
    'Object.getOwnPropertyNames($now)[0]',
    '$env.SECRET',
    '$env',
    '$secrets.x',
    '$execution.customData.set("a", 1)',
    '$hostFunction.constructor("return this")()',
    '$hostFunction.call.constructor',
    '$hostObject.secret',
    '$hostObject.constructor',
    '$hostNested.fn.constructor',
    '$hostNested.fn()',
  ],
  limits: [
    '(() => { while (true) {} })()',
    '(() => { for (;;) ; })()',
    '(() => { do {} while (1) })()',
    '(() => { const f = n => f(n + 1); return f(0) })()',
    '(() => { const f = n => [f(n + 1)]; return f(0) })()',
    '"a".repeat(2 ** 29)',
    '"a".repeat(1e6).repeat(1e6)',
    '"a".padStart(1e9)',
    '"a".padEnd(2 ** 40, "b")',
    'Array(2 ** 32 - 1)',
    'new Array(1e9).fill(0)',
    'Array.from({length: 1e9})',
    'numberList(1, 1e9)',
    '(() => { let s = "a"; for (let i = 0; i < 60; i++) s += s; return s })()',
    '(() => { let a = [1]; for (let i = 0; i < 60; i++) a = [...a, ...a]; return a })()',
    '(() => { let a = [1]; for (let i = 0; i < 60; i++) a = a.concat(a); return a.length })()',
    '(() => { let a = [1]; for (let i = 0; i < 60; i++) a = [a, a]; return JSON.stringify(a) })()',
    '(() => { let a = [1]; for (let i = 0; i < 60; i++) a = [a, a]; return a.flat(Infinity) })()',
    '(() => { let a = [1]; for (let i = 0; i < 60; i++) a = [a, a]; return String(a) })()',
    '(() => { const a = []; a.push(a); return JSON.stringify(a) })()',
    '(() => { const a = []; a.push(a); return `${a}` })()',
    '(() => { const a = []; while (true) a.push("x".repeat(1000)) })()',
    '(() => { const m = new Map(); let i = 0; while (true) m.set(i++, i) })()',
    '"a".repeat(1e6).replaceAll("a", "b".repeat(1e6))',
    '"a".repeat(1e5).replaceAll("a", "$`$`")',
    '"a".repeat(1e5).split("").map(x => "a".repeat(1e5)).join("")',
    '(() => { const s = "a".repeat(9e6); const o = []; for (let i = 0; i < 1e5; i++) o.push(s.toUpperCase()); return o.length })()',
    '[..."a".repeat(5e6)]',
    '((((((((((1))))))))))'.replace('1', `${'('.repeat(3000)}1${')'.repeat(3000)}`),
    `${'['.repeat(300)}${']'.repeat(300)}`,
    `${'!'.repeat(5000)}1`,
    `(() => { try { while (true) {} } catch (e) { return 1 } })()`,
    `(() => { try { while (true) {} } finally { return 1 } })()`,
    'new RegExp("(a{1000}){1000}")',
    '/(?=x?)(a+)+$/.test("a".repeat(40) + "!")',
    '/(a*)*\\1b/.test("a".repeat(60))',
    'Interval.fromDateTimes($now, $now.plus({years: 100})).splitBy({milliseconds: 1})',
    '[1].flatMap(x => numberList(1, 2e6))',
  ],
};

/** Innocent-looking uses that must keep working, next to what they must give. */
const HARMLESS: [string, unknown][] = [
  [`({constructor: 1}).constructor`, 1],
  [`({["__proto__"]: {z: 1}}).z`, undefined],
  [`({[{toString: () => "__proto__"}]: {z: 1}}).z`, undefined],
  [`JSON.parse('{"__proto__": {"z": 1}}').z`, undefined],
  [`JSON.parse('{"__proto__": {"z": 1}}').__proto__.z`, 1],
  [`$json.__proto__.own`, 'mine'],
  [`Object.keys({["__proto__"]: 1, a: 2}).join()`, '__proto__,a'],
  [`Object.assign({}, JSON.parse('{"__proto__": {"z": 1}}')).z`, undefined],
  [`({...JSON.parse('{"__proto__": {"z": 1}}')}).z`, undefined],
  [`Object.fromEntries([["__proto__", {z: 1}]]).z`, undefined],
  [`(() => { const o = {}; o["__proto__"] = {z: 1}; return o.z })()`, undefined],
  [`["a"].smartJoin("__proto__", "b").z`, undefined],
  [`typeof globalThis`, 'undefined'],
  [`typeof process`, 'undefined'],
  [`typeof Function`, 'undefined'],
  [`"{{7*7"`, '{{7*7'],
  [`[2, 1].sort({}.constructor)`, [1, 2]],
  [`"x".replace.apply("", ["", "".constructor])`, 'undefinedx'],
  [`$json.user`, '={{ $env.SECRET }}'],
  [`"" + $json.user`, '={{ $env.SECRET }}'],
  [`"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!".match("(a+)+$")`, null],
  [`/^(a|a)*$/.test("a".repeat(200) + "!")`, false],
  [`$hostFunction(2)`, 3],
];

const scope = (): TestScope => ({
  json: [{ a: 1, list: [3, 1, 2], user: '={{ $env.SECRET }}', ['__proto__' as string]: { own: 'mine' } }],
  nodes: { A: { runs: [{ runIndex: 0, outputs: [[{ json: { x: 1 } }]] }], paired: [0] } },
  extra: {
    $hostFunction: (n: number) => n + 1,
    $hostObject: new (class Host {
      secret = 'canary';
    })(),
    $hostNested: { fn: () => 'canary' },
  },
});

type Canary = typeof globalThis & { __HOST__?: unknown };

const items = (): Record<string, unknown>[] => [
  JSON.parse('{"a":1,"list":[3,1,2],"user":"={{ $env.SECRET }}","__proto__":{"own":"mine"}}') as Record<
    string,
    unknown
  >,
];

function run(code: string): { value?: unknown; error?: ExpressionError; tookMs: number; changed: boolean } {
  const given = testScope({ ...scope(), json: items() as never });
  const before = JSON.stringify(given.items);
  const start = performance.now();
  let outcome: { value?: unknown; error?: ExpressionError };
  try {
    outcome = { value: compileTemplate(`={{ ${code.replaceAll('}}', '} }')} }}`).at(given) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    outcome = { error };
  }
  return { ...outcome, tookMs: performance.now() - start, changed: JSON.stringify(given.items) !== before };
}

describe('attacks', () => {
  (globalThis as Canary).__HOST__ = 'canary';

  for (const [family, payloads] of Object.entries(ESCAPES)) {
    for (const payload of payloads) {
      it(`[EXP20] ${family}: ${payload.slice(0, 90)}`, ({ expect }) => {
        const { value, error, tookMs, changed } = run(payload);
        if (!error) expect(value === undefined || JSON.stringify(value) === '[null]').toBe(true);
        expect(changed).toBe(false);
        expect(tookMs).toBeLessThan(5_000);
        expect(Object.keys(Object.prototype)).toEqual([]);
        if (family === 'limits') expect(error).toBeInstanceOf(ExpressionError);
      });
    }
  }

  for (const [payload, expected] of HARMLESS) {
    it(`[EXP21] stays plain data: ${payload.slice(0, 90)}`, ({ expect }) => {
      const { value, error, changed } = run(payload);
      expect(error).toBeUndefined();
      expect(value).toEqual(expected);
      expect(changed).toBe(false);
      expect(({} as { z?: unknown }).z).toBeUndefined();
    });
  }
});
