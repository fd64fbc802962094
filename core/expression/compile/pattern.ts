import type { AssignmentProperty, Pattern, Property, RestElement } from 'acorn';
import type { Code, Frame } from '../runtime.ts';
import { toKey } from '../value/coerce.ts';
import { typeFault } from '../value/error-value.ts';
import { iterate } from '../value/iterate.ts';
import { getMember, setMember } from '../value/member.ts';
import { define, isPlain, type PlainObject } from '../value/plain.ts';
import { compileKey } from './parts.ts';
import type { Lexical } from './lexical.ts';
import type { Unit } from './unit.ts';
import { writeVariable, type Write } from './variable.ts';

/** Names a pattern introduces. */
export function boundNames(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((field) =>
        field.type === 'RestElement' ? boundNames(field.argument) : boundNames(field.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? boundNames(element) : []));
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    default:
      return [];
  }
}

function objectPattern(
  fields: readonly (Property | AssignmentProperty | RestElement)[],
  scope: Lexical,
  unit: Unit,
  declares: boolean,
): Write {
  const steps: ((frame: Frame, value: unknown, taken: Set<string>) => void)[] = fields.map((field) => {
    if (field.type === 'RestElement') {
      const rest = compilePattern(field.argument, scope, unit, declares);
      return (frame, value, taken) => {
        const out: PlainObject = {};
        if (isPlain(value)) for (const key of Object.keys(value)) if (!taken.has(key)) define(out, key, value[key]);
        rest(frame, out);
      };
    }
    const key = compileKey(field, scope, unit);
    const bind = compilePattern(field.value as Pattern, scope, unit, declares);
    return (frame, value, taken) => {
      const name = key(frame);
      taken.add(name);
      bind(frame, getMember(frame.rt, value, name));
    };
  });
  return (frame, value) => {
    if (value === null || value === undefined) throw typeFault(`Cannot destructure '${String(value)}'`);
    const taken = new Set<string>();
    for (const step of steps) step(frame, value, taken);
  };
}

function arrayPattern(elements: readonly (Pattern | null)[], scope: Lexical, unit: Unit, declares: boolean): Write {
  const steps: Write[] = [];
  elements.forEach((element, i) => {
    if (!element) return;
    if (element.type === 'RestElement') {
      const rest = compilePattern(element.argument, scope, unit, declares);
      steps.push((frame, list) => {
        const left = (list as unknown[]).slice(i);
        frame.rt.places(left.length);
        rest(frame, left);
      });
    } else {
      const bind = compilePattern(element, scope, unit, declares);
      steps.push((frame, list) => bind(frame, (list as unknown[])[i]));
    }
  });
  return (frame, value) => {
    const list = iterate(frame.rt, value);
    for (const step of steps) step(frame, list);
  };
}

/** Binds a value to a name, a member or a destructuring pattern. */
export function compilePattern(pattern: Pattern, scope: Lexical, unit: Unit, declares: boolean): Write {
  return unit.nested((): Write => {
    switch (pattern.type) {
      case 'Identifier':
        return writeVariable(pattern.name, scope, declares);
      case 'ObjectPattern':
        return objectPattern(pattern.properties, scope, unit, declares);
      case 'ArrayPattern':
        return arrayPattern(pattern.elements, scope, unit, declares);
      case 'AssignmentPattern': {
        const fallback: Code = unit.expression(pattern.right, scope);
        const bind = compilePattern(pattern.left, scope, unit, declares);
        return (frame, value) => bind(frame, value === undefined ? fallback(frame) : value);
      }
      case 'MemberExpression': {
        const object = unit.expression(pattern.object, scope);
        const key = compileKey({ key: pattern.property, computed: pattern.computed }, scope, unit);
        return (frame, value) => setMember(frame.rt, object(frame), toKey(frame.rt, key(frame)), value);
      }
      default:
        return unit.unsupported('This pattern', pattern);
    }
  });
}
