import type { BinaryExpression, Expression, PrivateIdentifier } from 'acorn';
import type { Code } from '../runtime.ts';
import type { Lexical } from './lexical.ts';
import { add, OPERATORS, type Operator } from './operators.ts';
import type { Unit } from './unit.ts';

export function operator(name: string, node: Expression, unit: Unit): Operator {
  return OPERATORS.get(name) ?? unit.unsupported(`The operator '${name}'`, node);
}

const plus =
  (left: Code, right: Code): Code =>
  (frame) => {
    const a = left(frame);
    const b = right(frame);
    return typeof a === 'number' && typeof b === 'number' ? a + b : add(frame.rt, a, b);
  };

/** `a + b + c` as one flat loop: long concatenations are common and would nest deeply. */
function sum(node: BinaryExpression, scope: Lexical, unit: Unit): Code {
  const terms: Expression[] = [];
  let left: Expression | PrivateIdentifier = node;
  while (left.type === 'BinaryExpression' && left.operator === '+') {
    terms.unshift(left.right);
    left = left.left;
  }
  const first = unit.expression(left as Expression, scope);
  const rest = terms.map((term) => unit.expression(term, scope));
  const [second, third] = rest;
  if (second && rest.length === 1) return plus(first, second);
  if (second && third && rest.length === 2) return plus(plus(first, second), third);
  return (frame) => {
    let total = first(frame);
    for (const term of rest) total = add(frame.rt, total, term(frame));
    return total;
  };
}

type Fast = (left: Code, right: Code, slow: Operator) => Code;

/** Operators met in loops: two numbers are worked on in place, everything else goes the long way. */
const FAST: ReadonlyMap<string, Fast> = new Map<string, Fast>([
  [
    '-',
    (left, right, slow) => (frame) => {
      const a = left(frame);
      const b = right(frame);
      return typeof a === 'number' && typeof b === 'number' ? a - b : slow(frame.rt, a, b);
    },
  ],
  [
    '*',
    (left, right, slow) => (frame) => {
      const a = left(frame);
      const b = right(frame);
      return typeof a === 'number' && typeof b === 'number' ? a * b : slow(frame.rt, a, b);
    },
  ],
  [
    '<',
    (left, right, slow) => (frame) => {
      const a = left(frame);
      const b = right(frame);
      return typeof a === 'number' && typeof b === 'number' ? a < b : slow(frame.rt, a, b);
    },
  ],
  [
    '>',
    (left, right, slow) => (frame) => {
      const a = left(frame);
      const b = right(frame);
      return typeof a === 'number' && typeof b === 'number' ? a > b : slow(frame.rt, a, b);
    },
  ],
  [
    '===',
    (left, right, slow) => (frame) => {
      const a = left(frame);
      const b = right(frame);
      return typeof a === 'string' ? slow(frame.rt, a, b) : a === b;
    },
  ],
]);

export function compileBinary(node: BinaryExpression, scope: Lexical, unit: Unit): Code {
  if (node.left.type === 'PrivateIdentifier') return unit.unsupported('A private name', node);
  if (node.operator === '+') return sum(node, scope, unit);
  const left = unit.expression(node.left, scope);
  const right = unit.expression(node.right, scope);
  const run = operator(node.operator, node, unit);
  const fast = FAST.get(node.operator);
  return fast ? fast(left, right, run) : (frame) => run(frame.rt, left(frame), right(frame));
}
