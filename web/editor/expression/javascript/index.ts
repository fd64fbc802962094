import { javascript } from '@codemirror/lang-javascript';
import type { Extension } from '@codemirror/state';
import { type Language, MAX_PLACES, programWithContext, type Surroundings } from '../program.ts';
import { contextOf, nodeNamed, SELF } from './context.ts';
import { membersOf, namesSeen, typeAt, type World } from './infer.ts';
import { typeText } from './type.ts';

const JAVASCRIPT: Language = {
  grammar: javascript(),
  names: new Set(['VariableName', 'VariableDefinition', 'PropertyName', 'this']),
  sigil: '$',
  contextOf: (expressions) => contextOf(expressions?.sample, expressions?.item ?? 0),
  typeText,
  read(text, expressions) {
    const world: World = {
      text,
      context: contextOf(expressions?.sample, expressions?.item ?? 0),
      self: SELF,
      node: (name) => nodeNamed(expressions?.sample, name),
      fuel: MAX_PLACES,
    };
    return { typeAt: (node) => typeAt(node, world), membersOf, namesSeen: (at) => namesSeen(at, world) };
  },
};

export const javascriptWithContext = (around: Surroundings): Extension => programWithContext(JAVASCRIPT, around);
