import type { Data, Kept } from './types.ts';

type Kind = keyof Kept;

/** What a node and its workflow keep from run to run: objects that the code changes in place. */
export class StaticData {
  readonly #kept: Kept;
  readonly #before = new Map<Kind, string>();

  constructor(kept: Kept) {
    this.#kept = kept;
  }

  /** `$getWorkflowStaticData('global' | 'node')`. */
  readonly get = (kind: unknown = 'global'): { [key: string]: Data } => {
    if (kind !== 'global' && kind !== 'node') {
      throw new Error(`Static data is kept under 'global' or 'node', not '${String(kind)}'`);
    }
    const data = (this.#kept[kind] ??= {});
    if (!this.#before.has(kind)) this.#before.set(kind, JSON.stringify(data));
    return data;
  };

  /** The kinds that the code changed; undefined when there are none. @throws TypeError when one is not JSON. */
  changed(): Kept | undefined {
    const out: Kept = {};
    for (const [kind, before] of this.#before) {
      if (JSON.stringify(this.#kept[kind]) !== before) out[kind] = this.#kept[kind] ?? {};
    }
    return Object.keys(out).length > 0 ? out : undefined;
  }
}
