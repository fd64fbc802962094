import { describe, it } from 'vitest';
import { unsetText } from './unset-text.ts';

/** A message of one segment: a root pointer, a struct of two text pointers, and their texts of one word each. */
function message(a: string, b: string): Uint8Array {
  const bytes = new Uint8Array(8 + 6 * 8);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, 6, true);
  const list = (at: number, offset: number, length: number): void =>
    view.setBigUint64(8 + at * 8, 1n | (BigInt(offset) << 2n) | (2n << 32n) | (BigInt(length) << 35n), true);
  view.setBigUint64(8, 0n | (2n << 48n), true);
  list(1, 1, a.length + 1);
  list(2, 1, b.length + 1);
  bytes.set(new TextEncoder().encode(a), 8 + 3 * 8);
  bytes.set(new TextEncoder().encode(b), 8 + 4 * 8);
  return bytes;
}

describe('clearing a text in a configuration', () => {
  it('clears its pointer and no other', ({ expect }) => {
    const bytes = message('secret', 'other');
    const before = Uint8Array.from(bytes);
    expect(unsetText(bytes, 'absent')).toBe(0);
    expect(bytes).toEqual(before);
    expect(unsetText(bytes, 'secret')).toBe(1);
    expect([...bytes.subarray(16, 24)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect([...bytes.subarray(24, 32)]).toEqual([...before.subarray(24, 32)]);
    // What only begins alike is another text.
    expect(unsetText(message('secrets', 'other'), 'secret')).toBe(0);
  });
});
