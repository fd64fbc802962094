import { ExpressionError } from '../../error.ts';
import type { Runtime } from '../../runtime.ts';
import { folded, isLineEnd, isWord, type Flags, type Pattern } from './syntax.ts';

/** Looks at the text one step of an evaluation pays for. */
const LOOKS_PER_STEP = 4;
/** Repetitions of a group within each other: bounds the host's stack. */
const MAX_NESTED = 800;

/** One attempt to match at one place. */
export class Attempt {
  readonly rt: Runtime;
  readonly text: string;
  /** Start and end of each group, -1 for one that took no part. */
  readonly marks: number[];
  nested = 0;
  #looks = 0;

  constructor(rt: Runtime, text: string, groups: number) {
    this.rt = rt;
    this.text = text;
    this.marks = Array.from({ length: (groups + 1) * 2 }, () => -1);
  }

  look(): void {
    if (++this.#looks < LOOKS_PER_STEP) return;
    this.#looks = 0;
    this.rt.charge(1);
  }

  enter(): void {
    if (++this.nested > MAX_NESTED) {
      throw new ExpressionError('limit', 'The regular expression repeats a group too often on this text');
    }
  }
}

/** Where the whole match ends when the pattern matches at `at` and what follows does too; -1 when not. */
type Matcher = (attempt: Attempt, at: number, next: (at: number) => number) => number;

const width = (code: number): number => (code > 0xffff ? 2 : 1);

function sequence(parts: readonly Matcher[]): Matcher {
  return (attempt, at, next) => {
    const from = (i: number, place: number): number => {
      const part = parts[i];
      return part ? part(attempt, place, (after) => from(i + 1, after)) : next(place);
    };
    return from(0, at);
  };
}

function choice(options: readonly Matcher[]): Matcher {
  return (attempt, at, next) => {
    for (const option of options) {
      const end = option(attempt, at, next);
      if (end >= 0) return end;
    }
    return -1;
  };
}

function group(index: number, body: Matcher): Matcher {
  const [start, stop] = [index * 2, index * 2 + 1];
  return (attempt, at, next) => {
    const { marks } = attempt;
    return body(attempt, at, (after) => {
      const [oldStart = -1, oldStop = -1] = [marks[start], marks[stop]];
      marks[start] = at;
      marks[stop] = after;
      const end = next(after);
      if (end < 0) {
        marks[start] = oldStart;
        marks[stop] = oldStop;
      }
      return end;
    });
  };
}

/** A repeated character needs no recursion: all places it may end at are known at once. */
function repeatChar(test: (code: number) => boolean, min: number, max: number, lazy: boolean): Matcher {
  const one = (attempt: Attempt, at: number): number => {
    attempt.look();
    const code = attempt.text.codePointAt(at);
    return code !== undefined && test(code) ? at + width(code) : -1;
  };
  return (attempt, at, next) => {
    let place = at;
    for (let i = 0; i < min; i++) {
      place = one(attempt, place);
      if (place < 0) return -1;
    }
    if (lazy) {
      for (let i = min; ; i++) {
        const end = next(place);
        if (end >= 0 || i >= max) return end;
        place = one(attempt, place);
        if (place < 0) return -1;
      }
    }
    const places = [place];
    for (let i = min; i < max; i++) {
      place = one(attempt, place);
      if (place < 0) break;
      places.push(place);
    }
    for (let i = places.length - 1; i >= 0; i--) {
      attempt.look();
      const end = next(places[i] ?? at);
      if (end >= 0) return end;
    }
    return -1;
  };
}

function repeat(body: Matcher, { min, max, lazy, groups: [from, to] }: Extract<Pattern, { type: 'repeat' }>): Matcher {
  return (attempt, at, next) => {
    const { marks } = attempt;
    const again = (count: number, place: number): number => {
      attempt.look();
      const saved = marks.slice(from * 2, to * 2 + 2);
      marks.fill(-1, from * 2, to * 2 + 2);
      attempt.enter();
      // An empty turn beyond the least number leads nowhere.
      const end = body(attempt, place, (after) => (after === place && count >= min ? -1 : turn(count + 1, after)));
      attempt.nested--;
      if (end < 0) saved.forEach((mark, i) => (marks[from * 2 + i] = mark));
      return end;
    };
    const turn = (count: number, place: number): number => {
      if (count < min) return again(count, place);
      if (lazy) {
        const end = next(place);
        return end >= 0 || count >= max ? end : again(count, place);
      }
      const end = count < max ? again(count, place) : -1;
      return end >= 0 ? end : next(place);
    };
    return turn(0, at);
  };
}

function look(body: Matcher, behind: boolean, negative: boolean): Matcher {
  const isThere = (attempt: Attempt, at: number): boolean => {
    if (!behind) return body(attempt, at, (after) => after) >= 0;
    for (let start = at; start >= 0; start--) {
      attempt.look();
      if (body(attempt, start, (after) => (after === at ? after : -1)) >= 0) return true;
    }
    return false;
  };
  return (attempt, at, next) => {
    const saved = attempt.marks.slice();
    const restore = (): void => saved.forEach((mark, i) => (attempt.marks[i] = mark));
    const found = isThere(attempt, at);
    if (negative) restore();
    if (found === negative) return -1;
    const end = next(at);
    if (end < 0) restore();
    return end;
  };
}

function backReference(groups: readonly number[], ignoreCase: boolean): Matcher {
  const same = (a: number, b: number): boolean => a === b || (ignoreCase && folded(a) === folded(b));
  return (attempt, at, next) => {
    const { text, marks } = attempt;
    const [index = 0] = groups;
    const [start = -1, stop = -1] = [marks[index * 2], marks[index * 2 + 1]];
    if (start < 0) return next(at);
    for (let i = 0; i < stop - start; i++) {
      attempt.look();
      if (at + i >= text.length || !same(text.charCodeAt(start + i), text.charCodeAt(at + i))) return -1;
    }
    return next(at + stop - start);
  };
}

function border(type: 'start' | 'end' | 'boundary' | 'inside', multiline: boolean): Matcher {
  const word = (text: string, at: number): boolean => at >= 0 && at < text.length && isWord(text.charCodeAt(at));
  const holds = (text: string, at: number): boolean => {
    switch (type) {
      case 'start':
        return at === 0 || (multiline && isLineEnd(text.charCodeAt(at - 1)));
      case 'end':
        return at === text.length || (multiline && isLineEnd(text.charCodeAt(at)));
      default:
        return (word(text, at - 1) !== word(text, at)) === (type === 'boundary');
    }
  };
  return (attempt, at, next) => {
    attempt.look();
    return holds(attempt.text, at) ? next(at) : -1;
  };
}

/** A pattern as closures, each handing on to what follows it. */
export function compilePattern(pattern: Pattern, flags: Flags): Matcher {
  const inner = (part: Pattern): Matcher => compilePattern(part, flags);
  switch (pattern.type) {
    case 'char':
      return repeatChar(pattern.test, 1, 1, false);
    case 'sequence':
      return sequence(pattern.parts.map(inner));
    case 'choice':
      return choice(pattern.options.map(inner));
    case 'group':
      return group(pattern.index, inner(pattern.body));
    case 'repeat': {
      const { body, min, max, lazy } = pattern;
      return body.type === 'char' ? repeatChar(body.test, min, max, lazy) : repeat(inner(body), pattern);
    }
    case 'look':
      return look(inner(pattern.body), pattern.behind, pattern.negative);
    case 'back':
      return backReference(pattern.groups, flags.ignoreCase);
    default:
      return border(pattern.type, flags.multiline);
  }
}
