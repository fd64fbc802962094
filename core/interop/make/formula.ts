import { literal, readCode, template } from '../reference.ts';
import { CONSTANTS, FUNCTIONS } from './functions.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Where a module's output lies here: the node, and where in its item the fields begin. */
export interface Source {
  node: string;
  /** First field of a path → where it lies here; `*` for all others. */
  fields: Readonly<Record<string, readonly string[]>>;
}

/** Binding strength of operators, and how they are written here. */
const OPERATORS: Readonly<Record<string, readonly [strength: number, ours: string]>> = {
  '|': [1, '||'],
  '||': [1, '||'],
  '&': [2, '&&'],
  '&&': [2, '&&'],
  '=': [3, '==='],
  '!=': [3, '!=='],
  '<': [4, '<'],
  '<=': [4, '<='],
  '>': [4, '>'],
  '>=': [4, '>='],
  '+': [5, '+'],
  '-': [5, '-'],
  '*': [6, '*'],
  '/': [6, '/'],
  '%': [6, '%'],
};

const MAX_DEPTH = 100;

/** One formula as code of ours; undefined when it uses what has no counterpart here. */
class Reader {
  private at = 0;
  private depth = 0;
  private readonly tokens: readonly Token[];
  private readonly sources: ReadonlyMap<string, Source>;

  constructor(tokens: readonly Token[], sources: ReadonlyMap<string, Source>) {
    this.tokens = tokens;
    this.sources = sources;
  }

  whole(): string | undefined {
    const code = this.operation(0);
    return this.at === this.tokens.length ? code : undefined;
  }

  private sign(value: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== 'sign' || token.value !== value) return false;
    this.at++;
    return true;
  }

  private operation(least: number): string | undefined {
    if (++this.depth > MAX_DEPTH) return undefined;
    let left = this.value();
    for (;;) {
      const token = this.tokens[this.at];
      const operator =
        token?.kind === 'sign' && Object.hasOwn(OPERATORS, token.value) ? OPERATORS[token.value] : undefined;
      if (left === undefined || !operator || operator[0] < least) break;
      this.at++;
      const right = this.operation(operator[0] + 1);
      left = right === undefined ? undefined : `(${left} ${operator[1]} ${right})`;
    }
    this.depth--;
    return left;
  }

  private value(): string | undefined {
    const token = this.tokens[this.at++];
    if (!token) return undefined;
    if (token.kind === 'module') return this.path(token.id);
    if (token.kind === 'number') return token.value;
    if (token.kind === 'text') return literal(token.value);
    if (token.kind === 'name') {
      return this.sign('(') ? this.call(token.value) : CONSTANTS.get(token.value);
    }
    if (token.value === '-') {
      const inner = this.value();
      return inner === undefined ? undefined : `-${inner}`;
    }
    if (token.value !== '(') return undefined;
    const inner = this.operation(0);
    return inner !== undefined && this.sign(')') ? `(${inner})` : undefined;
  }

  private call(name: string): string | undefined {
    const args: string[] = [];
    while (!this.sign(')')) {
      const arg = this.operation(0);
      if (arg === undefined) return undefined;
      args.push(arg);
      if (!this.sign(';') && this.tokens[this.at]?.kind !== 'sign') return undefined;
    }
    return FUNCTIONS.get(name)?.(args);
  }

  /** `2.items[].name`: without a number `[]` is the first, and numbers count from 1. */
  private path(module: string): string | undefined {
    const source = this.sources.get(module);
    if (!source) return undefined;
    const keys: (string | number)[] = [];
    do {
      const token = this.tokens[this.at++];
      if (token?.kind !== 'name' && token?.kind !== 'number') return undefined;
      keys.push(token.value);
      while (this.sign('[')) {
        const index = this.tokens[this.at];
        if (index?.kind === 'number') this.at++;
        if (!this.sign(']')) return undefined;
        keys.push(index?.kind === 'number' ? Math.max(0, Number(index.value) - 1) : 0);
      }
    } while (this.sign('.'));
    const first = String(keys[0]);
    const moved = Object.hasOwn(source.fields, first) ? source.fields[first] : source.fields['*'];
    const rest = Object.hasOwn(source.fields, first) ? keys.slice(1) : keys;
    return readCode(source.node, [...(moved ?? []), ...rest]);
  }
}

/** A text of a blueprint as one of our parameters. `isKept`: a formula in it has no counterpart and stays as text. */
export function translate(text: string, sources: ReadonlyMap<string, Source>): { value: string; isKept: boolean } {
  const parts: ({ text: string } | { code: string })[] = [];
  let isKept = false;
  for (const [index, piece] of text.split(/\{\{([\s\S]*?)\}\}/).entries()) {
    if (index % 2 === 0) {
      if (piece !== '') parts.push({ text: piece });
      continue;
    }
    const tokens = tokensOf(piece);
    const code = tokens && new Reader(tokens, sources).whole();
    if (code === undefined) {
      isKept = true;
      // As code, so that the braces of the text are not read as ours.
      parts.push({ code: literal(`{{${piece}}}`) });
    } else {
      parts.push({ code });
    }
  }
  return { value: template(parts), isKept };
}
