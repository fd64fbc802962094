import type { History, Violation } from '../history.ts';
import { checkP1 } from './p1.ts';
import { checkP2 } from './p2.ts';
import { checkP3 } from './p3.ts';
import { checkP4 } from './p4.ts';
import { checkP5 } from './p5.ts';
import { checkP6 } from './p6.ts';
import { checkP7 } from './p7.ts';
import { checkP8 } from './p8.ts';
import { checkP9 } from './p9.ts';
import { checkP10 } from './p10.ts';

/** What is wrong with a history, or undefined. */
export type Checker = (history: History) => string | undefined;

export const PROMISES: Record<string, Checker> = {
  P1: checkP1,
  P2: checkP2,
  P3: checkP3,
  P4: checkP4,
  P5: checkP5,
  P6: checkP6,
  P7: checkP7,
  P8: checkP8,
  P9: checkP9,
  P10: checkP10,
};

export function checkPromises(history: History): Violation[] {
  const found: Violation[] = [];
  for (const [promise, check] of Object.entries(PROMISES)) {
    const message = check(history);
    if (message !== undefined) found.push({ promise, message });
  }
  return found;
}
