import type { ArrowFunctionExpression, Expression, Function as FunctionNode, Super } from 'acorn';
import { ExpressionError } from '../error.ts';
import { MAX_DEPTH } from '../limits.ts';
import type { Code } from '../runtime.ts';
import type { Lexical } from './lexical.ts';

type FunctionSyntax = FunctionNode | ArrowFunctionExpression;

/** The two compilers every kind of syntax needs; given by the program so that modules do not import in a circle. */
interface Compilers {
  expression(node: Expression | Super, scope: Lexical, unit: Unit): Code;
  fn(node: FunctionSyntax, scope: Lexical, unit: Unit): Code;
}

/** What the compiler of one segment keeps track of. */
export class Unit {
  /** True when the expression writes into objects (see `Runtime.thaw`). */
  readonly mutable: boolean;
  /** Added to acorn's offsets to give offsets in the parameter text. */
  readonly offset: number;
  /** Syntax nodes compiled so far: the price of running a loop body or a function once. */
  nodes = 0;
  /** Functions compiled so far. */
  functions = 0;
  depth = 0;
  deepest = 0;

  readonly #compilers: Compilers;

  constructor(compilers: Compilers, mutable: boolean, offset: number) {
    this.#compilers = compilers;
    this.mutable = mutable;
    this.offset = offset;
  }

  /** Runs `compile` one level of syntax deeper. */
  nested<T>(compile: () => T): T {
    this.nodes++;
    if (++this.depth > MAX_DEPTH) throw new ExpressionError('limit', 'The expression is nested too deeply');
    if (this.depth > this.deepest) this.deepest = this.depth;
    const made = compile();
    this.depth--;
    return made;
  }

  expression(node: Expression | Super, scope: Lexical): Code {
    return this.nested(() => this.#compilers.expression(node, scope, this));
  }

  fn(node: FunctionSyntax, scope: Lexical): Code {
    return this.nested(() => this.#compilers.fn(node, scope, this));
  }

  unsupported(what: string, node: { start: number }): never {
    throw new ExpressionError('unsupported', `${what} cannot be used in expressions`, node.start + this.offset);
  }
}
