import { GERMAN } from '../../core/nodes/words.de.ts';
import { GERMAN_NODES } from '../text/node-words.de.generated.ts';
import type { Words } from './node-words.ts';

export const words: Words = { of: new Map(GERMAN_NODES.map((each) => [each.type, each])), shared: GERMAN };
