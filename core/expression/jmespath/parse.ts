import { ExpressionError } from '../error.ts';
import { MAX_DEPTH } from '../limits.ts';
import { call } from './functions.ts';
import { invalid, tokens, type Token, type TokenKind } from './lexer.ts';
import {
  compare,
  field,
  filter,
  flatten,
  hash,
  identity,
  index,
  isFalse,
  list,
  pipe,
  project,
  projectValues,
  Reference,
  slice,
  type Query,
} from './query.ts';

/** How tightly a token binds what stands left of it; the rest ends an expression. */
const POWER: ReadonlyMap<TokenKind, number> = new Map<TokenKind, number>([
  ['|', 1],
  ['||', 2],
  ['&&', 3],
  ['==', 5],
  ['!=', 5],
  ['<', 5],
  ['<=', 5],
  ['>', 5],
  ['>=', 5],
  ['[]', 9],
  ['*', 20],
  ['[?', 21],
  ['.', 40],
  ['!', 45],
  ['{', 50],
  ['[', 55],
]);
/** Below this a token ends a projection: what follows is about the list, not about its elements. */
const PROJECTION_STOP = 10;

const power = (kind: TokenKind): number => POWER.get(kind) ?? 0;

/** Reads a query by precedence climbing, straight into closures. */
class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = tokens(text);
  }

  whole(): Query {
    const query = this.#expression(0);
    if (this.#kind() !== 'end') throw this.#unexpected();
    return query;
  }

  #kind(ahead = 0): TokenKind {
    return this.#tokens[this.#at + ahead]?.kind ?? 'end';
  }

  #next(): Token {
    const token = this.#tokens[this.#at++];
    if (!token) throw invalid('it ends too early');
    return token;
  }

  #unexpected(token = this.#tokens[this.#at]): Error | ReturnType<typeof invalid> {
    return invalid(token?.kind === 'end' ? 'it ends too early' : `unexpected '${String(token?.kind)}' at ${token?.at}`);
  }

  #take(kind: TokenKind): Token {
    const token = this.#next();
    if (token.kind !== kind) throw this.#unexpected(token);
    return token;
  }

  #expression(least: number): Query {
    if (++this.#depth > MAX_DEPTH) throw new ExpressionError('limit', 'The JMESPath query is nested too deeply');
    let left = this.#start();
    while (least < power(this.#kind())) left = this.#continue(left);
    this.#depth--;
    return left;
  }

  /** What may stand at the beginning of an expression. */
  #start(): Query {
    const token = this.#next();
    switch (token.kind) {
      case 'name':
        return this.#kind() === '(' ? this.#call(String(token.value)) : field(String(token.value));
      case 'quoted':
        return field(String(token.value));
      case 'literal':
        return () => token.value;
      case '@':
        return identity;
      case '!': {
        const inner = this.#expression(power('!'));
        return (rt, value) => isFalse(inner(rt, value));
      }
      case '&': {
        const reference = new Reference(this.#expression(0));
        return () => reference;
      }
      case '*':
        return projectValues(identity, this.#kind() === ']' ? identity : this.#projected(power('*')));
      case '[?':
      case '[]':
        return this.#bracket(token.kind, identity);
      case '[':
        if (this.#isIndex() || (this.#kind() === '*' && this.#kind(1) === ']')) return this.#bracket('[', identity);
        return this.#list();
      case '{':
        return this.#hash();
      case '(': {
        const inner = this.#expression(0);
        this.#take(')');
        return inner;
      }
      default:
        throw this.#unexpected(token);
    }
  }

  /** What may follow an expression. */
  #continue(left: Query): Query {
    const { kind } = this.#next();
    switch (kind) {
      case '.':
        if (this.#kind() !== '*') return pipe(left, this.#afterDot(power('.')));
        this.#next();
        return projectValues(left, this.#projected(power('.')));
      case '|':
        return pipe(left, this.#expression(power('|')));
      case '||': {
        const right = this.#expression(power('||'));
        return (rt, value) => {
          const found = left(rt, value);
          return isFalse(found) ? right(rt, value) : found;
        };
      }
      case '&&': {
        const right = this.#expression(power('&&'));
        return (rt, value) => {
          const found = left(rt, value);
          return isFalse(found) ? found : right(rt, value);
        };
      }
      case '[':
      case '[]':
      case '[?':
        return this.#bracket(kind, left);
      default:
        if (power(kind) === power('==')) return compare(kind, left, this.#expression(power(kind)));
        throw this.#unexpected(this.#tokens[this.#at - 1]);
    }
  }

  #isIndex(): boolean {
    return this.#kind() === 'number' || this.#kind() === ':';
  }

  /** `[0]`, `[1:2]`, `[*]`, `[]` and `[?…]` after `left`. */
  #bracket(kind: '[' | '[]' | '[?', left: Query): Query {
    if (kind === '[]') return project(flatten(left), this.#projected(power('[]')));
    if (kind === '[?') {
      const condition = this.#expression(0);
      this.#take(']');
      return filter(left, condition, this.#kind() === '[]' ? identity : this.#projected(power('[?')));
    }
    if (!this.#isIndex()) {
      this.#take('*');
      this.#take(']');
      return project(left, this.#projected(power('*')));
    }
    if (this.#kind() === 'number' && this.#kind(1) === ']') {
      const at = Number(this.#next().value);
      this.#next();
      return pipe(left, index(at));
    }
    const bounds = this.#bounds();
    return project(pipe(left, bounds), this.#projected(power('*')));
  }

  /** `from:to:step]`, each of which may be absent. */
  #bounds(): Query {
    const bounds: [number | undefined, number | undefined, number | undefined] = [undefined, undefined, undefined];
    let part = 0;
    while (this.#kind() !== ']') {
      const token = this.#next();
      if (token.kind === ':' && part < 2) part++;
      else if (token.kind === 'number' && bounds[part] === undefined) bounds[part] = Number(token.value);
      else throw this.#unexpected(token);
    }
    this.#next();
    return slice(bounds);
  }

  #afterDot(least: number): Query {
    const kind = this.#kind();
    if (kind === 'name' || kind === 'quoted' || kind === '*') return this.#expression(least);
    if (kind !== '[' && kind !== '{') throw this.#unexpected();
    this.#next();
    return kind === '[' ? this.#list() : this.#hash();
  }

  /** The part that is applied to each element of a projection. */
  #projected(least: number): Query {
    const kind = this.#kind();
    if (power(kind) < PROJECTION_STOP) return identity;
    if (kind === '[' || kind === '[?') return this.#expression(least);
    this.#take('.');
    return this.#afterDot(least);
  }

  #list(): Query {
    const parts: Query[] = [];
    do parts.push(this.#expression(0));
    while (this.#comma());
    this.#take(']');
    return list(parts);
  }

  #hash(): Query {
    const parts: [string, Query][] = [];
    do {
      const name = this.#next();
      if (name.kind !== 'name' && name.kind !== 'quoted') throw this.#unexpected(name);
      this.#take(':');
      parts.push([String(name.value), this.#expression(0)]);
    } while (this.#comma());
    this.#take('}');
    return hash(parts);
  }

  #call(name: string): Query {
    this.#take('(');
    const parts: Query[] = [];
    if (this.#kind() !== ')') {
      do parts.push(this.#expression(0));
      while (this.#comma());
    }
    this.#take(')');
    return call(name, parts);
  }

  #comma(): boolean {
    if (this.#kind() !== ',') return false;
    this.#next();
    return true;
  }
}

export const parseQuery = (text: string): Query => new Parser(text).whole();
