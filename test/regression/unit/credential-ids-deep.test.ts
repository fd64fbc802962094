import { it } from 'vitest';
import { credentialIdsIn } from '../../../core/credentials/references.ts';

it('credentials are looked for in JSON text nested deeper than the call stack', ({ expect }) => {
  const deep = (inside: string): string => '['.repeat(100_000) + inside + ']'.repeat(100_000);
  expect([...credentialIdsIn({ jsonOutput: deep('') })]).toEqual([]);
  expect([...credentialIdsIn({ jsonOutput: deep('"cred_0123456789abcdef"') })]).toEqual(['cred_0123456789abcdef']);
});
