import { CHECKS } from './checks.ts';
import { type Refusal, refusalBy, type Refused, translator } from './refusal.ts';
import { SENTENCES } from './sentences.de.ts';
import { SIGN_IN } from './sign-in.de.ts';

const make = (): ((error: Refused) => Refusal) =>
  refusalBy(
    translator([...Object.entries(SENTENCES), ...Object.entries(SIGN_IN)]),
    translator(CHECKS.map(([said, , de]) => [said, de])),
  );

let made: ReturnType<typeof make> | undefined;
/** Made when the first refusal comes: most visits meet none. */
export const refusal = (error: Refused): Refusal => (made ??= make())(error);
