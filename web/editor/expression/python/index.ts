import { python } from '@codemirror/lang-python';
import type { Extension } from '@codemirror/state';
import { nodeNamed } from '../javascript/context.ts';
import { type Language, MAX_PLACES, programWithContext, type Surroundings } from '../program.ts';
import { contextOf } from './context.ts';
import { membersOf, namesSeen, typeAt, type World } from './infer.ts';
import { typeText } from './library.ts';

const PYTHON: Language = {
  grammar: python(),
  names: new Set(['VariableName', 'PropertyName']),
  sigil: '_',
  contextOf: (expressions) => contextOf(expressions?.sample, expressions?.item ?? 0),
  typeText,
  read(text, expressions) {
    const world: World = {
      text,
      context: contextOf(expressions?.sample, expressions?.item ?? 0),
      node: (name) => nodeNamed(expressions?.sample, name),
      fuel: MAX_PLACES,
    };
    return { typeAt: (node) => typeAt(node, world), membersOf, namesSeen: (at) => namesSeen(at, world) };
  },
};

export const pythonWithContext = (around: Surroundings): Extension => programWithContext(PYTHON, around);
