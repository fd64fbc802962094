import type {
  ForInStatement,
  ForOfStatement,
  ForStatement,
  Pattern,
  Statement,
  SwitchStatement,
  TryStatement,
  VariableDeclaration,
} from 'acorn';
import { ExpressionError } from '../error.ts';
import { Frame, type Code } from '../runtime.ts';
import { ErrorValue, Thrown } from '../value/error-value.ts';
import { CATCH } from '../value/price.ts';
import { iterate } from '../value/iterate.ts';
import { objectKeys } from './keys.ts';
import { Lexical } from './lexical.ts';
import { boundNames, compilePattern } from './pattern.ts';
import type { Unit } from './unit.ts';
import { writeVariable, type Write } from './variable.ts';

/** How a statement ended. The value of a `return` is in `Runtime.result`. */
type Signal = 0 | 1 | 2 | 3;
const NORMAL = 0;
const BREAK = 1;
const CONTINUE = 2;
export const RETURN = 3;
export type Step = (frame: Frame) => Signal;

type Body = readonly Statement[];

/** Declares the `var`s below a statement: they belong to the function. */
function hoist(statement: Statement | null | undefined, scope: Lexical): void {
  if (!statement) return;
  switch (statement.type) {
    case 'VariableDeclaration':
      if (statement.kind === 'var') {
        for (const { id } of statement.declarations) for (const name of boundNames(id)) scope.declare(name, 'var');
      }
      return;
    case 'IfStatement':
      hoist(statement.consequent, scope);
      return hoist(statement.alternate, scope);
    case 'ForStatement':
      if (statement.init?.type === 'VariableDeclaration') hoist(statement.init, scope);
      return hoist(statement.body, scope);
    case 'ForInStatement':
    case 'ForOfStatement':
      if (statement.left.type === 'VariableDeclaration') hoist(statement.left, scope);
      return hoist(statement.body, scope);
    case 'WhileStatement':
    case 'DoWhileStatement':
      return hoist(statement.body, scope);
    case 'BlockStatement':
      return statement.body.forEach((inner) => hoist(inner, scope));
    case 'TryStatement':
      hoist(statement.block, scope);
      hoist(statement.handler?.body, scope);
      return hoist(statement.finalizer, scope);
    case 'SwitchStatement':
      return statement.cases.forEach((one) => one.consequent.forEach((inner) => hoist(inner, scope)));
    default:
  }
}

/** Declares what a block declares; with `isFunction` also the `var`s anywhere below. */
export function declareAll(body: Body, scope: Lexical, isFunction: boolean): void {
  if (isFunction) for (const statement of body) hoist(statement, scope);
  for (const statement of body) {
    if (statement.type === 'VariableDeclaration' && statement.kind !== 'var') {
      const kind = statement.kind === 'const' ? 'const' : 'let';
      for (const { id } of statement.declarations) for (const name of boundNames(id)) scope.declare(name, kind);
    } else if (statement.type === 'FunctionDeclaration') scope.declare(statement.id.name, 'var');
  }
}

/** Statements whose names are already declared in `scope`; function declarations run first. */
export function compileBody(body: Body, scope: Lexical, unit: Unit): Step {
  const functions: Step[] = [];
  const steps: Step[] = [];
  for (const statement of body) {
    if (statement.type === 'FunctionDeclaration') {
      const make = unit.fn(statement, scope);
      const bind = writeVariable(statement.id.name, scope, true);
      functions.push((frame) => {
        bind(frame, make(frame));
        return NORMAL;
      });
    } else steps.push(compileStatement(statement, scope, unit));
  }
  const all = [...functions, ...steps];
  return (frame) => {
    for (const step of all) {
      const signal = step(frame);
      if (signal !== NORMAL) return signal;
    }
    return NORMAL;
  };
}

function block(body: Body, outer: Lexical, unit: Unit): Step {
  const scope = new Lexical(outer);
  declareAll(body, scope, false);
  const run = compileBody(body, scope, unit);
  return (frame) => run(new Frame(frame.rt, scope.initial.slice(), frame));
}

