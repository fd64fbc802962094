import type {
  AssignmentExpression,
  Expression,
  ObjectExpression,
  Super,
  TemplateLiteral,
  UnaryExpression,
  UpdateExpression,
} from 'acorn';
import type { Code, Frame } from '../runtime.ts';
import { toNum, toStr } from '../value/coerce.ts';
import { deleteMember, getMember, setMember } from '../value/member.ts';
import { define, type PlainObject } from '../value/plain.ts';
import { compileRegex } from '../value/regex.ts';
import { assignInto } from '../builtins/object-statics.ts';
import { compileBinary, operator } from './binary.ts';
import { compileKey, compileList } from './parts.ts';
import { compileCall, compileNew } from './call.ts';
import type { Lexical } from './lexical.ts';
import { compileMember, SHORT } from './member.ts';
import { add, typeName } from './operators.ts';
import { compilePattern } from './pattern.ts';
import type { Unit } from './unit.ts';
import { isUnknown, readVariable, writeVariable } from './variable.ts';

function objectLiteral(node: ObjectExpression, scope: Lexical, unit: Unit): Code {
  const steps = node.properties.map((field): ((frame: Frame, out: PlainObject) => void) => {
    if (field.type === 'SpreadElement') {
      const source = unit.expression(field.argument, scope);
      return (frame, out) => {
        assignInto(frame.rt, out, [source(frame)]);
      };
    }
    if (field.kind !== 'init') return unit.unsupported('A getter or setter', field);
    const value = unit.expression(field.value, scope);
    if (!field.computed && field.key.type === 'Identifier' && field.key.name !== '__proto__') {
      const { name } = field.key;
      return (frame, out) => {
        out[name] = value(frame);
      };
    }
    const key = compileKey(field, scope, unit);
    return (frame, out) => define(out, key(frame), value(frame));
  });
  return (frame) => {
    const out: PlainObject = {};
    for (const step of steps) step(frame, out);
    return out;
  };
}

function template(node: TemplateLiteral, scope: Lexical, unit: Unit): Code {
  const texts = node.quasis.map((quasi) => quasi.value.cooked ?? '');
  const parts = node.expressions.map((part) => unit.expression(part, scope));
  return (frame) => {
    let out = texts[0] ?? '';
    for (let i = 0; i < parts.length; i++) {
      const value = parts[i]?.(frame);
      out = add(frame.rt, out, toStr(frame.rt, value)) + (texts[i + 1] ?? '');
    }
    return out;
  };
}

function unary(node: UnaryExpression, scope: Lexical, unit: Unit): Code {
  const { argument } = node;
  if (node.operator === 'delete') {
    const target = argument.type === 'ChainExpression' ? argument.expression : argument;
    if (target.type !== 'MemberExpression') return unit.unsupported('delete of this', node);
    const object = unit.expression(target.object as Expression, scope);
    const key = compileKey({ key: target.property, computed: target.computed }, scope, unit);
    return (frame) => {
      const self = object(frame);
      return self === null || self === undefined ? true : deleteMember(frame.rt, self, key(frame));
    };
  }
  const value = unit.expression(argument, scope);
  switch (node.operator) {
    case '!':
      return (frame) => !value(frame);
    case '-':
      return (frame) => -toNum(frame.rt, value(frame));
    case '+':
      return (frame) => toNum(frame.rt, value(frame));
    case '~':
      return (frame) => ~toNum(frame.rt, value(frame));
    case 'void':
      return (frame) => void value(frame);
    case 'typeof':
      if (argument.type === 'Identifier') {
        const { name } = argument;
        return (frame) => (isUnknown(name, scope, frame.rt) ? 'undefined' : typeName(value(frame)));
      }
      return (frame) => typeName(value(frame));
    default:
      return unit.unsupported('This operator', node);
  }
}

/** A place that can be read and written: `x += 1`, `o.n++`. */
function place(
  node: Expression,
  scope: Lexical,
  unit: Unit,
): (frame: Frame, change: (old: unknown) => unknown) => void {
  if (node.type === 'Identifier') {
    const read = readVariable(node.name, scope, unit);
    const write = writeVariable(node.name, scope, false);
    return (frame, change) => write(frame, change(read(frame)));
  }
  if (node.type !== 'MemberExpression') return unit.unsupported('Assigning to this', node);
  const object = unit.expression(node.object as Expression, scope);
  const key = compileKey({ key: node.property, computed: node.computed }, scope, unit);
  return (frame, change) => {
    const self = object(frame);
    const name = key(frame);
    setMember(frame.rt, self, name, change(getMember(frame.rt, self, name)));
  };
}

