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

/** What an analysis found, in the order it was met. */
export class Findings {
  readonly nodes = new Set<string>();
  readonly dynamic: Dynamic[] = [];
  env = false;
  readonly #reads = new Map<string, Read>();

  read(source: Source, path: readonly string[]): void {
    const { of, node } = source;
    const kept = trimmed(path);
    if (node !== undefined) this.nodes.add(node);
    const read: Read = { of, ...(node === undefined ? {} : { node }), path: kept };
    this.#reads.set(JSON.stringify([of, node ?? null, kept]), read);
  }

  unknown(what: Dynamic['what'], position: number): void {
    if (!this.dynamic.some((one) => one.what === what && one.position === position)) {
      this.dynamic.push({ what, position });
    }
  }

  get reads(): Read[] {
    return [...this.#reads.values()];
  }
}
