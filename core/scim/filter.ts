import { bad } from './error.ts';

export type Comparison = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';
export type FilterValue = string | number | boolean | null;

export type Filter =
  | { readonly op: 'and' | 'or'; readonly terms: readonly Filter[] }
  | { readonly op: 'not'; readonly term: Filter }
  | { readonly op: 'has'; readonly path: string; readonly filter: Filter }
  | { readonly op: 'pr'; readonly path: string }
  | { readonly op: Comparison; readonly path: string; readonly value: FilterValue };

/** A path of a PATCH operation: `emails[type eq "work"].value`. */
interface PatchPath {
  readonly path: string;
  readonly filter?: Filter;
  readonly sub?: string;
}

const MAX_FILTER_CHARS = 2_000;
const MAX_DEPTH = 20;
const MAX_COMPARISONS = 60;

const COMPARISONS: ReadonlySet<string> = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']);
const isComparison = (word: string): word is Comparison => COMPARISONS.has(word);

/** Attribute names, with or without the URN of their schema: letters, digits and `$ - _ : .` */
const PATH = /[A-Za-z$][\w$:.-]*/y;
const WORD = /[A-Za-z]+/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// oxlint-disable-next-line no-control-regex -- JSON texts have none of them
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/** Reads a filter (SCM1, SCM2). @throws ScimError `invalidFilter` or `tooMany`. */
export function parseFilter(text: string): Filter {
  const reader = new Reader(text, 'invalidFilter');
  const filter = reader.or(0);
  reader.end();
  return filter;
}

/** Reads the path of an operation. @throws ScimError `invalidPath` or `tooMany`. */
export function parsePatchPath(text: string): PatchPath {
  const reader = new Reader(text.trim(), 'invalidPath');
  const path = reader.path();
  if (!reader.take('[')) {
    reader.end();
    return { path };
  }
  const filter = reader.or(1);
  reader.expect(']');
  const sub = reader.take('.') ? reader.path() : undefined;
  reader.end();
  return sub === undefined ? { path, filter } : { path, filter, sub };
}

/** Recursive descent; every step moves on, so the time is linear in the text. */
class Reader {
  readonly #text: string;
  readonly #fault: 'invalidFilter' | 'invalidPath';
  #at = 0;
  #comparisons = 0;

  constructor(text: string, fault: 'invalidFilter' | 'invalidPath') {
    if (text.length > MAX_FILTER_CHARS) throw bad('tooMany', `At most ${MAX_FILTER_CHARS} characters`);
    this.#text = text;
    this.#fault = fault;
  }

  or(depth: number): Filter {
    return this.#joined('or', depth, () => this.#joined('and', depth, () => this.#term(depth)));
  }

  path(): string {
    return this.#match(PATH) ?? this.#refuse('an attribute');
  }

  take(char: string): boolean {
    this.#blanks();
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  expect(char: string): void {
    if (!this.take(char)) this.#refuse(`"${char}"`);
  }

  end(): void {
    this.#blanks();
    if (this.#at < this.#text.length) this.#refuse('the end');
  }

  #joined(op: 'and' | 'or', depth: number, next: () => Filter): Filter {
    if (depth > MAX_DEPTH) throw bad('tooMany', `At most ${MAX_DEPTH} levels`);
    const terms = [next()];
    while (this.#word(op)) terms.push(next());
    const [only] = terms;
    return only && terms.length === 1 ? only : { op, terms };
  }

  #term(depth: number): Filter {
    if (this.take('(')) return this.#bracketed(depth);
    const path = this.path();
    if (path.toLowerCase() === 'not' && this.take('(')) return { op: 'not', term: this.#bracketed(depth) };
    if (this.take('[')) {
      const filter = this.or(depth + 1);
      this.expect(']');
      return { op: 'has', path, filter };
    }
    if (++this.#comparisons > MAX_COMPARISONS) throw bad('tooMany', `At most ${MAX_COMPARISONS} comparisons`);
    const op = this.#match(WORD)?.toLowerCase() ?? '';
    if (op === 'pr') return { op, path };
    if (!isComparison(op)) return this.#refuse('one of eq, ne, co, sw, ew, gt, ge, lt, le, pr');
    return { op, path, value: this.#value() };
  }

  #bracketed(depth: number): Filter {
    const filter = this.or(depth + 1);
    this.expect(')');
    return filter;
  }

  #value(): FilterValue {
    const text = this.#match(STRING) ?? this.#match(NUMBER);
    if (text !== undefined) return JSON.parse(text) as string | number;
    const word = this.#match(WORD)?.toLowerCase();
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    return this.#refuse('a value: "text", a number, true, false or null');
  }

  /** A whole word, not the beginning of a name. */
  #word(wanted: string): boolean {
    const before = this.#at;
    if (this.#match(WORD)?.toLowerCase() === wanted && !/[\w$:.-]/.test(this.#text[this.#at] ?? ' ')) return true;
    this.#at = before;
    return false;
  }

  #match(pattern: RegExp): string | undefined {
    this.#blanks();
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #blanks(): void {
    while (this.#text[this.#at] === ' ') this.#at++;
  }

  #refuse(wanted: string): never {
    throw bad(this.#fault, `Expected ${wanted} at character ${this.#at + 1}`);
  }
}
