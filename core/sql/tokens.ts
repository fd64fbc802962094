import { SqlError } from './error.ts';

/** A word as written, or a name in quotes (`"a"`, `[a]`, backticks); `text` is without them. */
export type Token =
  | { kind: 'word' | 'name'; text: string; at: number }
  | { kind: 'string' | 'number' | 'mark'; text: string; at: number };

const PATTERNS: readonly [Token['kind'] | 'space', RegExp][] = [
  ['space', /(?:\s|--[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)+/y],
  ['string', /'(?:[^']|'')*'/y],
  ['name', /"(?:[^"]|"")+"|`(?:[^`]|``)+`|\[[^\]]+\]/y],
  ['number', /0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['word', /[\p{L}_$][\p{L}\p{N}_$]*/uy],
  ['mark', /<>|<=|>=|!=|==|\|\||->>|->|<<|>>|[(),.;*+\-/%<>=&|~]/y],
];

/** SQL taken apart. Parameters (`?`, `:a`, `@a`) and anything else unknown are refused. */
export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    const found = match(sql, at);
    if (!found) throw new SqlError(`The query cannot be read at ${JSON.stringify(sql.slice(at, at + 20))}.`);
    if (found.kind !== 'space') tokens.push({ kind: found.kind, text: plain(found), at } as Token);
    at += found.text.length;
  }
  return tokens;
}

function match(sql: string, at: number): { kind: Token['kind'] | 'space'; text: string } | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const text = pattern.exec(sql)?.[0];
    if (text !== undefined) return { kind, text };
  }
  return undefined;
}

function plain({ kind, text }: { kind: string; text: string }): string {
  if (kind !== 'name') return text;
  const inner = text.slice(1, -1);
  const quote = text[0] ?? '';
  return quote === '[' ? inner : inner.replaceAll(quote + quote, quote);
}
