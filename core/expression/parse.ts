import { parse as acorn, type Program } from 'acorn';
import { ExpressionError } from './error.ts';
import { MAX_SOURCE } from './limits.ts';

export interface Parsed {
  program: Program;
  /** Added to acorn's offsets to give offsets in the parameter text. */
  offset: number;
}

/** Parses one `{{ }}` segment. Throws ExpressionError('syntax' | 'limit'). */
export function parseSegment(code: string, start: number): Parsed {
  if (code.length > MAX_SOURCE) throw new ExpressionError('limit', 'The expression is too long', start);
  // An object literal at the start would otherwise be read as a block.
  const wrapped = code.trimStart().startsWith('{');
  const source = wrapped ? `(${code.replace(/;\s*$/, '')}\n)` : code;
  const offset = wrapped ? start - 1 : start;
  try {
    return { program: acorn(source, { ecmaVersion: 2024, sourceType: 'script' }), offset };
  } catch (error) {
    // acorn turns a full stack into a SyntaxError of its own.
    if (error instanceof RangeError || /stack space/.test(String(error))) {
      throw new ExpressionError('limit', 'The expression is nested too deeply', start);
    }
    const at = (error as { pos?: number }).pos ?? 0;
    const message = error instanceof Error ? error.message.replace(/ \(\d+:\d+\)$/, '') : 'invalid';
    throw new ExpressionError('syntax', `Syntax error: ${message}`, Math.max(start, offset + at));
  }
}
