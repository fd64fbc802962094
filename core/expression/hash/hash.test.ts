import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { fromBase64, fromUtf8, toBase64, utf8 } from './bytes.ts';
import { HASHES } from './index.ts';

const text = fc.string({ unit: 'binary', maxLength: 300 });

describe('digests', () => {
  for (const name of ['md5', 'ripemd160', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3']) {
    it(`[EXP30] ${name} agrees with the platform's for any text`, ({ expect }) => {
      const reference = name === 'sha3' ? 'sha3-512' : name;
      fc.assert(
        fc.property(text, (value) => HASHES.get(name)?.(value) === createHash(reference).update(value).digest('hex')),
        { numRuns: 60 },
      );
      // Lengths around the block size, where padding goes wrong.
      for (const length of [0, 55, 56, 63, 64, 71, 72, 73, 111, 112, 127, 128, 143, 144]) {
        const value = 'x'.repeat(length);
        expect(HASHES.get(name)?.(value)).toBe(createHash(reference).update(value).digest('hex'));
      }
    });
  }
});

describe('bytes', () => {
  it('[EXP30] UTF-8 and base64 agree with the platform', ({ expect }) => {
    fc.assert(
      fc.property(text, (value) => toBase64(utf8(value)) === Buffer.from(value).toString('base64')),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        (bytes) => fromUtf8(bytes) === new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
      ),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(
        fc.uint8Array(),
        (bytes) => toBase64(fromBase64(toBase64(bytes))) === Buffer.from(bytes).toString('base64'),
      ),
    );
    expect(fromUtf8(fromBase64('8J-YgA'))).toBe('😀');
  });
});
