/** Why a text is refused, with where. `line` and `column` count from 1. */
interface JsonFault {
  code: 'json-invalid' | 'json-too-deep' | 'json-too-large' | 'json-duplicate-key';
  message: string;
  offset: number;
  line: number;
  column: number;
  pointer?: string;
}

export interface JsonRules {
  maxDepth: number;
  /** Keys of all objects together; each costs far more memory than its bytes. Absent: any number. */
  maxKeys?: number;
  /** Characters of one text, a key included. Absent: any number. */
  maxChars?: number;
  duplicateKeys: 'refused' | 'last-wins';
}

const SCALAR = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SPACE = /[ \t\n\r]*/y;

interface Frame {
  kind: '[' | '{';
  keys: Set<string> | null;
  key: string | number;
}

/**
 * Checks JSON text without recursion, so that depth is judged before any parser meets it, an error has a position
 * (V8 gives none for some), and a repeated key is not silently dropped. Returns undefined when all is well.
 */
export function faultInJson(text: string, rules: JsonRules): JsonFault | undefined {
  const stack: Frame[] = [];
  const { maxKeys = Infinity, maxChars = Infinity } = rules;
  let keyCount = 0;
  let at = 0;
  let expect: 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'after' = 'value';
  const space = (): void => {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    at = SPACE.lastIndex;
  };
  const fail = (code: JsonFault['code'], message: string, pointer?: string): JsonFault => {
    const before = text.slice(0, at);
    const line = before.split('\n').length;
    const column = at - (before.lastIndexOf('\n') + 1) + 1;
    return { code, message, offset: at, line, column, ...(pointer === undefined ? {} : { pointer }) };
  };
  for (;;) {
    space();
    const char = text[at];
    const top = stack.at(-1);
    if (expect === 'after') {
      if (!top) {
        return at === text.length ? undefined : fail('json-invalid', `Unexpected ${show(char)} after the value`);
      }
      if (char === ',') {
        expect = top.kind === '{' ? 'key' : 'value';
        if (typeof top.key === 'number') top.key++;
      } else if (char === (top.kind === '{' ? '}' : ']')) stack.pop();
      else return fail('json-invalid', `Expected "," or "${top.kind === '{' ? '}' : ']'}", found ${show(char)}`);
      at++;
      continue;
    }
    if ((expect === 'key-or-end' && char === '}') || (expect === 'value-or-end' && char === ']')) {
      stack.pop();
      at++;
      expect = 'after';
      continue;
    }
    if (expect === 'key' || expect === 'key-or-end') {
      const end = stringEnd(text, at);
      if (end < 0 || !top) return fail('json-invalid', `Expected a key in double quotes, found ${show(char)}`);
      if (++keyCount > maxKeys) return fail('json-too-large', `More than ${maxKeys} keys`, pointerOf(stack));
      if (end - at > maxChars) return fail('json-too-large', `A key of more than ${maxChars} characters`);
      const raw = text.slice(at, end);
      const key: string = raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
      top.key = key;
      if (top.keys?.has(key)) return fail('json-duplicate-key', 'This key appears twice', pointerOf(stack));
      top.keys?.add(key);
      at = end;
      space();
      if (text[at] !== ':') return fail('json-invalid', `Expected ":" after the key, found ${show(text[at])}`);
      at++;
      expect = 'value';
      continue;
    }
    if (char === '{' || char === '[') {
      if (stack.length >= rules.maxDepth) return fail('json-too-deep', `More than ${rules.maxDepth} levels`);
      const keys = char === '{' && rules.duplicateKeys === 'refused' ? new Set<string>() : null;
      stack.push({ kind: char, keys, key: char === '[' ? 0 : '' });
      at++;
      expect = char === '{' ? 'key-or-end' : 'value-or-end';
      continue;
    }
    const end = char === '"' ? stringEnd(text, at) : matchEnd(SCALAR, text, at);
    if (end < 0) return fail('json-invalid', `Expected a value, found ${show(char)}`);
    if (end - at > maxChars) {
      return fail('json-too-large', `A text of more than ${maxChars} characters`, pointerOf(stack));
    }
    at = end;
    expect = 'after';
  }
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** A loop, not one expression: a backtracking matcher overflows its stack on a string of some megabytes. */
function stringEnd(text: string, start: number): number {
  if (text[start] !== '"') return -1;
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) return at + 1;
    if (code < 32) return -1;
    if (code !== 92) continue;
    const end = matchEnd(ESCAPE, text, at);
    if (end < 0) return -1;
    at = end - 1;
  }
  return -1;
}

const show = (char: string | undefined): string => (char === undefined ? 'the end' : JSON.stringify(char));

const pointerOf = (stack: readonly Frame[]): string =>
  stack.map(({ key }) => `/${escapePointer(String(key))}`).join('');

/** RFC 6901. */
export const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
