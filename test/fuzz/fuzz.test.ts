import { describe, it } from 'vitest';
import { compileTemplate } from '../../core/expression/index.ts';
import { Builtins, hostObject } from './oracle.ts';
import { Fuzzer } from './program.ts';
import { shrink, statement, expression, textOf } from './tree.ts';

type Compile = typeof compileTemplate;

/** The language with one fault in it. */
const broken =
  (fault: (text: string, value: unknown) => unknown): Compile =>
  (text) => {
    const template = compileTemplate(text);
    return { constant: template.constant, at: (scope) => fault(text, template.at(scope)) };
  };

const firstFault = (compile: Compile, programs = 400): string | undefined => {
  const fuzzer = new Fuzzer(compile);
  for (let at = 0; at < programs; at++) {
    const { failure } = fuzzer.check(3, at);
    if (failure) return failure.why;
  }
  return undefined;
};

describe('the fuzzer', () => {
  it('makes the same program of the same numbers, and finds nothing in some hundred', ({ expect }) => {
    const [one, two] = [new Fuzzer(), new Fuzzer()];
    for (let at = 0; at < 150; at++) {
      const first = one.check(1, at);
      expect(first.failure).toBeUndefined();
      expect(two.check(1, at)).toEqual(first);
    }
  }, 60_000);

  it('notices a language that leaks, throws, changes its mind or counts differently', ({ expect }) => {
    expect(firstFault(broken((_, value) => (value === undefined ? parseInt : value)))).toContain('a host function');
    expect(
      firstFault(
        broken(() => {
          throw new TypeError('host');
        }),
      ),
    ).toContain('TypeError');
    let count = 0;
    expect(firstFault(broken((_, value) => (typeof value === 'number' ? value + count++ : value)))).toMatch(
      /deterministic|JavaScript gives/,
    );
    expect(firstFault(broken((text, value) => (text.includes('%') && value !== null ? 0 : value)))).toContain(
      'JavaScript gives',
    );
  }, 60_000);

  it('notices a built-in that was changed', ({ expect }) => {
    const builtins = new Builtins();
    expect(builtins.fault()).toBeUndefined();
    // oxlint-disable-next-line no-extend-native -- put back two lines below
    Object.defineProperty(Array.prototype, 'planted', { value: 1, configurable: true });
    const found = builtins.fault();
    Reflect.deleteProperty(Array.prototype, 'planted');
    expect(found).toContain('built-in');
    expect([hostObject({ a: [new Map([[1, parseInt]])] }), hostObject({ a: [1, null] })]).toEqual([
      'a host function parseInt',
      undefined,
    ]);
  });

  it('shrinks to what matters', ({ expect }) => {
    const tree = expression(
      '[',
      expression('f(', expression('1 + ', expression('bad')), ')'),
      ', ',
      expression('2'),
      ']',
    );
    expect(textOf(shrink(tree, (text) => text.includes('bad')))).toBe('bad');
    const block = expression('(() => { ', statement('let x; '), statement('return bad; '), '})()');
    expect(textOf(shrink(block, (text) => text.includes('bad')))).toBe('(() => { return bad; })()');
  });
});
