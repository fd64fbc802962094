import { GERMAN } from '../../../core/nodes/words.de.ts';
import { GERMAN_NODES } from '../node-words.de.generated.ts';
import { CHECKS } from '../refusals/checks.ts';
import { type Translate, translator } from '../refusals/refusal.ts';
import { SENTENCES } from '../refusals/sentences.de.ts';
import { CREDENTIAL } from './credential.de.ts';
import { DOCUMENT } from './document.de.ts';
import { EXPRESSION } from './expression.de.ts';
import { IMPORT } from './import.de.ts';
import { OUTSIDE } from './outside.de.ts';
import { RUN } from './run.de.ts';

const sentences = translator([
  ...[DOCUMENT, EXPRESSION, IMPORT, RUN, OUTSIDE, SENTENCES].flatMap((each) => Object.entries(each)),
  ...[GERMAN, ...GERMAN_NODES].flatMap(({ failures = {} }) => Object.entries(failures)),
  ...CHECKS.map(([said, , de]) => [said, de] as const),
]);
/** Apart: its fields are called like much that people name, and a step called `User` stays so within a sentence. */
const credentials = translator(Object.entries(CREDENTIAL));

/** What documents, expressions, imports, runs and types of credentials say, in German. */
export const translate: Translate = (said) => credentials(said) ?? sentences(said);
