import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'vitest';
import { MUTANTS } from './mutants.ts';
import { applied } from './sandbox.ts';

describe('mutants', () => {
  it('each fits its file exactly once, and changes it', ({ expect }) => {
    const root = path.resolve(import.meta.dirname, '..', '..');
    const misfits = MUTANTS.flatMap((mutant) => {
      const source = readFileSync(path.join(root, mutant.file), 'utf8');
      try {
        return applied(source, mutant) === source ? [`changes nothing: ${mutant.why}`] : [];
      } catch (error) {
        return [error instanceof Error ? error.message : String(error)];
      }
    });
    expect(misfits).toEqual([]);
    expect(MUTANTS.length).toBeGreaterThanOrEqual(60);
  });
});