function declaration(node: VariableDeclaration, scope: Lexical, unit: Unit): Step {
  const steps: Write[] = node.declarations.flatMap((one): Write[] => {
    if (!one.init && node.kind === 'var') return [];
    const bind = compilePattern(one.id, scope, unit, true);
    const init: Code = one.init ? unit.expression(one.init, scope) : () => undefined;
    return [(frame) => bind(frame, init(frame))];
  });
  return (frame) => {
    for (const step of steps) step(frame, undefined);
    return NORMAL;
  };
}

function forLoop(node: ForStatement, outer: Lexical, unit: Unit): Step {
  const scope = new Lexical(outer);
  const before = unit.nodes;
  if (node.init?.type === 'VariableDeclaration') declareAll([node.init], scope, false);
  const init: Code =
    node.init?.type === 'VariableDeclaration'
      ? declaration(node.init, scope, unit)
      : node.init
        ? unit.expression(node.init, scope)
        : () => undefined;
  const test: Code = node.test ? unit.expression(node.test, scope) : () => true;
  const update: Code = node.update ? unit.expression(node.update, scope) : () => undefined;
  const body = compileStatement(node.body, scope, unit);
  const cost = 1 + ((unit.nodes - before) >> 4);
  return (frame) => {
    let turn = new Frame(frame.rt, scope.initial.slice(), frame);
    init(turn);
    while (test(turn)) {
      frame.rt.charge(cost);
      const signal = body(turn);
      if (signal === BREAK) break;
      if (signal === RETURN) return RETURN;
      // Each turn has its own variables: closures made in one keep its values.
      turn = new Frame(frame.rt, turn.slots.slice(), frame);
      update(turn);
    }
    return NORMAL;
  };
}

function forEach(node: ForInStatement | ForOfStatement, outer: Lexical, unit: Unit): Step {
  if (node.type === 'ForOfStatement' && node.await) unit.unsupported('for await', node);
  const scope = new Lexical(outer);
  const before = unit.nodes;
  const { left } = node;
  let bind: Write;
  if (left.type === 'VariableDeclaration') {
    declareAll([left], scope, false);
    const [first] = left.declarations;
    if (!first) return unit.unsupported('This loop', node);
    bind = compilePattern(first.id, scope, unit, true);
  } else bind = compilePattern(left as Pattern, scope, unit, false);
  const source = unit.expression(node.right, outer);
  const body = compileStatement(node.body, scope, unit);
  const cost = 1 + ((unit.nodes - before) >> 4);
  const isOf = node.type === 'ForOfStatement';
  return (frame) => {
    const value = source(frame);
    const list = isOf ? iterate(frame.rt, value) : objectKeys(frame.rt, value);
    for (let i = 0; i < list.length; i++) {
      frame.rt.charge(cost);
      const turn = new Frame(frame.rt, scope.initial.slice(), frame);
      bind(turn, list[i]);
      const signal = body(turn);
      if (signal === BREAK) break;
      if (signal === RETURN) return RETURN;
    }
    return NORMAL;
  };
}

function whileLoop(test: Code, body: Step, cost: number, testsFirst: boolean): Step {
  return (frame) => {
    let skip = !testsFirst;
    while (skip || test(frame)) {
      skip = false;
      frame.rt.charge(cost);
      const signal = body(frame);
      if (signal === BREAK) break;
      if (signal === RETURN) return RETURN;
    }
    return NORMAL;
  };
}

/** Limits, refusals and a full host stack end the evaluation: no `catch` sees them. */
const isFinal = (error: unknown): boolean =>
  error instanceof ExpressionError || (error instanceof RangeError && /call stack/i.test(error.message));

