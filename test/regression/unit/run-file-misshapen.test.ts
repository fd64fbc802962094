import { describe, it } from 'vitest';
import type { Run } from '../../../core/engine/run.ts';
import { fileOf } from '../../../durable-objects/runner/run-file.ts';

// A Code node may return `binary: { x: null }`: asking for any file of such a run answered 500.
describe('[RNS4] a file of a run', () => {
  const runOf = (...files: unknown[]): Run =>
    ({
      start: { items: [{ json: {} }] },
      steps: [{ outputs: [null, files.map((file) => ({ json: {}, binary: { __proto__: null, file } }))] }],
    }) as unknown as Run;

  it('is found beside what is no file, and is of no type or name when those are no texts', ({ expect }) => {
    const run = runOf(
      null,
      7,
      'x',
      [],
      { id: 'a', mimeType: 5, fileName: {} },
      { id: 'b', mimeType: 'text/x', fileName: 'n' },
    );
    expect(fileOf(run, 'a')).toEqual({ id: 'a', mimeType: '' });
    expect(fileOf(run, 'b')).toEqual({ id: 'b', mimeType: 'text/x', fileName: 'n' });
    expect(fileOf(run, 'c')).toBeUndefined();
  });
});
