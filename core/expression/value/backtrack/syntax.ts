/** A regular expression as a tree. Characters are tested one code point at a time. */
export type Pattern =
  | { type: 'char'; test: (code: number) => boolean }
  | { type: 'sequence'; parts: readonly Pattern[] }
  | { type: 'choice'; options: readonly Pattern[] }
  | { type: 'group'; index: number; body: Pattern }
  | {
      type: 'repeat';
      body: Pattern;
      min: number;
      max: number;
      lazy: boolean;
      groups: readonly [from: number, to: number];
    }
  | { type: 'look'; behind: boolean; negative: boolean; body: Pattern }
  | { type: 'back'; groups: readonly number[] }
  | { type: 'start' | 'end' | 'boundary' | 'inside' };

export interface Parsed {
  pattern: Pattern;
  /** Number of capturing groups. */
  groups: number;
  names: ReadonlyMap<string, number>;
}

export interface Flags {
  ignoreCase: boolean;
  multiline: boolean;
  dotAll: boolean;
}

class PatternError extends Error {}

type Test = (code: number) => boolean;

const between = (code: number, from: number, to: number): boolean => code >= from && code <= to;
const isDigit: Test = (code) => between(code, 48, 57);
export const isWord: Test = (code) => isDigit(code) || between(code, 65, 90) || between(code, 97, 122) || code === 95;
const SPACES = new Set(
  [9, 10, 11, 12, 13, 32, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff].concat(
    Array.from({ length: 11 }, (_, i) => 0x2000 + i),
  ),
);
const isSpace: Test = (code) => SPACES.has(code);
export const isLineEnd: Test = (code) => code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
const not =
  (test: Test): Test =>
  (code) =>
    !test(code);

const CLASSES: ReadonlyMap<string, Test> = new Map([
  ['d', isDigit],
  ['D', not(isDigit)],
  ['w', isWord],
  ['W', not(isWord)],
  ['s', isSpace],
  ['S', not(isSpace)],
]);
const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
  ['f', 12],
  ['0', 0],
]);

/** The same letter in the other case, for the flag i. */
export function folded(code: number): number {
  const upper = String.fromCodePoint(code).toUpperCase();
  const first = upper.codePointAt(0) ?? code;
  // What would become two letters, or ASCII from outside it, stays as it is.
  return String.fromCodePoint(first).length === upper.length && !(code > 127 && first < 128) ? first : code;
}

function lowered(code: number): number {
  const lower = String.fromCodePoint(code).toLowerCase();
  const first = lower.codePointAt(0) ?? code;
  return String.fromCodePoint(first).length === lower.length ? first : code;
}

const eitherCase =
  (test: Test): Test =>
  (code) =>
    test(code) || test(folded(code)) || test(lowered(code));

const MAX_SOURCE = 2_000;
const MAX_NESTING = 50;
const MAX_REPEAT = 10_000;

/** Reads JavaScript's syntax. Throws PatternError for what is not in it, or not supported: `\p{…}`, modifiers. */
class Parser {
  readonly #source: string;
  readonly #flags: Flags;
  #at = 0;
  #groups = 0;
  #depth = 0;
  readonly #names = new Map<string, number>();
  readonly #references: { name: string; into: number[] }[] = [];

  constructor(source: string, flags: Flags) {
    if (source.length > MAX_SOURCE) throw new PatternError('it is too long');
    this.#source = source;
    this.#flags = flags;
  }

