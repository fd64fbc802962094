import type { Json, JsonObject } from '../../core/data/item.ts';

/** Ten megabytes, made once: every parameter of every node gets this very string. */
const BIG = 'x'.repeat(10_000_000);

function nested(levels: number): Json {
  let made: Json = 1;
  for (let level = 0; level < levels; level++) made = level % 2 === 0 ? [made] : { a: made };
  return made;
}

const MISSING = Symbol('missing');

/** What stands where a parameter should: name, and the value or nothing at all. */
export const MUTATIONS: readonly (readonly [name: string, value: Json | typeof MISSING])[] = [
  ['missing', MISSING],
  ['null', null],
  ['true', true],
  ['zero', 0],
  ['negative', -1],
  ['fraction', 1.5],
  ['huge number', 1e308],
  ['empty text', ''],
  ['text', 'text'],
  ['numeric text', '12'],
  ['text beyond numbers', '9'.repeat(400)],
  ['unicode', '\u202e😀\ud800\u0000é'],
  ['prototype', '__proto__'],
  ['constructor', 'constructor'],
  ['path', '../../a[0].__proto__["x"]'],
  ['list', []],
  ['list of null', [null]],
  ['list of texts', ['a', 'b']],
  ['list of objects', [{}, { a: 1 }]],
  ['object', {}],
  ['object with prototype', JSON.parse('{"__proto__":{"a":1},"constructor":null}') as JsonObject],
  ['object of lists', { values: [null, 1, {}], parameters: 'x', value: { a: [] } }],
  ['deep', nested(60)],
  ['ten megabytes', BIG],
  ['expression that throws', '={{ (() => { throw new Error("x") })() }}'],
  ['expression that is refused', '={{ $env.X }}'],
  ['expression with a mistake', '={{ ( }}'],
  ['expression of nothing', '={{ undefined }}'],
  ['expression of an object', '={{ ({ a: [1] }) }}'],
  ['expression of a list', '={{ [null, 1, "a"] }}'],
  ['expression of a number', '={{ 0 / 0 }}'],
  ['expression of ten megabytes', '={{ "x".repeat(10000000) }}'],
  ['expression without end', '={{ (() => { for (;;) {} })() }}'],
];

/** Slow ones are tried on one version only. */
export const isHeavy = (name: string): boolean => /ten megabytes|without end/.test(name);

function put(target: Json, key: string, value: Json | typeof MISSING): void {
  if (typeof target !== 'object' || target === null) return;
  if (value === MISSING) Reflect.deleteProperty(target, key);
  else Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/** A copy with another value at a path; containers on the way are made where there are none. */
export function mutated(parameters: JsonObject, path: readonly string[], value: Json | typeof MISSING): JsonObject {
  const copy = structuredClone(parameters);
  let at: Json = copy;
  for (const key of path.slice(0, -1)) {
    const holder = at as JsonObject;
    const inner: Json | undefined = Object.hasOwn(holder, key) ? holder[key] : undefined;
    if (typeof inner !== 'object' || inner === null) put(holder, key, {});
    at = holder[key] as Json;
  }
  put(at, path.at(-1) ?? '', value);
  return copy;
}
