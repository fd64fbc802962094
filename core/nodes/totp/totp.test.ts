import { describe, it } from 'vitest';
import type { JsonObject } from '../../data/item.ts';
import { transformedJson } from '../testing.ts';
import { node } from './index.ts';

/** The secrets of RFC 6238, appendix B, in base 32. */
const SHA1 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const SHA256 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA====';

const code = async (secret: string, seconds: number, options: JsonObject = {}): Promise<JsonObject | undefined> => {
  const more = { credentials: { otpApi: { id: 'c' } }, secrets: { secret }, nowMs: seconds * 1000 };
  return (await transformedJson(node, { parameters: { options }, ...more }))[0];
};

describe('one-time password', () => {
  it('[OTP1] gives the codes of RFC 6238', async ({ expect }) => {
    expect(await code(SHA1, 59, { digits: 8 })).toEqual({ token: '94287082', secondsRemaining: 1 });
    expect(await code(SHA1, 1_111_111_109, { digits: 8 })).toMatchObject({ token: '07081804' });
    expect(await code(SHA1, 20_000_000_000, { digits: 8 })).toMatchObject({ token: '65353130' });
    expect(await code(SHA256, 59, { digits: 8, algorithm: 'SHA256' })).toMatchObject({ token: '46119246' });
    expect(await code('gezd gnbv gy3t qojq gezd gnbv gy3t qojq', 59)).toMatchObject({ token: '287082' });
    expect(await code(SHA1, 100, { period: 60 })).toMatchObject({ secondsRemaining: 20 });
  });

  it('[OTP2] says what is wrong without the secret', async ({ expect }) => {
    await expect(code('not base 32!', 1)).rejects.toMatchObject({
      code: 'bad-secret',
      message: expect.not.stringContaining('not base 32!'),
    });
    await expect(code('', 1)).rejects.toMatchObject({ code: 'bad-secret' });
    await expect(code(SHA1, 1, { digits: 99 })).rejects.toMatchObject({ code: 'bad-option' });
  });
});
