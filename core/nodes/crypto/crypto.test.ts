import { createHmac, createHash, createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'vitest';
import type { JsonObject } from '../../data/item.ts';
import { MemoryFiles, transformed, transformedJson } from '../testing.ts';
import { node } from './index.ts';

const made = async (parameters: JsonObject, more: object = {}): Promise<unknown> =>
  (await transformedJson(node, { parameters, version: 1, items: [{}], ...more }))[0]?.['data'];

describe('crypto', () => {
  it.for([
    ['MD5', 'md5'],
    ['SHA256', 'sha256'],
    ['SHA512', 'sha512'],
    ['SHA3-256', 'sha3-256'],
    ['SHA3-384', 'sha3-384'],
    ['SHA3-512', 'sha3-512'],
  ] as const)('[CRY1] %s of texts, as hash and with a secret', async ([type, name], { expect }) => {
    const secret = 'geheim'.repeat(30);
    expect(await made({ type, value: 'héllo' })).toBe(createHash(name).update('héllo').digest('hex'));
    expect(await made({ action: 'hmac', type, value: 'x', secret, encoding: 'base64' })).toBe(
      createHmac(name, secret).update('x').digest('base64'),
    );
  });

  it('[CRY1] hashes files, by MD5 unless told otherwise, and keeps them', async ({ expect }) => {
    const files = new MemoryFiles();
    const binary = { data: files.add('abc') };
    const item = { json: { a: 1 }, binary };
    const parameters = { binaryData: true, dataPropertyName: 'h.md5' };
    expect(await transformed(node, { parameters, inputs: [[item]] }, files)).toEqual([
      { json: { a: 1, h: { md5: '900150983cd24fb0d6963f7d28e17f72' } }, binary, pairedItem: { item: 0 } },
    ]);
  });

  it('[CRY2] signs with a private key, from the document or from a credential', async ({ expect }) => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    const parameters = { action: 'sign', algorithm: 'RSA-SHA256', value: 'text', encoding: 'base64' };
    const proved = (signature: unknown): boolean =>
      createVerify('RSA-SHA256').update('text').verify(publicKey, String(signature), 'base64');
    expect(proved(await made({ ...parameters, privateKey: pem }))).toBe(true);
    const stored = { version: 2, credentials: { crypto: { id: 'c1' } }, secrets: { signPrivateKey: pem } };
    expect(proved(await made(parameters, stored))).toBe(true);
    const failed = made({ ...parameters, privateKey: 'SECRET-KEY' });
    await expect(failed).rejects.toMatchObject({ code: 'cannot-sign', message: expect.not.stringContaining('SECRET') });
  });

  it('[CRY3] from version 2 secrets come from the credential only', async ({ expect }) => {
    const parameters = { action: 'hmac', type: 'SHA256', value: 'x', secret: 'in the document' };
    await expect(made(parameters, { version: 2 })).rejects.toMatchObject({ code: 'credential-missing' });
    const stored = { version: 2, credentials: { crypto: 'mine' }, secrets: { hmacSecret: 'stored' } };
    expect(await made(parameters, stored)).toBe(createHmac('sha256', 'stored').update('x').digest('hex'));
  });

  it('[CRY4] makes random texts of the length and kind asked for', async ({ expect }) => {
    const random = (encodingType: string, stringLength = 32): Promise<unknown> =>
      made({ action: 'generate', encodingType, stringLength });
    expect(await made({ action: 'generate' })).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
    expect(await random('hex', 7)).toMatch(/^[0-9a-f]{7}$/);
    expect(await random('base64')).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(await random('ascii', 500)).toMatch(/^[!-~]{500}$/);
    expect(await random('hex')).not.toBe(await random('hex'));
    await expect(random('hex', 1e9)).rejects.toMatchObject({ code: 'bad-length' });
  });

  it('[CRY5] says which digest it does not know', async ({ expect }) => {
    await expect(made({ type: 'CRC', value: '' })).rejects.toThrow('There is no digest "CRC".');
    await expect(made({ action: 'sign', value: '' })).rejects.toMatchObject({ code: 'no-algorithm' });
  });
});
