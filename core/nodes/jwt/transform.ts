import { createPrivateKey, createPublicKey } from 'node:crypto';
import {
  CompactSign,
  compactVerify,
  type CryptoKey,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  importPKCS8,
  importSPKI,
} from 'jose';
import type { Json, JsonObject } from '../../data/item.ts';
import { numberOf, textOf } from '../../data/text.ts';
import { putOwn } from '../../data/path.ts';
import { NodeError } from '../../node/kit.ts';
import type { Transform, TransformContext } from '../../node/transform.ts';
import { objectOf } from '../field-list.ts';

const ALGORITHM = /^(?:HS|RS|ES|PS)(?:256|384|512)$/;

export const transform: Transform = {
  async run({ parameters }, context) {
    const options = objectOf(parameters['options']);
    const token = typeof parameters['token'] === 'string' ? parameters['token'].trim() : '';
    switch (parameters['operation']) {
      case 'sign':
        return [{ json: { token: await sign(parameters, options, context) } }];
      case 'decode':
        return [{ json: shown(token, options) }];
      case 'verify':
        await verify(token, options, context);
        return [{ json: shown(token, options) }];
      default:
        throw new NodeError('unknown-operation', `There is no JWT operation "${textOf(parameters['operation'])}".`);
    }
  },
};

function algorithmOf(options: JsonObject, { credential }: TransformContext): string {
  const algorithm = textOf(options['algorithm'] || credential?.get('algorithm') || 'HS256');
  if (ALGORITHM.test(algorithm)) return algorithm;
  throw new NodeError('bad-algorithm', `Tokens are not signed or checked by "${algorithm.slice(0, 20)}" here.`, {
    description: 'A token by "none" proves nothing: read it with the operation decode.',
  });
}

/** jose wants PKCS 8 and SPKI; keys come in older forms too, and out of forms that have one line. */
async function keyOf(
  algorithm: string,
  use: 'sign' | 'verify',
  context: TransformContext,
): Promise<CryptoKey | Uint8Array> {
  const value = (name: string): string => textOf(context.credential?.get(name));
  if (algorithm.startsWith('HS')) {
    const secret = value('secret');
    if (secret !== '') return new TextEncoder().encode(secret);
    throw new NodeError('bad-key', `The credential has no secret, which ${algorithm} needs.`);
  }
  try {
    if (use === 'sign') {
      const key = createPrivateKey(value('privateKey').replaceAll('\\n', '\n'));
      return await importPKCS8(String(key.export({ type: 'pkcs8', format: 'pem' })), algorithm);
    }
    const key = createPublicKey(value('publicKey').replaceAll('\\n', '\n'));
    return await importSPKI(String(key.export({ type: 'spki', format: 'pem' })), algorithm);
  } catch {
    // What went wrong may quote the key.
    const kind = use === 'sign' ? 'private' : 'public';
    throw new NodeError('bad-key', `The credential holds no ${kind} key in PEM that ${algorithm} can use.`);
  }
}

async function sign(parameters: JsonObject, options: JsonObject, context: TransformContext): Promise<string> {
  const algorithm = algorithmOf(options, context);
  const now = Math.floor(context.nowMs / 1000);
  const written = parameters['claimsJson'] === undefined ? undefined : objectOf(parameters['claimsJson']);
  const claims = written ? { iat: now, ...written } : claimsOf(objectOf(parameters['claims']), now);
  const kid = textOf(options['kid']);
  const header = { alg: algorithm, typ: 'JWT', ...(kid === '' ? {} : { kid }) };
  const payload = new TextEncoder().encode(JSON.stringify(claims));
  return new CompactSign(payload).setProtectedHeader(header).sign(await keyOf(algorithm, 'sign', context));
}

function claimsOf(asked: JsonObject, now: number): JsonObject {
  const claims: JsonObject = { iat: now };
  const seconds = (name: string): number | undefined => {
    const value = asked[name];
    if (value === undefined || value === null || value === '') return undefined;
    if (Number.isFinite(numberOf(value))) return now + Math.floor(numberOf(value));
    throw new NodeError('bad-claim', `"${name}" must be a number of seconds.`);
  };
  const texts: [string, string][] = [
    ['audience', 'aud'],
    ['issuer', 'iss'],
    ['jwtid', 'jti'],
    ['subject', 'sub'],
  ];
  for (const [name, claim] of texts) {
    const value = asked[name];
    if (value !== undefined && value !== null && value !== '') putOwn(claims, claim, value);
  }
  const [exp, nbf] = [seconds('expiresIn'), seconds('notBefore')];
  return { ...claims, ...(exp === undefined ? {} : { exp }), ...(nbf === undefined ? {} : { nbf }) };
}

async function verify(token: string, options: JsonObject, context: TransformContext): Promise<void> {
  const algorithm = algorithmOf(options, context);
  const key = await keyOf(algorithm, 'verify', context);
  try {
    // The credential says which algorithm, never the token.
    await compactVerify(token, key, { algorithms: [algorithm] });
  } catch (error) {
    if (error instanceof errors.JOSEAlgNotAllowed) throw new NodeError('jwt-invalid', 'invalid algorithm');
    if (error instanceof errors.JWSSignatureVerificationFailed) throw new NodeError('jwt-invalid', 'invalid signature');
    throw new NodeError('jwt-malformed', 'jwt malformed', { description: 'The token is no signed JSON Web Token.' });
  }
  const { exp, nbf } = payloadOf(token);
  const now = Math.floor(context.nowMs / 1000);
  const tolerance = Math.max(0, numberOf(options['clockTolerance']) || 0);
  if (typeof nbf === 'number' && options['ignoreNotBefore'] !== true && nbf > now + tolerance) {
    throw new NodeError('jwt-early', 'jwt not active');
  }
  if (typeof exp === 'number' && options['ignoreExpiration'] !== true && now - tolerance >= exp) {
    throw new NodeError('jwt-expired', 'jwt expired');
  }
}

function payloadOf(token: string): JsonObject {
  try {
    return decodeJwt(token) as Record<string, Json>;
  } catch {
    throw new NodeError('jwt-malformed', 'jwt malformed', { description: 'The token is no JSON Web Token.' });
  }
}

function shown(token: string, options: JsonObject): JsonObject {
  const payload = payloadOf(token);
  if (options['complete'] !== true) return { payload };
  return { header: decodeProtectedHeader(token) as JsonObject, payload, signature: token.split('.')[2] ?? '' };
}
