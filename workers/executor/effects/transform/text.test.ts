import { describe, it } from 'vitest';
import type { Json, JsonObject } from '../../../../core/data/item.ts';
import { fakePorts } from '../../testing/fakes.ts';
import { effect } from './index.ts';

/** Performs one call in the runtime the product has. */
async function made(
  transform: string,
  parameters: JsonObject,
  credential?: [string, Record<string, string>],
): Promise<Json> {
  const ports = fakePorts();
  const opened = credential && {
    credential: {
      type: credential[0],
      ref: ports.credentials.add(credential[0], credential[1], Object.keys(credential[1])),
    },
  };
  const calls = [{ itemIndex: 0, parameters, files: {} }];
  const payload = { transform, calls, continueOnFail: false, nowMs: 59_000, zone: 'UTC', ...opened };
  const request = {
    tenant: 't1',
    effect: { kind: 'transform', class: 'pure' as const, payload: payload as JsonObject },
  };
  const reply = await effect.perform({ ...request, key: 'k' } as Parameters<typeof effect.perform>[0], ports);
  if (!reply.ok) return { failed: reply.error.code };
  return (reply.value as { results: { items: { json: Json }[] }[] }).results[0]?.items[0]?.json ?? null;
}

/** A key of the platform's making: a test key in the repository would only alarm scanners. */
async function rsaKey(): Promise<string> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  };
  const pair = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  const der = new Uint8Array((await crypto.subtle.exportKey('pkcs8', pair.privateKey)) as ArrayBuffer);
  const body = btoa(String.fromCharCode(...der)).replace(/.{64}/g, '$&\n');
  return `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`;
}

describe('libraries of text nodes in workerd', () => {
  // the first to ask for these libraries waits until they are loaded
  it('[XML1] [HTM1] [MRK1] [MRK3] read and write', { timeout: 90_000 }, async ({ expect }) => {
    expect(await made('xml', { property: 'data', read: '<a b="1">x</a>' })).toEqual({ a: { b: '1', _: 'x' } });
    expect(await made('xml', { property: 'data', write: { a: 1 }, options: { headless: true } })).toEqual({
      data: '<a>1</a>',
    });
    const values = [{ key: 't', cssSelector: 'b' }];
    expect(
      await made('html', {
        html: '<b>x <i>y</i></b>',
        extract: { values, laidOut: true, trim: false, cleanUp: false },
      }),
    ).toEqual({ t: 'x y' });
    expect(await made('markdown', { text: '<b>x</b>' })).toEqual({ text: '**x**' });
    expect(await made('markdown', { text: '# x', toHtml: true })).toEqual({ text: '<h1 id="x">x</h1>' });
  });

  it('[CRY1] [CRY2] [CRY4] [OTP1] [JWT1] [JWT2] hash, sign and prove', async ({ expect }) => {
    const empty = await made('crypto', { action: 'hash', type: 'SHA3-256', value: '' });
    expect(empty).toEqual({ made: 'a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a' });
    expect(await made('crypto', { action: 'hmac', type: 'MD5', value: '' }, ['crypto', { hmacSecret: '' }])).toEqual({
      made: '74e6f7298a9c2d168935f58c001bad88',
    });
    const RSA = await rsaKey();
    const signed = { made: expect.stringMatching(/^[0-9a-f]{512}$/) };
    const sign = { action: 'sign', algorithm: 'RSA-SHA256', value: 'x' };
    expect(await made('crypto', sign, ['crypto', { signPrivateKey: RSA }])).toEqual(signed);
    expect(await made('crypto', { action: 'generate', encodingType: 'hex', stringLength: 9 })).toEqual({
      made: expect.stringMatching(/^[0-9a-f]{9}$/),
    });
    expect(await made('totp', {}, ['otpApi', { secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' }])).toMatchObject({
      token: '287082',
    });
    const token = { token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) };
    expect(await made('jwt', { operation: 'sign' }, ['jwtAuth', { secret: 's' }])).toEqual(token);
    expect(await made('jwt', { operation: 'sign' }, ['jwtAuth', { algorithm: 'RS256', privateKey: RSA }])).toEqual(
      token,
    );
  });

  it('[HTE5] a credential that does not exist is said before anything is computed', async ({ expect }) => {
    const wish = {
      transform: 'totp',
      calls: [],
      continueOnFail: false,
      credential: { type: 'otpApi', ref: { id: 'no' } },
    };
    const request = {
      tenant: 't1',
      effect: { kind: 'transform', class: 'pure' as const, payload: wish as JsonObject },
    };
    const performed = effect.perform({ ...request, key: 'k' } as Parameters<typeof effect.perform>[0], fakePorts());
    await expect(performed).rejects.toMatchObject({ code: 'credential-missing' });
  });
});
