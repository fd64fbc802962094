import type { Translate } from '../refusals/refusal.ts';

/** A sentence as it is shown. `isForeign`: nobody has put it into the reader's language, it is English. */
export interface Part {
  text: string;
  isForeign: boolean;
}

/** Where one sentence ends and the next begins: reports put several into one text. */
const BETWEEN = /(?<=[.!?]) (?=[\p{Lu}„“'"])/u;

/** A text as its sentences, each in the reader's language where it is known. */
export function partsOf(text: string, translate: Translate): Part[] {
  const whole = translate(text);
  if (whole !== undefined) return [{ text: whole, isForeign: false }];
  const sentences = text.length > 2_000 ? [text] : text.split(BETWEEN);
  if (sentences.length === 1) return [{ text, isForeign: true }];
  return sentences.map((each) => {
    const known = translate(each);
    return { text: known ?? each, isForeign: known === undefined };
  });
}
