import { parse as acorn, type Program } from 'acorn';
import { ExpressionError } from './error.ts';
import { MAX_SOURCE } from './limits.ts';

export interface Parsed {
  program: Program;
  /** Added to acorn's offsets to give offsets in the parameter text. */
  offset: number;
}

/** Opens a node's name: `$('`, `$items("`, `$node['`. */
const NAME_OPENS = /(?:\$|\$items)\(\s*(['"])|\$node\[\s*(['"])/g;

/**
 * `$('Get Today's Idea')`: files hold names with quotes that nobody escaped. The name ends at the first such quote that
 * a bracket follows; the ones before it are escaped. Undefined when there is nothing to escape.
 */
function escapeNames(code: string): string | undefined {
  let out = '';
  let from = 0;
  for (const open of code.matchAll(NAME_OPENS)) {
    if (open.index < from) continue;
    const quote = open[1] ?? open[2] ?? '';
    const start = open.index + open[0].length;
    const end = code.indexOf(quote + (open[1] === undefined ? ']' : ')'), start);
    if (end < 0) continue;
    const name = code.slice(start, end);
    if (!name.includes(quote) || name.includes('\n') || name.includes('\\')) continue;
    out += code.slice(from, start) + name.replaceAll(quote, `\\${quote}`);
    from = end;
  }
  return out === '' ? undefined : out + code.slice(from);
}

/** Parses one `{{ }}` segment. Throws ExpressionError('syntax' | 'limit'). */
export function parseSegment(code: string, start: number): Parsed {
  try {
    return parseWritten(code, start);
  } catch (error) {
    const escaped = error instanceof ExpressionError && error.code === 'syntax' ? escapeNames(code) : undefined;
    if (escaped === undefined) throw error;
    try {
      return parseWritten(escaped, start);
    } catch {
      throw error;
    }
  }
}

function parseWritten(code: string, start: number): Parsed {
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
