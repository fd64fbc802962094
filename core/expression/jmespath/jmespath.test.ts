import { search } from 'jmespath';
import { describe, it } from 'vitest';
import { ExpressionError } from '../error.ts';
import { evaluate } from '../testing.ts';
import type { JsonObject } from '../../data/item.ts';

const DATA: JsonObject = {
  people: [
    { age: 20, other: 'foo', name: 'Bob', tags: ['a', 'b'] },
    { age: 25, other: 'bar', name: 'Fred', tags: [] },
    { age: 30, other: 'baz', name: 'George', tags: ['c'] },
    { name: 'Nobody' },
  ],
  reservations: [
    {
      id: 1,
      guests: [
        { name: 'Nathan', requirements: { room: 'double', meal: 'vegetarian' } },
        { name: 'Meg', requirements: { room: 'single' } },
      ],
    },
    { id: 2, guests: [{ name: 'Lex', requirements: { room: 'double' } }] },
  ],
  ops: { functionA: { numArgs: 2 }, functionB: { numArgs: 3 }, functionC: { variadic: true } },
  nested: [0, [1, [2, 3]], [[4], 5], null],
  numbers: [5, 3, 9, 1],
  words: ['pear', 'apple', 'fig'],
  'with-dash': { 'and space': true },
  empty: { list: [], object: {}, text: '', no: false, nothing: null },
};

/** Every construct and function of the language, checked against the library n8n uses. */
const QUERIES = [
  'people', 'people[0]', 'people[-1].name', 'people[9]', 'people[*].name', 'people[].name', 'people[:2].name',
  'people[::2].name', 'people[::-1].name', 'people[1:3]', 'people[-2:].age', 'people[5:].name', 'nope', 'nope.deeper[0].x',
  'people[*].tags[]', 'people[].tags[0]', 'people[*].tags[*]', 'people[*].[name, age]', 'people[*].{n: name, a: age}',
  '{names: people[*].name, count: length(people)}', '[people[0].name, numbers[0]]', 'people[?age > `20`].[name, age]',
  'people[?age > `20`].name | [0]', "people[?name == 'Bob']", "people[?name != 'Bob'].name", 'people[?age >= `25` && age < `30`].name',
  "people[?age == `20` || name == 'George'].name", 'people[?!tags].name', 'people[?tags].name', 'people[?age < `21`].name',
  "people[?starts_with(name, 'F')].name", 'reservations[].guests[?requirements.room==`double`].name',
  'reservations[].guests[].name', 'reservations[*].guests[*].requirements.meal', 'ops.*.numArgs', '*.numArgs', 'ops.* | [0]', 'keys(ops)',
  'values(ops)[0]', 'nested[]', 'nested[][]', 'nested[][][]', 'nested[*][0]', '"with-dash"."and space"', '@', '@.numbers',
  'numbers | sort(@)', 'sort(words)', 'sort(numbers)[0]', 'sort_by(people[?age], &age)[0].name', 'sort_by(people[?age], &name)[-1].age',
  'max_by(people[?age], &age).name', 'min_by(people[?age], &age).name', 'max(numbers)', 'min(numbers)', 'max(words)', 'min(words)', 'sum(numbers)',
  'avg(numbers)', 'length(words)', 'length(ops)', "length('text')", 'reverse(numbers)', "reverse('abc')", "join(', ', words)",
  'map(&age, people)', 'map(&length(@), words)', 'merge(ops.functionA, ops.functionC)', 'not_null(nope, numbers)', 'to_array(numbers)', "to_array('x')",
  'to_string(numbers)', "to_string('x')", "to_number('12.5')", "to_number('x')", 'to_number(numbers)', 'type(numbers)', 'type(nope)',
  'abs(`-3`)', 'ceil(`1.2`)', 'floor(`1.8`)', "contains('foobar', 'oba')", 'contains(words, `fig`)', "ends_with('abc', 'bc')", "starts_with('abc', 'b')",
  '`{"a": [1, 2]}`', '`[1, "x", null]`', '`text`', '`"quoted"`', "'raw string'", '`true`', 'empty.list || numbers', 'empty.no || `1`', 'empty.text && numbers',
  'numbers && words', '!empty.list', '!numbers', '(people)[0].name', '(people[*].age)[0]', '(numbers)', 'people[*].tags | [0]',
  'people[?age && age > `20`] | length(@)', 'people[0].*', 'people[*].*', 'reservations[*].[id, guests[0].name]', 'numbers[?@ > `3`]', "words[?@ == 'fig'] | [0]",
  'people[?age > age].name', 'people[?name > `5`].name', 'ops.{a: functionA.numArgs, "b c": functionB}', 'people[*].[name, tags[0]][]', '[?a]', '[]', 'empty.*',
  'people[?(age > `20`) && !(age > `29`)].name', 'people[0].tags[0:1]', 'people[].{n: name}[0]', 'people[*].[name][0]', 'nope[*]', 'nope[?x]', 'nope.*',
  'nope[]', 'numbers[*].x', '`[]`[0]', 'people[*] | [1].name', 'length(people[?age == `25`])', "people[?name=='Bob'].tags | [0]", '[*]', 'people[? name == `Bob` ].age',
]; // prettier-ignore

