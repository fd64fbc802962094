import { CHECKS } from './checks.ts';
import { type Refusal, refusalBy, type Refused, translator } from './refusal.ts';

const make = (): ((error: Refused) => Refusal) => {
  const check = translator(CHECKS.map(([said, en]) => [said, en]));
  return refusalBy(
    translator([
      ['One thing is wrong, first {}: {}.', 'One thing is wrong.'],
      ['{} things are wrong, first {}: {}.', '{} things are wrong.'],
    ]),
    check,
  );
};

let made: ReturnType<typeof make> | undefined;
/** The API's own words, without what is for programs only. */
export const refusal = (error: Refused): Refusal => (made ??= make())(error);
