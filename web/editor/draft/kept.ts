import type { Workflow } from '../../../core/graph/document.ts';
import { newId } from '../../ui/new-id.ts';

/** What was typed and never reached the server. */
export interface Left {
  /** Of the server's, which it was made from. */
  revision: number;
  workflow: Workflow;
}

const stem = (id: string): string => `millrace.draft.${id}`;

/** A place in this browser for what one page typed into one workflow. Pages have one each: none overwrites another's. */
export class Kept {
  private readonly key: string;
  private readonly release: () => void;
  private written: string | undefined;

  private constructor(key: string, release: () => void) {
    this.key = key;
    this.release = release;
    this.written = localStorage.getItem(key) ?? undefined;
  }

  /** The place of a page that is gone with the newest that was left, else one of its own. */
  static async open(id: string): Promise<{ kept: Kept; left?: Left }> {
    for (const key of keysOf(id)) {
      const left = leftAt(key);
      const release = left && (await hold(key));
      if (release) return { kept: new Kept(key, release), left };
    }
    const key = `${stem(id)}.${newId()}`;
    return { kept: new Kept(key, (await hold(key)) ?? (() => undefined)) };
  }

  write(left: Left): void {
    const written = JSON.stringify({ ...left, atMs: Date.now() });
    try {
      localStorage.setItem(this.key, written);
      this.written = written;
    } catch {
      // the browser keeps a few megabytes: a larger draft has the server alone, and leaving the page asks first
    }
  }

  /** It is on the server. Whoever has the place by now may have typed on: that stays. */
  forget(): void {
    if (localStorage.getItem(this.key) === this.written) localStorage.removeItem(this.key);
  }

  /** The next page may go on with what is left. */
  close(): void {
    this.release();
  }
}

/** Newest first. */
function keysOf(id: string): string[] {
  const keys = Object.keys(localStorage).filter((key) => key === stem(id) || key.startsWith(`${stem(id)}.`));
  const ages = new Map(keys.map((key) => [key, /"atMs":(\d+)\}$/.exec(localStorage.getItem(key) ?? '')?.[1] ?? '0']));
  return keys.toSorted((a, b) => Number(ages.get(b)) - Number(ages.get(a)));
}

function leftAt(key: string): Left | undefined {
  try {
    const left = JSON.parse(localStorage.getItem(key) ?? 'null') as Left | null;
    return left && Array.isArray(left.workflow.nodes) && Number.isInteger(left.revision) ? left : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes a place until the page goes or gives it back; undefined: another page has it. Without HTTPS browsers have no locks,
 * and whoever comes later takes what is there.
 */
function hold(key: string): Promise<(() => void) | undefined> {
  const { locks } = navigator as { locks?: LockManager };
  if (!locks) return Promise.resolve(() => undefined);
  return new Promise((resolve) => {
    const held = locks.request(key, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(undefined);
      return new Promise<void>((release) => resolve(release));
    });
    held.catch(() => resolve(() => undefined));
  });
}
