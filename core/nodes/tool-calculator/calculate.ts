import { NodeError } from '../../node/kit.ts';

const MAX_CHARACTERS = 10_000;
const MAX_DEPTH = 200;

const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
]);

const FUNCTIONS: ReadonlyMap<string, (...values: number[]) => number> = new Map([
  ...(['sqrt', 'cbrt', 'abs', 'ceil', 'floor', 'sign', 'trunc', 'exp'] as const).map(
    (name) => [name, Math[name]] as const,
  ),
  ...(['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'log2', 'log10'] as const).map(
    (name) => [name, Math[name]] as const,
  ),
  ['ln', Math.log],
  // As in mathjs: the second value is the base.
  ['log', (value: number, base?: number) => (base === undefined ? Math.log(value) : Math.log(value) / Math.log(base))],
  ['round', (value: number, digits = 0) => Math.round(value * 10 ** digits) / 10 ** digits],
  ['pow', (base: number, exponent: number) => base ** exponent],
  ['mod', (left: number, right: number) => left % right],
  ['min', Math.min],
  ['max', Math.max],
  ['sum', (...values: number[]) => values.reduce((total, value) => total + value, 0)],
  ['mean', (...values: number[]) => values.reduce((total, value) => total + value, 0) / values.length],
]);

const TOKEN = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(\*\*|[-+*/%^(),!]))/y;

type Token = { kind: 'number'; value: number } | { kind: 'name' | 'sign'; value: string };

function tokensOf(text: string): Token[] {
  if (text.length > MAX_CHARACTERS) throw new NodeError('bad-expression', 'The expression is too long.');
  const source = text.trim().replaceAll('×', '*').replaceAll('÷', '/').replaceAll('−', '-');
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    TOKEN.lastIndex = at;
    const [whole, number, name, sign = ''] = TOKEN.exec(source) ?? [];
    if (whole === undefined) throw unreadable(source.slice(at));
    at += whole.length;
    if (number !== undefined) tokens.push({ kind: 'number', value: Number(number) });
    else tokens.push(name === undefined ? { kind: 'sign', value: sign } : { kind: 'name', value: name });
  }
  return tokens;
}

const unreadable = (rest: string): NodeError =>
  new NodeError('bad-expression', `The expression cannot be read at "${rest.slice(0, 40)}".`, {
    description: 'Numbers, + - * / % ^ ( ), pi, e and functions like sqrt(2) or round(x, 2).',
  });

/** The value of an arithmetic expression. `^` binds to the right and stronger than a sign before it. */
export function calculate(text: string): number {
  const tokens = tokensOf(text);
  let at = 0;
  let depth = 0;
  const isSign = (...signs: string[]): boolean => {
    const token = tokens[at];
    return token?.kind === 'sign' && signs.includes(token.value);
  };
  const take = (...signs: string[]): string | undefined => {
    if (!isSign(...signs)) return undefined;
    return String(tokens[at++]?.value);
  };
  const expect = (sign: string): void => {
    if (take(sign) === undefined) throw unreadable(rest());
  };
  const rest = (): string =>
    tokens
      .slice(at)
      .map(({ value }) => value)
      .join(' ') || 'its end';

  const sum = (): number => {
    if (++depth > MAX_DEPTH) throw new NodeError('bad-expression', 'The expression is nested too deeply.');
    let value = product();
    for (let sign = take('+', '-'); sign !== undefined; sign = take('+', '-')) {
      value = sign === '+' ? value + product() : value - product();
    }
    depth--;
    return value;
  };
  const product = (): number => {
    let value = signed();
    for (let sign = take('*', '/', '%'); sign !== undefined; sign = take('*', '/', '%')) {
      const right = signed();
      value = sign === '*' ? value * right : sign === '/' ? value / right : value % right;
    }
    return value;
  };
  const signed = (): number => {
    let sign = 1;
    for (let next = take('+', '-'); next !== undefined; next = take('+', '-')) if (next === '-') sign = -sign;
    return sign * power();
  };
  const power = (): number => {
    let base = atom();
    while (take('!') !== undefined) base = factorial(base);
    if (take('^', '**') === undefined) return base;
    if (++depth > MAX_DEPTH) throw new NodeError('bad-expression', 'The expression is nested too deeply.');
    const value = base ** signed();
    depth--;
    return value;
  };
  const atom = (): number => {
    const token = tokens[at];
    if (token?.kind === 'number') {
      at++;
      return token.value;
    }
    if (token?.kind === 'name') return named(token.value);
    expect('(');
    const value = sum();
    expect(')');
    return value;
  };
  const named = (name: string): number => {
    const key = name.toLowerCase();
    const constant = CONSTANTS.get(key);
    const apply = FUNCTIONS.get(key);
    if (constant === undefined && !apply) throw unreadable(rest());
    at++;
    if (!apply) return constant ?? 0;
    expect('(');
    const values = [sum()];
    while (take(',') !== undefined) values.push(sum());
    expect(')');
    return apply(...values);
  };

  const value = sum();
  if (at < tokens.length) throw unreadable(rest());
  if (Number.isNaN(value)) throw new NodeError('bad-expression', 'The expression has no value.');
  return value;
}

function factorial(value: number): number {
  if (!Number.isInteger(value) || value < 0) {
    throw new NodeError('bad-expression', 'Only whole numbers have a factorial.');
  }
  let product = 1;
  for (let factor = 2; factor <= Math.min(value, 171); factor++) product *= factor;
  return product;
}
