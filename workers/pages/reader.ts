import { type Language, languageOf } from '../kit/language.ts';
import { de } from './words/de.ts';
import { en, type Words } from './words/en.ts';

/** Who looks at a page: the language they read, and the id under which this look is found in logs. */
export interface Reader {
  requestId: string;
  words: Words;
}

const WORDS: Readonly<Record<Language, Words>> = { en, de };

export const readerOf = (request: Request, requestId: string): Reader => ({
  requestId,
  words: WORDS[languageOf(request)],
});

/** A node's text: a default that nobody changed is said in the reader's language. */
export const said = ({ defaults }: Words, text: string): string =>
  Object.hasOwn(defaults, text) ? (defaults[text] ?? text) : text;
