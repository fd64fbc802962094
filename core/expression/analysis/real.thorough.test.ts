import path from 'node:path';
import { describe, it } from 'vitest';
import { absent, DATA, readCollection } from '../../../test/conformance/collection.ts';
import { analyze } from '../index.ts';
import { unforeseen } from './testing.ts';

describe('what real expressions read', () => {
  it('[EXP42] finds every node, field and variable real expressions read when they run', ({ expect, skip }) => {
    skip(absent('workflows') !== undefined, absent('workflows'));
    const missed: string[] = [];
    let evaluations = 0;
    const check = (text: string): void => {
      const analysis = analyze(text);
      if (analysis.dynamic.length > 0 || analysis.error) return;
      evaluations++;
      missed.push(...unforeseen(text, analysis).map((what) => `${what}: ${text.slice(0, 200)}`));
    };
    const walk = (value: unknown): void => {
      if (typeof value === 'string') {
        if (value.startsWith('=') && value.includes('{{')) check(value);
      } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
    };
    for (const file of readCollection(path.join(DATA, 'workflows')).workflows) walk(file.read());
    expect(missed).toEqual([]);
    expect(evaluations).toBeGreaterThan(4_000);
  });
});