function assignment(node: AssignmentExpression, scope: Lexical, unit: Unit): Code {
  const value = unit.expression(node.right, scope);
  if (node.operator === '=') {
    const bind = compilePattern(node.left, scope, unit, false);
    return (frame) => {
      const result = value(frame);
      bind(frame, result);
      return result;
    };
  }
  const at = place(node.left as Expression, scope, unit);
  const name = node.operator.slice(0, -1);
  const logical = new Map<string, (old: unknown) => boolean>([
    ['||', (old) => !old],
    ['&&', (old) => Boolean(old)],
    ['??', (old) => old === null || old === undefined],
  ]).get(name);
  const run = logical ? undefined : operator(name, node, unit);
  return (frame) => {
    let result: unknown;
    at(frame, (old) => {
      if (run) result = run(frame.rt, old, value(frame));
      else result = logical?.(old) ? value(frame) : old;
      return result;
    });
    return result;
  };
}

function update(node: UpdateExpression, scope: Lexical, unit: Unit): Code {
  const at = place(node.argument, scope, unit);
  const by = node.operator === '++' ? 1 : -1;
  return (frame) => {
    let result = 0;
    at(frame, (old) => {
      const before = toNum(frame.rt, old);
      result = node.prefix ? before + by : before;
      return before + by;
    });
    return result;
  };
}

/** One expression; the parts of it are compiled through `unit`. */
export function compileExpression(node: Expression | Super, scope: Lexical, unit: Unit): Code {
  switch (node.type) {
    case 'Literal': {
      if (node.regex) {
        const regex = compileRegex(node.regex.pattern, node.regex.flags);
        return () => regex.fresh();
      }
      const { value } = node;
      return typeof value === 'bigint' ? unit.unsupported('A BigInt', node) : () => value;
    }
    case 'Identifier':
      return readVariable(node.name, scope, unit);
    case 'ThisExpression':
      return () => undefined;
    case 'ParenthesizedExpression':
      return unit.expression(node.expression, scope);
    case 'TemplateLiteral':
      return template(node, scope, unit);
    case 'ArrayExpression':
      return compileList(node.elements, scope, unit);
    case 'ObjectExpression':
      return objectLiteral(node, scope, unit);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return unit.fn(node, scope);
    case 'UnaryExpression':
      return unary(node, scope, unit);
    case 'UpdateExpression':
      return update(node, scope, unit);
    case 'BinaryExpression':
      return compileBinary(node, scope, unit);
    case 'AssignmentExpression':
      return assignment(node, scope, unit);
    case 'LogicalExpression': {
      const left = unit.expression(node.left, scope);
      const right = unit.expression(node.right, scope);
      if (node.operator === '||') return (frame) => left(frame) || right(frame);
      if (node.operator === '&&') return (frame) => left(frame) && right(frame);
      return (frame) => left(frame) ?? right(frame);
    }
    case 'ConditionalExpression': {
      const test = unit.expression(node.test, scope);
      const then = unit.expression(node.consequent, scope);
      const otherwise = unit.expression(node.alternate, scope);
      return (frame) => (test(frame) ? then(frame) : otherwise(frame));
    }
    case 'SequenceExpression': {
      const parts = node.expressions.map((part) => unit.expression(part, scope));
      return (frame) => {
        let value: unknown;
        for (const part of parts) value = part(frame);
        return value;
      };
    }
    case 'ChainExpression': {
      const inner = unit.expression(node.expression, scope);
      return (frame) => {
        const value = inner(frame);
        return value === SHORT ? undefined : value;
      };
    }
    case 'MemberExpression':
      return compileMember(node, scope, unit);
    case 'CallExpression':
      return compileCall(node, scope, unit);
    case 'NewExpression':
      return compileNew(node, scope, unit);
    default:
      return unit.unsupported(`'${node.type}'`, node);
  }
}
