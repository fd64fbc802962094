import type { ArrowFunctionExpression, Function as FunctionNode, Pattern } from 'acorn';
import { Frame, type Code, type Runtime } from '../runtime.ts';
import { Callable, type Repeated } from '../value/callable.ts';
import { Lexical } from './lexical.ts';
import { boundNames, compilePattern } from './pattern.ts';
import { compileBody, declareAll, RETURN } from './statement.ts';
import type { Unit } from './unit.ts';
import type { Write } from './variable.ts';

interface Definition {
  name: string;
  initial: readonly unknown[];
  /** Parameters are plain names in slots 0…n-1: copied without a pattern. */
  simple: number;
  bind: Write | undefined;
  self: number;
  body: Code;
  /** Steps charged and levels of syntax entered by one call. */
  cost: number;
  weight: number;
  /** True when a function is written inside: it may keep this one's variables. */
  captured: boolean;
}

/** A function written in the expression, with the variables around it. */
class Closure extends Callable {
  readonly #definition: Definition;
  readonly #frame: Frame;

  constructor(definition: Definition, frame: Frame) {
    super(definition.name);
    this.#definition = definition;
    this.#frame = frame;
  }

  invoke(rt: Runtime, args: readonly unknown[]): unknown {
    const { initial, simple, bind, self, body, cost, weight } = this.#definition;
    rt.enter(weight, cost);
    const slots = initial.slice();
    for (let i = 0; i < simple; i++) slots[i] = args[i];
    const frame = new Frame(rt, slots, this.#frame);
    if (self >= 0) slots[self] = this;
    bind?.(frame, args);
    const value = body(frame);
    rt.leave(weight);
    return value;
  }

  /** One set of variables serves all calls when nothing can keep hold of it. */
  override repeated(rt: Runtime): Repeated {
    const { initial, simple, bind, self, body, cost, weight, captured } = this.#definition;
    if (bind || captured || simple > 3) return super.repeated(rt);
    const slots = initial.slice();
    const frame = new Frame(rt, slots, this.#frame);
    const rest = initial.length;
    return (a, b, c) => {
      rt.enter(weight, cost);
      if (simple > 0) slots[0] = a;
      if (simple > 1) slots[1] = b;
      if (simple > 2) slots[2] = c;
      for (let i = simple; i < rest; i++) slots[i] = initial[i];
      if (self >= 0) slots[self] = this;
      const value = body(frame);
      rt.leave(weight);
      return value;
    };
  }
}

function bindParameters(params: readonly Pattern[], scope: Lexical, unit: Unit): Write {
  const steps = params.map((param, i): Write => {
    if (param.type !== 'RestElement') {
      const bind = compilePattern(param, scope, unit, true);
      return (frame, args) => bind(frame, (args as unknown[])[i]);
    }
    const rest = compilePattern(param.argument, scope, unit, true);
    return (frame, args) => rest(frame, (args as unknown[]).slice(i));
  });
  return (frame, args) => {
    for (const step of steps) step(frame, args);
  };
}

export function compileFunction(node: FunctionNode | ArrowFunctionExpression, outer: Lexical, unit: Unit): Code {
  if (node.async) unit.unsupported('An async function', node);
  if (node.generator) unit.unsupported('A generator', node);
  const scope = new Lexical(outer);
  const { nodes, depth, deepest, functions } = unit;
  unit.deepest = depth;
  for (const param of node.params) for (const name of boundNames(param)) scope.declare(name, 'var');
  const names = new Set(node.params.map((param) => (param.type === 'Identifier' ? param.name : '')));
  const isSimple = names.size === node.params.length && !names.has('');
  const bind = isSimple ? undefined : bindParameters(node.params, scope, unit);
  const name = node.type === 'ArrowFunctionExpression' ? '' : (node.id?.name ?? '');
  const self =
    node.type === 'FunctionExpression' && name !== '' && !scope.resolveOwn(name) ? scope.declare(name, 'var') : -1;
  let body: Code;
  if (node.body.type === 'BlockStatement') {
    declareAll(node.body.body, scope, true);
    const run = compileBody(node.body.body, scope, unit);
    body = (frame) => {
      if (run(frame) !== RETURN) return undefined;
      const { result } = frame.rt;
      frame.rt.result = undefined;
      return result;
    };
  } else {
    body = unit.expression(node.body, scope);
  }
  const definition: Definition = {
    name,
    initial: scope.initial,
    simple: isSimple ? node.params.length : 0,
    bind,
    self,
    body,
    cost: 1 + ((unit.nodes - nodes) >> 4),
    weight: unit.deepest - depth,
    captured: unit.functions > functions,
  };
  unit.functions++;
  unit.deepest = Math.max(deepest, unit.deepest);
  return (frame) => new Closure(definition, frame);
}
