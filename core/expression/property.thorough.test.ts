import fc from 'fast-check';
import { describe, it } from 'vitest';
import { analyze, compileTemplate, ExpressionError, toJson } from './index.ts';
import { unforeseen } from './analysis/testing.ts';
import { testScope } from './testing.ts';

const KEYS = ['a', 'b', 'list', 'length', '__proto__', 'constructor', 'toString', 'valueOf', 'then', '0', '-1', ''];
const METHODS =
  `map filter sort push pop splice reverse join slice concat repeat padStart replace replaceAll split match test
  toString valueOf keys values entries assign call apply format plus minus toISO toDateTime toJsonString merge pluck unique
  first last round toInt hash at flat fill reduce find set get has add charAt isEmpty compact chunk`.split(/\s+/);
const NAMES = [
  '$json',
  '$input',
  '$node',
  '$items',
  '$vars',
  '$item',
  '$("A")',
  '$now',
  '$',
  'Math',
  'JSON',
  'Object',
  'Array',
  'Date',
  'DateTime',
  'String',
  'Number',
  'x',
  'nothing',
];

/** Random programs: mostly nonsense, but syntactically right, over every construct. */
const program = fc.letrec<{ e: string }>((tie) => {
  const e = tie('e');
  const key = fc.constantFrom(...KEYS);
  const literal = fc.oneof(
    fc.constantFrom(
      '1',
      '0',
      '-1',
      '1e9',
      'NaN',
      'null',
      'undefined',
      'true',
      '""',
      '"abc"',
      '/a+/g',
      '[]',
      '({})',
      '$json.list',
    ),
    fc.constantFrom(...NAMES),
    key.map((name) => JSON.stringify(name)),
  );
  return {
    e: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      literal,
      fc.tuple(e, key).map(([o, k]) => `(${o})[${JSON.stringify(k)}]`),
      fc.tuple(e, e).map(([o, k]) => `(${o})?.[${k}]`),
      fc.tuple(e, fc.constantFrom(...METHODS), e, e).map(([o, m, a, b]) => `(${o}).${m}(${a}, ${b})`),
      fc.tuple(e, fc.constantFrom(...METHODS), e).map(([o, m, body]) => `(${o}).${m}((x, y) => ${body})`),
      fc
        .tuple(
          e,
          fc.constantFrom('+', '-', '*', '**', '==', '===', '<', '&&', '||', '??', 'in', 'instanceof', '%', '>>>'),
          e,
        )
        .map(([a, op, b]) => `((${a}) ${op} (${b}))`),
      fc.tuple(fc.constantFrom('!', '-', '+', '~', 'typeof ', 'void '), e).map(([op, a]) => `${op}(${a})`),
      fc.tuple(e, e, e).map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
      fc.tuple(e, e).map(([a, b]) => `[${a}, ...[${b}]]`),
      fc.tuple(key, e, e).map(([k, a, b]) => `({${JSON.stringify(k)}: ${a}, ["z" + (${b})]: 1})`),
      fc.tuple(e, key, e).map(([o, k, v]) => `((x) => { x[${JSON.stringify(k)}] = ${v}; return x })(${o})`),
      fc.tuple(e, key).map(([o, k]) => `((x) => { delete x[${JSON.stringify(k)}]; return x })(${o})`),
      fc.tuple(e, e).map(([a, b]) => `(() => { try { return ${a} } catch (x) { return ${b} } finally { ${b} } })()`),
      fc
        .tuple(e, e)
        .map(([a, b]) => `(() => { let n = 0; for (const x of ${a}) { n += ${b}; if (n > 5) break } return n })()`),
      fc.tuple(e, e).map(([a, b]) => `new (${a})(${b})`),
      fc.tuple(e, e).map(([a, b]) => `(${a})(${b})`),
      fc.tuple(e, e).map(([a, b]) => '`' + '${' + a + '}-${' + b + '}`'),
      fc.tuple(e, key).map(([a, k]) => `(({${JSON.stringify(k)}: x = 1, ...y}) => [x, y])(${a})`),
    ),
  };
}).e;

const json = fc.jsonValue({ maxDepth: 4 }).map((value) => ({ a: value, list: [3, [1], { b: 2 }], b: 'text' }));

describe('any expression', () => {
  it('[EXP24] throws nothing but ExpressionError and never changes an item', ({ expect }) => {
    fc.assert(
      fc.property(program, json, (code, data) => {
        const scope = testScope({
          json: [data as never],
          nodes: { N: { runs: [{ runIndex: 0, outputs: [[{ json: data as never }]] }], paired: [0] } },
        });
        const before = JSON.stringify(scope.items);
        try {
          const value = compileTemplate(`=${'{{'} ${code.replaceAll('}}', '} }')} }}`).at(scope);
          if (typeof value === 'function') return false;
          toJson(value);
        } catch (error) {
          if (!(error instanceof ExpressionError)) throw error;
        }
        return JSON.stringify(scope.items) === before && Object.keys(Object.prototype).length === 0;
      }),
      { numRuns: 3_000 },
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('[EXP42] reads nothing the analysis did not foresee', ({ expect }) => {
    let followed = 0;
    fc.assert(
      fc.property(program, (code) => {
        const text = `={{ ${code.replaceAll('}}', '} }')} }}`;
        const analysis = analyze(text);
        if (analysis.dynamic.length > 0 || analysis.error) return;
        followed++;
        expect(unforeseen(text, analysis)).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
    expect(followed).toBeGreaterThan(5_000);
  });

  it('[EXP7] gives the same value for the same scope', ({ expect }) => {
    const outcome = (code: string): string => {
      try {
        return (
          JSON.stringify(
            toJson(compileTemplate(`={{ ${code.replaceAll('}}', '} }')} }}`).at(testScope({ json: [{ list: [1] }] }))),
          ) ?? 'undefined'
        );
      } catch (error) {
        return (error as ExpressionError).code;
      }
    };
    fc.assert(
      fc.property(program, (code) => outcome(code) === outcome(code)),
      { numRuns: 500 },
    );
    expect(outcome('$json.list[0]')).toBe('1');
  });

  it('[EXP5] any text compiles, and fails only with ExpressionError', ({ expect }) => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            '{',
            '}',
            '{{',
            '}}',
            '\\',
            '$json',
            '.',
            '(',
            ')',
            '"',
            'a',
            ' ',
            '=',
            '`',
            '${',
            '/',
            '[',
            ']',
          ),
        }),
        (text) => {
          analyze(`=${text}`);
          const template = compileTemplate(`=${text}`);
          try {
            template.at(testScope({ json: [{}] }));
          } catch (error) {
            return error instanceof ExpressionError;
          }
          return true;
        },
      ),
      { numRuns: 3_000 },
    );
    expect(compileTemplate('={{').constant).toBe(false);
  });
});
