import type { Json } from '../../../../core/data/item.ts';
import type { Attempt } from '../../group.ts';

export interface Payload extends Attempt {
  /** An expression, or the body of a Code node. */
  code: string;
  /** Values that are no success, besides null and nothing. */
  harmless?: readonly Json[];
  /** Must end in an error with a name: it asks for more than there is. */
  isBomb?: true;
}

/** What generated code gives when it runs: computed, so that no text of a payload holds it. */
export const PROOF = 'ran-9801547';
/** JavaScript source that gives PROOF when somebody runs it as code. */
export const SOURCE = `return 'ran-' + 1337 * 7331`;
