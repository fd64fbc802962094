import { createContext, Script } from 'node:vm';
import type { JsonObject } from '../../core/data/item.ts';

/** The data both sides read. */
export const PLAIN_DATA: JsonObject = {
  n: 42,
  s: 'Sample text',
  t: true,
  list: [5, 3, 8, 1],
  words: ['beta', 'alpha', 'Gamma'],
  o: { a: 1, b: 'two', n: 3, s: 'q', 'x y': null },
};

/** The host's own JavaScript, to compare with. Only for programs of our own making: `node:vm` is no sandbox. */
export class Host {
  readonly #context = createContext({ atob, btoa });

  /** JSON text of the value, `undefined` for none and for every error, as a segment would give. */
  evaluate(code: string): string {
    const json = JSON.stringify(JSON.stringify(PLAIN_DATA));
    const source = `"use strict"; (($json) => { const value = (${code}\n); return String(JSON.stringify(value)) })(JSON.parse(${json}))`;
    try {
      return new Script(source).runInContext(this.#context) as string;
    } catch {
      return 'undefined';
    }
  }
}
