import type { CallExpression, Expression, MemberExpression, NewExpression } from 'acorn';
import { ownArrayMutators } from '../builtins/array-mutators.ts';
import { assignInto } from '../builtins/object-statics.ts';
import { ExpressionError } from '../error.ts';
import type { Code } from '../runtime.ts';
import { Callable, Namespace } from '../value/callable.ts';
import { typeFault } from '../value/error-value.ts';
import { callMethod, hasMethod } from '../value/member.ts';
import type { PlainObject } from '../value/plain.ts';
import { compileKey, compileList } from './parts.ts';
import type { Lexical } from './lexical.ts';
import { SHORT } from './member.ts';
import { assignsToLiteral, isFreshList, memberName } from './syntax.ts';
import type { Unit } from './unit.ts';

/** A method that changes its list, on a list just made: runs on a copy, which nobody can tell. */
function freshMutator(node: CallExpression, member: MemberExpression, scope: Lexical, unit: Unit): Code | undefined {
  const name = memberName(member);
  const run = name === undefined ? undefined : ownArrayMutators.get(name);
  if (!run || !isFreshList(member.object) || node.optional || member.optional) return undefined;
  const object = unit.expression(member.object as Expression, scope);
  const args = compileList(node.arguments, scope, unit);
  return (frame) => {
    const self = object(frame);
    const given = args(frame);
    if (!Array.isArray(self)) return callMethod(frame.rt, self, name ?? '', given);
    frame.rt.places(self.length);
    return run(frame.rt, self.slice(), given);
  };
}

function methodCall(node: CallExpression, member: MemberExpression, scope: Lexical, unit: Unit): Code {
  const object = unit.expression(member.object as Expression, scope);
  const fixed = memberName(member);
  const key = compileKey({ key: member.property, computed: member.computed }, scope, unit);
  const args = compileList(node.arguments, scope, unit);
  if (fixed !== undefined && !member.optional && !node.optional) {
    return (frame) => {
      const self = object(frame);
      if (self === SHORT) return SHORT;
      return callMethod(frame.rt, self, fixed, self === null || self === undefined ? [] : args(frame));
    };
  }
  const { optional } = member;
  const optionalCall = node.optional;
  return (frame) => {
    const self = object(frame);
    if (self === SHORT || (optional && (self === null || self === undefined))) return SHORT;
    const name = key(frame);
    const given = args(frame);
    if (!optionalCall) return callMethod(frame.rt, self, name, given);
    // `x.f?.()` only skips a missing f: what f does when called still counts.
    return hasMethod(frame.rt, self, name) ? callMethod(frame.rt, self, name, given) : SHORT;
  };
}

export function compileCall(node: CallExpression, scope: Lexical, unit: Unit): Code {
  const { callee } = node;
  if (callee.type === 'Super') return unit.unsupported('super', callee);
  if (callee.type === 'MemberExpression') {
    if (assignsToLiteral(node) && !scope.resolve('Object')) {
      const list = compileList(node.arguments, scope, unit);
      return (frame) => {
        const [target, ...sources] = list(frame);
        return assignInto(frame.rt, target as PlainObject, sources);
      };
    }
    return freshMutator(node, callee, scope, unit) ?? methodCall(node, callee, scope, unit);
  }
  const target = unit.expression(callee, scope);
  const args = compileList(node.arguments, scope, unit);
  const { optional } = node;
  return (frame) => {
    const fn = target(frame);
    if (fn instanceof Callable) {
      frame.rt.charge(1);
      return fn.invoke(frame.rt, args(frame));
    }
    if (fn === SHORT || (optional && (fn === null || fn === undefined))) return SHORT;
    throw typeFault('The value is not a function');
  };
}

export function compileNew(node: NewExpression, scope: Lexical, unit: Unit): Code {
  const target = unit.expression(node.callee, scope);
  const args = compileList(node.arguments, scope, unit);
  return (frame) => {
    const type = target(frame);
    frame.rt.charge(1);
    if (type instanceof Namespace && type.parts.construct) return type.parts.construct(frame.rt, args(frame));
    if (type instanceof Callable) {
      throw new ExpressionError('refused', `new ${type.name} is not available in expressions`);
    }
    throw typeFault('The value is not a constructor');
  };
}
