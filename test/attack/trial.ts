import type { Canary } from '../served/canary.ts';
import type { AttackContext, Finding, GroupResult } from './group.ts';

/** Part of an id. */
export const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'empty';

/** The longest honest answer takes a tenth of it on a quiet machine. */
const LIMIT_MS = 180_000;

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no end within ${LIMIT_MS} ms`)), LIMIT_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Tries one thing, then asks an innocent workflow: a prototype that carries `disabled` would silence its nodes. */
export class Trial {
  cases = 0;
  readonly succeeded: Finding[] = [];
  readonly hung: Finding[] = [];
  readonly #canary: Canary;
  readonly #takes: AttackContext['takes'];
  constructor(canary: Canary, takes: AttackContext['takes']) {
    this.#canary = canary;
    this.#takes = takes;
  }

  async attempt(id: string, about: string, act: () => Promise<string | undefined>): Promise<void> {
    if (!this.#takes(id)) return;
    this.cases++;
    let why: string | undefined;
    try {
      why = await inTime(act());
    } catch (error) {
      this.hung.push({ id, about, why: String(error) });
      return;
    }
    await this.#canary.call();
    const [wrong] = this.#canary.wrong.splice(0);
    why ??= wrong === undefined ? undefined : `the next caller was answered wrongly: ${wrong}`;
    if (why !== undefined) this.succeeded.push({ id, about, why });
  }

  result(): GroupResult {
    return { cases: this.cases, succeeded: this.succeeded, hung: this.hung };
  }
}