  whole(): Parsed {
    const pattern = this.#choice();
    if (this.#at < this.#source.length) throw new PatternError(`unexpected '${this.#peek()}' at ${this.#at}`);
    for (const { name, into } of this.#references) {
      const index = /^\d+$/.test(name) ? Number(name) : this.#names.get(name);
      if (index === undefined || index > this.#groups) throw new PatternError(`there is no group ${name}`);
      into.push(index);
    }
    return { pattern, groups: this.#groups, names: this.#names };
  }

  #peek(): string {
    return this.#source[this.#at] ?? '';
  }

  #eat(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source) ?? undefined;
    if (found) this.#at = pattern.lastIndex;
    return found;
  }

  #choice(): Pattern {
    if (++this.#depth > MAX_NESTING) throw new PatternError('it is nested too deeply');
    const options: Pattern[] = [];
    do options.push(this.#sequence());
    while (this.#eat('|'));
    this.#depth--;
    const [only] = options;
    return options.length === 1 && only ? only : { type: 'choice', options };
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    while (this.#at < this.#source.length && this.#peek() !== '|' && this.#peek() !== ')') parts.push(this.#term());
    const [only] = parts;
    return parts.length === 1 && only ? only : { type: 'sequence', parts };
  }

  #term(): Pattern {
    const before = this.#groups;
    const body = this.#atom();
    const quantifier = this.#match(/(?:([*+?])|\{(\d+)(,(\d*))?\})(\?)?/y);
    if (!quantifier) return body;
    if (['start', 'end', 'boundary', 'inside'].includes(body.type)) throw new PatternError('nothing to repeat');
    const [, sign, low, comma, high, lazy] = quantifier;
    const min = sign === undefined ? Number(low) : sign === '+' ? 1 : 0;
    const open = sign === '*' || sign === '+' || (comma !== undefined && high === '');
    const max = open ? Infinity : sign === '?' ? 1 : comma === undefined ? min : Number(high);
    if (min > MAX_REPEAT || max < min) throw new PatternError('a repetition is out of range');
    return { type: 'repeat', body, min, max, lazy: lazy !== undefined, groups: [before + 1, this.#groups] };
  }

  #atom(): Pattern {
    const char = this.#peek();
    if (char === '(') return this.#group();
    if (char === '[') return this.#char(this.#class());
    if (char === '\\') return this.#escape();
    this.#at++;
    if (char === '^') return { type: 'start' };
    if (char === '$') return { type: 'end' };
    if (char === '.') return this.#char(this.#flags.dotAll ? () => true : not(isLineEnd));
    if ('*+?)'.includes(char)) throw new PatternError(`nothing to repeat at ${this.#at - 1}`);
    const code = this.#source.codePointAt(this.#at - 1) ?? 0;
    if (code > 0xffff) this.#at++;
    return this.#char((other) => other === code);
  }

  #char(test: Test): Pattern {
    return { type: 'char', test: this.#flags.ignoreCase ? eitherCase(test) : test };
  }

  #group(): Pattern {
    this.#at++;
    const look = this.#match(/\?(<?)([=!])/y);
    if (look) return { type: 'look', behind: look[1] === '<', negative: look[2] === '!', body: this.#closed() };
    if (this.#eat('?:')) return this.#closed();
    const name = this.#match(/\?<([A-Za-z_$][\w$]*)>/y)?.[1];
    if (name === undefined && this.#peek() === '?') throw new PatternError('this kind of group is not supported');
    const index = ++this.#groups;
    if (name !== undefined) {
      if (this.#names.has(name)) throw new PatternError(`two groups are called ${name}`);
      this.#names.set(name, index);
    }
    return { type: 'group', index, body: this.#closed() };
  }

  #closed(): Pattern {
    const body = this.#choice();
    if (!this.#eat(')')) throw new PatternError('a group is not closed');
    return body;
  }

  #escape(): Pattern {
    this.#at++;
    if (this.#eat('b')) return { type: 'boundary' };
    if (this.#eat('B')) return { type: 'inside' };
    const reference = this.#match(/([1-9]\d{0,2})|k<([^>]+)>/y);
    if (reference) {
      const groups: number[] = [];
      this.#references.push({ name: reference[1] ?? reference[2] ?? '', into: groups });
      return { type: 'back', groups };
    }
    return this.#char(this.#escaped());
  }

  /** What stands after a backslash, inside a class or outside. */
  #escaped(): Test {
    const char = this.#peek();
    const known = CLASSES.get(char);
    if (known) {
      this.#at++;
      return known;
    }
    const code = this.#code();
    return (other) => other === code;
  }

  #code(): number {
    const hex = this.#match(/x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|u\{([\dA-Fa-f]{1,6})\}/y);
    if (hex) return Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '', 16);
    const char = this.#peek();
    if (['', 'p', 'P', 'c'].includes(char)) throw new PatternError(`\\${char} is not supported`);
    const code = CONTROLS.get(char) ?? this.#source.codePointAt(this.#at) ?? 0;
    this.#at += code > 0xffff ? 2 : 1;
    return code;
  }

  #class(): Test {
    this.#at++;
    const isNegative = this.#eat('^');
    const tests: Test[] = [];
    while (!this.#eat(']')) {
      if (this.#at >= this.#source.length) throw new PatternError('a class is not closed');
      const from = this.#member();
      if (typeof from === 'number' && this.#peek() === '-' && this.#source[this.#at + 1] !== ']') {
        this.#at++;
        const to = this.#member();
        if (typeof to !== 'number' || to < from) throw new PatternError('a range of a class is out of order');
        tests.push((code) => between(code, from, to));
      } else tests.push(typeof from === 'number' ? (code) => code === from : from);
    }
    const test: Test = (code) => tests.some((one) => one(code));
    // The case is folded before the class is negated.
    const either = this.#flags.ignoreCase ? eitherCase(test) : test;
    return isNegative ? not(either) : either;
  }

  #member(): number | Test {
    if (!this.#eat('\\')) {
      const code = this.#source.codePointAt(this.#at) ?? 0;
      this.#at += code > 0xffff ? 2 : 1;
      return code;
    }
    if (this.#eat('b')) return 8;
    return CLASSES.has(this.#peek()) ? this.#escaped() : this.#code();
  }
}

export const parsePattern = (source: string, flags: Flags): Parsed => new Parser(source, flags).whole();
