import type { Runtime } from '../runtime.ts';
import { Namespace, statics } from '../value/callable.ts';
import { toNum } from '../value/coerce.ts';

const NUMERIC = [
  'abs', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atan2', 'atanh', 'cbrt', 'ceil', 'clz32', 'cos', 'cosh', 'exp',
  'expm1', 'floor', 'fround', 'hypot', 'imul', 'log', 'log10', 'log1p', 'log2', 'max', 'min', 'pow', 'round', 'sign',
  'sin', 'sinh', 'sqrt', 'tan', 'tanh', 'trunc',
] as const; // prettier-ignore

/** Spread into a host call: more would overflow the stack. */
const MAX_ARGUMENTS = 10_000;

function wrap(name: (typeof NUMERIC)[number]): (rt: Runtime, args: readonly unknown[]) => number {
  const run = Math[name] as (...values: number[]) => number;
  return (rt, args) => {
    if (args.length === 1) return run(toNum(rt, args[0]));
    const numbers = args.map((arg) => toNum(rt, arg));
    if (numbers.length <= MAX_ARGUMENTS) return run(...numbers);
    rt.charge(numbers.length);
    return numbers.reduce((best, next) => run(best, next));
  };
}

export const mathNamespace = new Namespace('Math', {
  call: () => undefined,
  members: {
    E: Math.E,
    LN10: Math.LN10,
    LN2: Math.LN2,
    LOG10E: Math.LOG10E,
    LOG2E: Math.LOG2E,
    PI: Math.PI,
    SQRT1_2: Math.SQRT1_2,
    SQRT2: Math.SQRT2,
    ...statics({
      ...Object.fromEntries(NUMERIC.map((name) => [name, wrap(name)])),
      random: (rt) => rt.scope.random(),
    }),
  },
});