const INVALID = [
  '', 'people[', 'people[0', 'a.', '.a', 'a..b', 'a b', '[0:1:0]', 'nope(numbers)', 'length()', 'length(numbers, words)', 'length(`1`)', 'sum(words)',
  'avg(nope)', 'sort_by(people, &age)', 'sort_by(people, &tags)', 'a[?', 'a ==', "'open", '"open', '`open', '{a: }', '{: a}', '{a}', '#', 'sort(nested)',
  'people[?contains(tags, `a`)].name', 'join(words, words)', 'map(words, words)', 'a[1:2:3:4]', ')', '(a', 'a,b', '`{`',
]; // prettier-ignore

const run = (query: string, data: JsonObject = DATA): unknown =>
  evaluate(`$jmespath($json, ${JSON.stringify(query)})`, { json: [data] });

describe('jmespath', () => {
  for (const query of QUERIES) {
    it(`[EXP15] ${query}`, ({ expect }) => {
      expect(run(query)).toEqual(search(DATA, query) ?? null);
    });
  }

  for (const query of INVALID) {
    it(`[EXP15] not valid: ${query}`, ({ expect }) => {
      expect(run(query)).toBeUndefined();
    });
  }

  it('[EXP15] takes lists and is also called $jmesPath', ({ expect }) => {
    expect(evaluate('$jmesPath($json.people, "[*].name | [1]")', { json: [DATA] })).toBe('Fred');
    expect(evaluate('$jmespath([3, 1], "sort(@)")')).toEqual([1, 3]);
    expect(evaluate('$jmespath({a: undefined}, "a")')).toBeNull();
  });

  it('[EXP15] what is no data or no query is an error that says so', ({ expect }) => {
    for (const code of ['$jmespath("x", "a")', '$jmespath({})', '$jmespath(null, "a")', '$jmespath({}, 5)']) {
      expect(() => evaluate(code)).toThrow(/needs an object or a list/);
    }
  });

  it('[EXP20] reads own fields only', ({ expect }) => {
    for (const name of ['constructor', '"__proto__"', 'toString', '"constructor".name', 'people.length', 'words.map']) {
      expect(run(name)).toBeNull();
    }
    expect(run('"__proto__".x', JSON.parse('{"__proto__": {"x": 1}}') as JsonObject)).toBe(1);
    expect(Object.keys(run('{"__proto__": numbers}') as object)).toEqual(['__proto__']);
    expect(run('constructor.constructor(@)')).toBeUndefined();
  });

  it('[EXP23] pays for what it does', ({ expect }) => {
    const big = { list: Array.from({ length: 2_000 }, (_, i) => i) };
    const nested = `${'['.repeat(5_000)}a${']'.repeat(5_000)}`;
    for (const query of [nested, `${'(('.repeat(3_000)}`, '!'.repeat(5_000)]) {
      expect(() => run(query)).toThrow(ExpressionError);
    }
    expect(() => run('list[*].[@, @, @, @]'.concat('[].[@, @, @, @]'.repeat(8)), big)).toThrow(/steps|longer/);
    expect(() =>
      run('map(&map(&sum(@), `[[1],[2]]`), list) | map(&to_string(@), @) | map(&length(@), @)', big),
    ).not.toThrow();
  });
});
