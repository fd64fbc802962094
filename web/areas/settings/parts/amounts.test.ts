import { describe, it } from 'vitest';
import { amountText } from './amounts.ts';

describe('amounts with their units', () => {
  it('writes counts, bytes and times as the region does', ({ expect }) => {
    const said = (
      [
        ['runs', 0],
        ['runs', 12_345],
        ['runs', 1_234_567],
        ['storageBytes', 1],
        ['storageBytes', 999],
        ['egressBytes', 45_120],
        ['egressBytes', 3_000_000_000_000_000],
        ['cpuMs', 367.4],
        ['cpuMs', 90_000],
      ] as const
    ).map(([meter, value]) => amountText(meter, value, 'en-GB'));
    // whether millions are `M` or `m` changes with the edition of the browser's tables
    expect(said[2]).toMatch(/^1\.2m$/i);
    expect(said.toSpliced(2, 1)).toEqual([
      '0',
      '12,345',
      '1 byte',
      '999 bytes',
      '45.1 kB',
      '3,000 TB',
      '367 ms',
      '1 min 30 s',
    ]);
    expect(amountText('egressBytes', 45_120, 'de-DE')).toBe('45,1 kB');
  });
});
