import path from 'node:path';
import { describe, it } from 'vitest';
import { Sandbox } from './sandbox.ts';

describe('the sandbox of mutants', () => {
  // A test that fails by itself, or lacks a file there, would stop the whole run before its first mutant.
  it('passes as long as nothing is wrong', async ({ expect, onTestFinished }) => {
    const sandbox = new Sandbox(path.resolve(import.meta.dirname, '..', '..'));
    onTestFinished(() => sandbox.remove());
    expect([await sandbox.passesSimulation(), await sandbox.passesUnit()]).toEqual([true, true]);
  });
});
