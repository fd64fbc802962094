import type { OutputOf } from '../../../sdk/client/index.ts';

export type Head = OutputOf<'GET /v1/workflows'>['workflows'][number];

export interface BulkOutcome {
  done: number;
  /** Which could not, and why. */
  failed: { name: string; error: unknown }[];
}

/** Does the same for each, one after another: what cannot be done for one is said and does not stop the others. */
export async function each(heads: readonly Head[], act: (head: Head) => Promise<unknown>): Promise<BulkOutcome> {
  const outcome: BulkOutcome = { done: 0, failed: [] };
  for (const head of heads) {
    try {
      await act(head);
      outcome.done++;
    } catch (error) {
      outcome.failed.push({ name: head.name, error });
    }
  }
  return outcome;
}
