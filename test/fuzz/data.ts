import type { Item, Json, JsonObject } from '../../core/data/item.ts';
import { testScope } from '../../core/expression/testing.ts';
import type { Scope } from '../../core/expression/scope.ts';
import type { Dice } from '../simulation/dice.ts';

const KEYS = [
  'a',
  'b',
  '__proto__',
  'constructor',
  'length',
  'toString',
  'valueOf',
  'toJSON',
  'then',
  '0',
  '',
  'x y',
  '😀',
];
const SCALARS: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  '',
  'a',
  '12',
  '={{ $env.SECRET }}',
  '{{ 7*7 }}',
  '2024-02-29T23:59:59+14:00',
  '__proto__',
  '\ud800',
  'a,b;c\n"d"',
  'x'.repeat(300),
  '(a+)+$',
  '<b>&amp;</b>',
];

function set(target: JsonObject, key: string, value: Json): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

function anything(dice: Dice, depth: number): Json {
  if (depth <= 0 || dice.chance(0.4)) return dice.pick(SCALARS);
  if (dice.chance(0.4)) return Array.from({ length: dice.below(6) }, () => anything(dice, depth - 1));
  return object(dice, depth);
}

function object(dice: Dice, depth: number): JsonObject {
  const made: JsonObject = {};
  for (let left = dice.below(5); left > 0; left--) set(made, dice.pick(KEYS), anything(dice, depth - 1));
  return made;
}

function nested(levels: number): Json {
  let made: Json = 'bottom';
  for (let level = 0; level < levels; level++) made = level % 2 === 0 ? [made] : { a: made };
  return made;
}

/** Items as a hostile caller would send them. */
export function hostileItems(dice: Dice): Item[] {
  return Array.from({ length: dice.between(0, 3) }, () => {
    const json = object(dice, 3);
    set(
      json,
      'list',
      Array.from({ length: dice.chance(0.02) ? 500 : dice.pick([0, 3, 12]) }, () => anything(dice, 1)),
    );
    set(json, 'deep', nested(dice.chance(0.05) ? dice.pick([150, 400]) : dice.pick([1, 10])));
    return { json };
  });
}

/** Everything a program can read. Random numbers are the same ones each time it is asked for. */
export function hostileScope(items: Item[], seed: number): Scope {
  let next = seed >>> 0;
  const scope = testScope({
    items,
    nodes: {
      N: {
        parameters: { p: '={{ 1 }}', ['constructor']: 'own' },
        runs: [{ runIndex: 0, outputs: [items] }],
        paired: [0],
      },
      ['__proto__']: { runs: [] },
    },
    previous: { name: 'N', outputIndex: 0, runIndex: 0 },
    vars: { a: 1, ['constructor']: 'own' },
    extra: { $response: { body: items[0]?.json ?? null } },
  });
  return { ...scope, random: () => (next = (Math.imul(next, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32 };
}
