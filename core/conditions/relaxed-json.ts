import type { Json, JsonObject } from '../data/item.ts';
import { putOwn } from '../data/path.ts';

const MAX_DEPTH = 200;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' };

/**
 * Parses JSON, and what people type for it: single quotes, bare keys, trailing commas, comments, `undefined`.
 * Returns undefined when the text is neither. Never evaluates anything.
 */
export function parseRelaxed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    try {
      return new Reader(text).document();
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Json {
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) throw new SyntaxError('trailing text');
    return value;
  }

  #space(): void {
    const gap = /(?:[\s\uFEFF]|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
    gap.lastIndex = this.#at;
    gap.exec(this.#text);
    this.#at = gap.lastIndex;
  }

  #take(char: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #value(depth: number): Json {
    if (depth > MAX_DEPTH) throw new SyntaxError('too deep');
    this.#space();
    const char = this.#text[this.#at];
    if (char === '{') return this.#object(depth);
    if (char === '[') return this.#array(depth);
    if (char === '"' || char === "'") return this.#string(char);
    const number = this.#match(/[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y);
    if (number !== undefined) return Number(number);
    switch (this.#match(/[a-zA-Z]+/y)) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'null':
      case 'undefined':
      case 'NaN':
        return null;
      default:
        throw new SyntaxError('value expected');
    }
  }

  #object(depth: number): JsonObject {
    this.#at++;
    const made: JsonObject = {};
    while (!this.#take('}')) {
      this.#space();
      const char = this.#text[this.#at];
      const key = char === '"' || char === "'" ? this.#string(char) : this.#match(/[\p{L}\p{N}_$][\p{L}\p{N}_$-]*/uy);
      if (key === undefined || !this.#take(':')) throw new SyntaxError('key expected');
      putOwn(made, key, this.#value(depth + 1));
      if (!this.#take(',') && !this.#peek('}')) throw new SyntaxError('comma expected');
    }
    return made;
  }

  #array(depth: number): Json[] {
    this.#at++;
    const made: Json[] = [];
    while (!this.#take(']')) {
      made.push(this.#value(depth + 1));
      if (!this.#take(',') && !this.#peek(']')) throw new SyntaxError('comma expected');
    }
    return made;
  }

  #peek(char: string): boolean {
    this.#space();
    return this.#text[this.#at] === char;
  }

  #string(quote: string): string {
    this.#at++;
    let made = '';
    for (;;) {
      const char = this.#text[this.#at++];
      if (char === undefined) throw new SyntaxError('string not closed');
      if (char === quote) return made;
      if (char !== '\\') {
        made += char;
        continue;
      }
      const escaped = this.#text[this.#at++] ?? '';
      if (escaped === 'u') {
        const code = this.#match(/[\da-fA-F]{4}/y);
        if (code === undefined) throw new SyntaxError('bad escape');
        made += String.fromCharCode(Number.parseInt(code, 16));
      } else {
        made += Object.hasOwn(ESCAPES, escaped) ? ESCAPES[escaped] : escaped;
      }
    }
  }
}
