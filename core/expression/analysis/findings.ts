import type { Source } from './origin.ts';

/** Data a text reads. `path` holds `*` where any element or field is meant; [] is all of it. */
export interface Read extends Source {
  path: string[];
}

/** Something read whose name is only known when it runs. */
export interface Dynamic {
  what: 'node' | 'field' | 'variable' | 'secret' | 'code';
  /** Offset in the text as written. */
  position: number;
}

const trimmed = (path: readonly string[]): string[] => {
  let end = path.length;
  while (end > 0 && path[end - 1] === '*') end--;
  return path.slice(0, end);
};

const keyOf = ({ of, node }: Source, path: readonly string[]): string => JSON.stringify([of, node ?? null, ...path]);

/** What an analysis found, in the order it was met. */
export class Findings {
  readonly nodes = new Set<string>();
  readonly dynamic: Dynamic[] = [];
  env = false;
  readonly #reads = new Map<string, Read>();
  readonly #touched = new Map<string, Read>();

  /** The value at the path is needed. */
  read(source: Source, path: readonly string[]): void {
    this.#add(this.#reads, source, path);
  }

  /** The path was gone along; it counts as read when nothing below it is. */
  touch(source: Source, path: readonly string[]): void {
    this.#add(this.#touched, source, path);
  }

  #add(to: Map<string, Read>, { of, node }: Source, path: readonly string[]): void {
    const kept = trimmed(path);
    if (node !== undefined) this.nodes.add(node);
    const read: Read = { of, ...(node === undefined ? {} : { node }), path: kept };
    to.set(keyOf(read, kept), read);
  }

  unknown(what: Dynamic['what'], position: number): void {
    if (!this.dynamic.some((one) => one.what === what && one.position === position)) {
      this.dynamic.push({ what, position });
    }
  }

  get reads(): Read[] {
    const all = new Map([...this.#reads, ...this.#touched]);
    const passed = new Set<string>();
    for (const read of all.values()) {
      for (let length = 0; length < read.path.length; length++) passed.add(keyOf(read, read.path.slice(0, length)));
    }
    return [...all].filter(([key]) => this.#reads.has(key) || !passed.has(key)).map(([, read]) => read);
  }
}
