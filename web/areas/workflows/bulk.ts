import type { OutputOf } from '../../../sdk/client/index.ts';

export type Head = OutputOf<'GET /v1/workflows'>['workflows'][number];

export interface BulkOutcome {
  done: number;
  /** Which could not, and why. */
  failed: { name: string; error: unknown }[];
}

/** Does the same for each, one after another: what cannot be done for one is said and does not stop the others. */
export async function each<Thing>(
  things: readonly Thing[],
  act: (thing: Thing) => Promise<unknown>,
  nameOf: (thing: Thing) => string,
): Promise<BulkOutcome> {
  const outcome: BulkOutcome = { done: 0, failed: [] };
  for (const thing of things) {
    try {
      await act(thing);
      outcome.done++;
    } catch (error) {
      outcome.failed.push({ name: nameOf(thing), error });
    }
  }
  return outcome;
}
