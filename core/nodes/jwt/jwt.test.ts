import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'vitest';
import type { JsonObject } from '../../data/item.ts';
import { NOW_MS, transformedJson } from '../testing.ts';
import { node } from './index.ts';

const NOW = NOW_MS / 1000;
const PASSPHRASE: JsonObject = { keyType: 'passphrase', secret: 'baz', algorithm: 'HS256' };

const run = async (parameters: JsonObject, secrets: JsonObject = PASSPHRASE): Promise<JsonObject | undefined> =>
  (await transformedJson(node, { parameters, credentials: { jwtAuth: { id: 'c' } }, secrets }))[0];
const token = async (parameters: JsonObject, secrets?: JsonObject): Promise<string> =>
  String((await run(parameters, secrets))?.['token']);

describe('JWT', () => {
  it('[JWT1] signs what others can check', async ({ expect }) => {
    const claims = { audience: 'a', issuer: 'i', subject: 's', jwtid: 'j', expiresIn: 60, notBefore: 0 };
    const signed = await token({ claims, options: { kid: 'k1' } });
    expect(await run({ operation: 'verify', token: signed, options: { complete: true } })).toEqual({
      header: { alg: 'HS256', typ: 'JWT', kid: 'k1' },
      payload: { iat: NOW, aud: 'a', iss: 'i', sub: 's', jti: 'j', exp: NOW + 60, nbf: NOW },
      signature: signed.split('.')[2],
    });
    // Made by another implementation, from the same key and claims.
    const known =
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjEsImIiOjJ9.E3-55Ntwaf9Hg7d28PBNQdCxAuKt6iJDVisoYIUBHjc';
    expect(await token({ useJson: true, claimsJson: '{"iat":1,"b":2}' })).toBe(known);
  });

  it('[JWT2] signs by RSA and elliptic curves, from keys in any PEM', async ({ expect }) => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const keys: [string, string, string][] = [
      [
        'RS256',
        rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
        rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
      ],
      [
        'PS384',
        rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().replaceAll('\n', '\\n'),
        rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      ],
      [
        'ES256',
        curve.privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
        curve.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      ],
    ];
    for (const [algorithm, privateKey, publicKey] of keys) {
      const secrets = { keyType: 'pemKey', algorithm, privateKey, publicKey };
      const signed = await token({ claims: { subject: 's' } }, secrets);
      expect(await run({ operation: 'verify', token: signed }, secrets)).toEqual({ payload: { iat: NOW, sub: 's' } });
    }
  });

  it('[JWT3] refuses tokens that are forged, expired, early or not signed by the algorithm of the credential', async ({
    expect,
  }) => {
    const good = await token({ claims: { expiresIn: -5, notBefore: 0 } });
    const check = (of: string, options: JsonObject = {}, secrets?: JsonObject): Promise<unknown> =>
      run({ operation: 'verify', token: of, options }, secrets);
    await expect(check(good)).rejects.toThrow('jwt expired');
    expect(await check(good, { ignoreExpiration: true })).toHaveProperty('payload');
    expect(await check(good, { clockTolerance: 10 })).toHaveProperty('payload');
    await expect(check(await token({ claims: { notBefore: 9 } }))).rejects.toThrow('jwt not active');
    await expect(check(good, {}, { ...PASSPHRASE, secret: 'other' })).rejects.toThrow('invalid signature');
    const none = `${btoa('{"alg":"none"}')}.${btoa('{"sub":"root"}')}.`;
    await expect(check(none)).rejects.toMatchObject({ code: 'jwt-invalid' });
    await expect(check(await token({ options: { algorithm: 'HS512' } }))).rejects.toThrow('invalid algorithm');
    await expect(check('rubbish')).rejects.toThrow('jwt malformed');
    await expect(check(good, {}, { ...PASSPHRASE, algorithm: 'none' })).rejects.toMatchObject({
      code: 'bad-algorithm',
    });
  });

  it('[JWT4] reads a token without a credential', async ({ expect }) => {
    const signed = await token({ claims: { subject: 's' } });
    expect(await transformedJson(node, { parameters: { operation: 'decode', token: ` ${signed} ` } })).toEqual([
      { payload: { iat: NOW, sub: 's' } },
    ]);
    await expect(transformedJson(node, { parameters: {} })).rejects.toMatchObject({ code: 'credential-missing' });
  });

  it('[JWT5] never quotes a key', async ({ expect }) => {
    const failed = run({}, { algorithm: 'RS256', privateKey: 'SECRET-KEY' });
    await expect(failed).rejects.toMatchObject({ code: 'bad-key', message: expect.not.stringContaining('SECRET') });
  });
});
