import type { Program, Statement } from 'acorn';
import type { Code, Frame } from '../runtime.ts';
import { directPath, type Direct } from './direct.ts';
import { compileExpression } from './expression.ts';
import { compileFunction } from './function.ts';
import { Lexical } from './lexical.ts';
import { softPath } from './member.ts';
import { compileBody, declareAll } from './statement.ts';
import { mutates } from './syntax.ts';
import { Unit } from './unit.ts';

export interface Compiled {
  run: Code;
  initial: readonly unknown[];
  mutable: boolean;
  /** The whole segment without an evaluation, when it is a path into plain data. */
  direct: Direct | undefined;
}

/** A segment's value is that of its last expression statement. */
export function compileProgram(program: Program, offset: number): Compiled {
  const unit = new Unit({ expression: compileExpression, fn: compileFunction }, mutates(program), offset);
  const scope = new Lexical(undefined);
  const body = program.body as Statement[];
  const last = body.at(-1);
  declareAll(body, scope, true);
  const rest = last?.type === 'ExpressionStatement' ? body.slice(0, -1) : body;
  const value: Code =
    last?.type === 'ExpressionStatement'
      ? (softPath(last.expression, scope) ?? unit.expression(last.expression, scope))
      : () => undefined;
  const { initial } = scope;
  const { mutable } = unit;
  if (rest.length === 0) {
    const direct = last?.type === 'ExpressionStatement' ? directPath(last.expression, scope) : undefined;
    return { run: value, initial, mutable, direct };
  }
  const before = compileBody(rest, scope, unit);
  const run = (frame: Frame): unknown => {
    before(frame);
    return value(frame);
  };
  return { run, initial, mutable, direct: undefined };
}