const ERROR_NAMES = new Set(['TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'URIError']);

function caught(error: unknown): unknown {
  if (error instanceof Thrown) return error.value;
  if (!(error instanceof Error)) return undefined;
  return new ErrorValue(ERROR_NAMES.has(error.name) ? error.name : 'Error', error.message);
}

function tryStatement(node: TryStatement, outer: Lexical, unit: Unit): Step {
  const run = compileStatement(node.block, outer, unit);
  const scope = new Lexical(outer);
  const { handler } = node;
  if (handler?.param) for (const name of boundNames(handler.param)) scope.declare(name, 'let');
  const bind = handler?.param ? compilePattern(handler.param, scope, unit, true) : undefined;
  const recover = handler ? compileStatement(handler.body, scope, unit) : undefined;
  const last = node.finalizer ? compileStatement(node.finalizer, outer, unit) : undefined;
  return (frame) => {
    const { rt } = frame;
    const { calls, stack } = rt;
    let signal: Signal = NORMAL;
    let failure: { error: unknown } | undefined;
    const attempt = (step: () => Signal): void => {
      try {
        signal = step();
      } catch (error) {
        if (isFinal(error)) throw error;
        rt.charge(CATCH);
        rt.calls = calls;
        rt.stack = stack;
        failure = { error };
      }
    };
    attempt(() => run(frame));
    if (failure && recover) {
      const value = caught(failure.error);
      failure = undefined;
      attempt(() => {
        const inner = new Frame(rt, scope.initial.slice(), frame);
        bind?.(inner, value);
        return recover(inner);
      });
    }
    if (last) {
      const { result } = rt;
      const ended = last(frame);
      if (ended !== NORMAL) return ended;
      rt.result = result;
    }
    if (failure) throw (failure as { error: unknown }).error;
    return signal;
  };
}

function switchStatement(node: SwitchStatement, outer: Lexical, unit: Unit): Step {
  const scope = new Lexical(outer);
  for (const one of node.cases) declareAll(one.consequent, scope, false);
  const value = unit.expression(node.discriminant, outer);
  const cases = node.cases.map((one) => ({
    test: one.test ? unit.expression(one.test, scope) : undefined,
    run: compileBody(one.consequent, scope, unit),
  }));
  const fallback = cases.findIndex((one) => !one.test);
  return (frame) => {
    const wanted = value(frame);
    frame.rt.touch(wanted);
    const inner = new Frame(frame.rt, scope.initial.slice(), frame);
    let at = cases.findIndex((one) => one.test && one.test(inner) === wanted);
    if (at < 0) at = fallback;
    for (; at >= 0 && at < cases.length; at++) {
      const signal = cases[at]?.run(inner) ?? NORMAL;
      if (signal === BREAK) return NORMAL;
      if (signal !== NORMAL) return signal;
    }
    return NORMAL;
  };
}

function compileStatement(node: Statement, scope: Lexical, unit: Unit): Step {
  return unit.nested(() => oneStatement(node, scope, unit));
}

function oneStatement(node: Statement, scope: Lexical, unit: Unit): Step {
  switch (node.type) {
    case 'EmptyStatement':
      return () => NORMAL;
    case 'ExpressionStatement': {
      const run = unit.expression(node.expression, scope);
      return (frame) => {
        run(frame);
        return NORMAL;
      };
    }
    case 'VariableDeclaration':
      return declaration(node, scope, unit);
    case 'BlockStatement':
      return block(node.body, scope, unit);
    case 'IfStatement': {
      const test = unit.expression(node.test, scope);
      const then = compileStatement(node.consequent, scope, unit);
      const otherwise: Step = node.alternate ? compileStatement(node.alternate, scope, unit) : () => NORMAL;
      return (frame) => (test(frame) ? then(frame) : otherwise(frame));
    }
    case 'ForStatement':
      return forLoop(node, scope, unit);
    case 'ForOfStatement':
    case 'ForInStatement':
      return forEach(node, scope, unit);
    case 'WhileStatement':
    case 'DoWhileStatement': {
      const before = unit.nodes;
      const test = unit.expression(node.test, scope);
      const body = compileStatement(node.body, scope, unit);
      return whileLoop(test, body, 1 + ((unit.nodes - before) >> 4), node.type === 'WhileStatement');
    }
    case 'BreakStatement':
      return node.label ? unit.unsupported('A label', node) : () => BREAK;
    case 'ContinueStatement':
      return node.label ? unit.unsupported('A label', node) : () => CONTINUE;
    case 'ReturnStatement': {
      const value: Code = node.argument ? unit.expression(node.argument, scope) : () => undefined;
      return (frame) => {
        frame.rt.result = value(frame);
        return RETURN;
      };
    }
    case 'ThrowStatement': {
      const value = unit.expression(node.argument, scope);
      return (frame) => {
        throw new Thrown(value(frame));
      };
    }
    case 'TryStatement':
      return tryStatement(node, scope, unit);
    case 'SwitchStatement':
      return switchStatement(node, scope, unit);
    case 'FunctionDeclaration':
      return block([node], scope, unit);
    default:
      return unit.unsupported(`'${node.type}'`, node);
  }
}
