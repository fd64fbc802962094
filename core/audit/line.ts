/** A record as far as the chain is concerned. */
export interface Link {
  seq: number;
  prev: string;
  hash: string;
  /** The canonical JSON of its entry: what was hashed after `prev`. */
  text: string;
}

interface Shape {
  line: RegExp;
  /** The canonical text, alternating what is always there and the number of a group. */
  parts: readonly (string | number)[];
  seq: number;
  prev: number;
  hash: number;
}

// What is canonical as it stands: text without escapes, and whole numbers that a double holds exactly.
const TEXT = String.raw`"[^"\\\u0000-\u001f]*"`;
const WHOLE = String.raw`(?:0|[1-9]\d{0,14})`;
const NAME = /^[A-Za-z]+$/;
const MAX_SHAPES = 16;

interface Member {
  name: string;
  /** Groups of its value: one, or one for each member of an object. */
  group: number | readonly Member[];
}

/** The members of a record in the order of its line, as a pattern; undefined where it has more than texts and numbers. */
function shapeOf(record: object): Shape | undefined {
  let groups = 0;
  const membersOf = (value: object, depth: number): { pattern: string; members: Member[] } | undefined => {
    const patterns: string[] = [];
    const members: Member[] = [];
    for (const [name, each] of Object.entries(value) as [string, unknown][]) {
      if (!NAME.test(name)) return undefined;
      if (typeof each === 'string' || typeof each === 'number') {
        patterns.push(`"${name}":(${typeof each === 'string' ? TEXT : WHOLE})`);
        members.push({ name, group: ++groups });
        continue;
      }
      const inner = depth === 0 && typeof each === 'object' && each !== null && !Array.isArray(each);
      const below = inner ? membersOf(each as object, 1) : undefined;
      if (!below) return undefined;
      patterns.push(`"${name}":${below.pattern}`);
      members.push({ name, group: below.members });
    }
    return { pattern: `\\{${patterns.join(',')}\\}`, members };
  };
  const whole = membersOf(record, 0);
  if (!whole) return undefined;
  const groupOf = (wanted: string): number => {
    const group = whole.members.find(({ name }) => name === wanted)?.group;
    return typeof group === 'number' ? group : 0;
  };
  const [seq, prev, hash] = [groupOf('seq'), groupOf('prev'), groupOf('hash')];
  if (seq === 0 || prev === 0 || hash === 0) return undefined;
  const parts: (string | number)[] = [''];
  const say = (text: string): void => {
    const last = parts.length - 1;
    if (typeof parts[last] === 'string') parts[last] += text;
    else parts.push(text);
  };
  const write = (members: readonly Member[]): void => {
    // As `canonical` sorts: by code units.
    const sorted = [...members].sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const [at, { name, group }] of sorted.entries()) {
      say(`${at === 0 ? '{' : ','}"${name}":`);
      if (typeof group === 'number') parts.push(group);
      else write(group);
    }
    say(members.length === 0 ? '{}' : '}');
  };
  write(whole.members.filter(({ name }) => name !== 'prev' && name !== 'hash'));
  return { line: new RegExp(`^${whole.pattern}$`), parts, seq, prev, hash };
}

/**
 * Cuts records out of the lines of an export without parsing them: parsing, and writing canonically what was parsed, is
 * most of checking a log. A line is taken only when it is, character for character, what a known shape allows, so the
 * text is the one that parsing would have led to.
 */
export class LineReader {
  readonly #shapes: Shape[] = [];

  /** Undefined: no shape fits; parse it, and `learn` it. */
  read(line: string): Link | undefined {
    for (const [at, shape] of this.#shapes.entries()) {
      const found = shape.line.exec(line);
      if (!found) continue;
      // The next line is probably like this one.
      if (at > 0) [this.#shapes[0], this.#shapes[at]] = [shape, this.#shapes[0] as Shape];
      let text = '';
      for (const part of shape.parts) text += typeof part === 'string' ? part : (found[part] as string);
      return {
        seq: Number(found[shape.seq]),
        prev: (found[shape.prev] as string).slice(1, -1),
        hash: (found[shape.hash] as string).slice(1, -1),
        text,
      };
    }
    return undefined;
  }

  learn(record: object): void {
    if (this.#shapes.length >= MAX_SHAPES) return;
    const shape = shapeOf(record);
    // A record of a known shape comes here only with escapes in it, or when it is no record.
    if (shape && !this.#shapes.some(({ line }) => line.source === shape.line.source)) this.#shapes.unshift(shape);
  }
}
