import { typeFault, type Thrown } from '../value/error-value.ts';

export type TokenKind =
  | 'name'
  | 'quoted'
  | 'number'
  | 'literal'
  | 'end'
  | '.'
  | '*'
  | ','
  | ':'
  | '{'
  | '}'
  | '['
  | '[]'
  | '[?'
  | ']'
  | '('
  | ')'
  | '@'
  | '&'
  | '&&'
  | '|'
  | '||'
  | '!'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>=';

export interface Token {
  kind: TokenKind;
  /** A name's text, a number's or a literal's value. */
  value: unknown;
  at: number;
}

export const invalid = (why: string): Thrown => typeFault(`The JMESPath query is not valid: ${why}`);

/** Longest first, so that `[?` is not read as `[`. */
const SYMBOLS: readonly TokenKind[] = [
  '[]', '[?', '&&', '||', '==', '!=', '<=', '>=', '.', '*', ',', ':', '{', '}', '[', ']', '(', ')', '@', '&', '|', '!',
  '<', '>',
]; // prettier-ignore

/** The text between two marks; a backslash takes the next character along. */
function delimited(text: string, from: number): { inner: string; end: number } {
  const mark = text[from];
  let end = from + 1;
  while (end < text.length && text[end] !== mark) end += text[end] === '\\' ? 2 : 1;
  if (end >= text.length) throw invalid(`${mark} at ${from} is not closed`);
  return { inner: text.slice(from + 1, end), end: end + 1 };
}

function json(text: string, at: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(`what stands at ${at} is not JSON`);
  }
}

/** Between back ticks: JSON, or else a text as it stands. */
function literal(inner: string, at: number): unknown {
  const text = inner.trimStart().replaceAll('\\`', '`');
  return /^(?:[[{"-]|\d|true$|false$|null$)/.test(text) ? json(text, at) : text;
}

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /-?\d+/y;

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Cuts a query into tokens; the last is `end`. */
export function tokens(text: string): Token[] {
  const out: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (' \t\n\r'.includes(char)) {
      at++;
      continue;
    }
    const name = match(NAME, text, at);
    const number = name === undefined ? match(NUMBER, text, at) : undefined;
    if (name !== undefined) {
      out.push({ kind: 'name', value: name, at });
      at += name.length;
    } else if (number !== undefined) {
      out.push({ kind: 'number', value: Number(number), at });
      at += number.length;
    } else if (char === '"' || char === "'" || char === '`') {
      const { inner, end } = delimited(text, at);
      if (char === '"') out.push({ kind: 'quoted', value: json(`"${inner}"`, at), at });
      else {
        const value = char === "'" ? inner.replaceAll("\\'", "'") : literal(inner, at);
        out.push({ kind: 'literal', value, at });
      }
      at = end;
    } else {
      const kind = SYMBOLS.find((symbol) => text.startsWith(symbol, at));
      if (!kind) throw invalid(`unexpected '${char}' at ${at}`);
      out.push({ kind, value: kind, at });
      at += kind.length;
    }
  }
  out.push({ kind: 'end', value: '', at });
  return out;
}
