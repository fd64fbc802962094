import type { ArrayExpression, Expression, PrivateIdentifier } from 'acorn';
import type { Code, Frame } from '../runtime.ts';
import { toKey } from '../value/coerce.ts';
import { iterate } from '../value/iterate.ts';
import type { Lexical } from './lexical.ts';
import type { Unit } from './unit.ts';

/** A property's name: fixed, or computed and made a string at once. */
export function compileKey(
  field: { key: Expression | PrivateIdentifier; computed: boolean },
  scope: Lexical,
  unit: Unit,
): (frame: Frame) => string {
  const { key, computed } = field;
  if (key.type === 'PrivateIdentifier') return unit.unsupported('A private name', key);
  if (!computed && key.type === 'Identifier') return () => key.name;
  if (key.type === 'Literal') {
    const name = String(key.value);
    return () => name;
  }
  const value = unit.expression(key, scope);
  return (frame) => toKey(frame.rt, value(frame));
}

/** List elements and call arguments, spread included. */
export function compileList(
  elements: ArrayExpression['elements'],
  scope: Lexical,
  unit: Unit,
): (frame: Frame) => unknown[] {
  const codes = elements.map((element): Code => {
    if (!element) return () => undefined;
    return unit.expression(element.type === 'SpreadElement' ? element.argument : element, scope);
  });
  if (elements.some((element) => element?.type === 'SpreadElement')) {
    const spread = elements.map((element) => element?.type === 'SpreadElement');
    return (frame) => {
      const out: unknown[] = [];
      codes.forEach((code, i) => {
        const value = code(frame);
        if (!spread[i]) return void out.push(value);
        const list = iterate(frame.rt, value);
        frame.rt.places(out.length + list.length);
        for (const inner of list) out.push(inner);
      });
      return out;
    };
  }
  const [first, second] = codes;
  if (!first) return () => [];
  if (codes.length === 1) return (frame) => [first(frame)];
  if (codes.length === 2 && second) return (frame) => [first(frame), second(frame)];
  return (frame) => codes.map((code) => code(frame));
}
