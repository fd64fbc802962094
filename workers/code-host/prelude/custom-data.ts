import type { Data } from './types.ts';

type Facts = { [key: string]: Data };

const noFacts = (): Facts => Object.create(null) as Facts;

/** Facts about the run as code notes them: read at once by the same code, kept by the engine when the call is over. */
export class CustomData {
  readonly noted: Facts = noFacts();

  get isEmpty(): boolean {
    return Object.keys(this.noted).length === 0;
  }

  /** `$execution.customData` over the facts noted by earlier steps. */
  api(before: Facts = {}): object {
    const all = Object.assign(noFacts(), before);
    const set = (key: unknown, value: unknown): void => {
      // As n8n keeps them: texts.
      const text = typeof value === 'string' ? value : String(value);
      this.noted[String(key)] = all[String(key)] = text;
    };
    return {
      set,
      setAll: (facts: object) => {
        for (const [key, value] of Object.entries(facts)) set(key, value);
      },
      get: (key: unknown) => all[String(key)],
      getAll: () => ({ ...all }),
    };
  }
}
