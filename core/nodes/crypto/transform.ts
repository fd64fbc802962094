import { createSign, randomBytes, randomUUID } from 'node:crypto';
import type { Json } from '../../data/item.ts';
import { numberOf, textOf } from '../../data/text.ts';
import { NodeError } from '../../node/kit.ts';
import type { Transform } from '../../node/transform.ts';
import { digest, hmac } from './transform/digests.ts';

const MAX_RANDOM_CHARACTERS = 100_000;

export const transform: Transform = {
  run({ parameters, files }, { credential }) {
    const secretOf = (stored: string, written: string): string =>
      textOf(credential ? credential.get(stored) : parameters[written]);
    const data = files['file']?.bytes ?? new TextEncoder().encode(textOf(parameters['value']));
    const type = textOf(parameters['type']);
    const written = (bytes: Uint8Array): string => encoded(bytes, parameters['encoding']);
    switch (parameters['action']) {
      case 'hash':
        return [{ json: { made: written(digest(type, data)) } }];
      case 'hmac':
        return [{ json: { made: written(hmac(type, secretOf('hmacSecret', 'secret'), data)) } }];
      case 'sign':
        return [
          {
            json: {
              made: written(sign(textOf(parameters['algorithm']), secretOf('signPrivateKey', 'privateKey'), data)),
            },
          },
        ];
      case 'generate':
        return [
          { json: { made: random(textOf(parameters['encodingType']), numberOf(parameters['stringLength'] ?? 32)) } },
        ];
      default:
        throw new NodeError('unknown-action', `There is no action "${textOf(parameters['action'])}".`);
    }
  },
};

function encoded(bytes: Uint8Array, encoding: Json | undefined): string {
  if (encoding !== 'base64') return hexOf(bytes);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function sign(algorithm: string, privateKey: string, data: Uint8Array): Uint8Array {
  if (algorithm === '') throw new NodeError('no-algorithm', 'Choose a signature, for example RSA-SHA256.');
  try {
    // Copies of keys lose their line ends in forms that have one line.
    return createSign(algorithm).update(data).sign(privateKey.replaceAll('\\n', '\n'));
  } catch {
    // What went wrong may quote the key.
    throw new NodeError('cannot-sign', `Signing by ${JSON.stringify(algorithm.slice(0, 80))} failed.`, {
      description: 'The key must be a private key in PEM, of the kind the signature needs.',
    });
  }
}

/** Random numbers are the host's: the result is in the journal, so that a repeat of the run gives the same. */
function random(kind: string, length: number): string {
  if (kind === 'uuid') return randomUUID();
  if (!Number.isInteger(length) || length < 0 || length > MAX_RANDOM_CHARACTERS) {
    throw new NodeError('bad-length', `The length must be a whole number up to ${MAX_RANDOM_CHARACTERS}.`);
  }
  switch (kind) {
    case 'hex':
      return hexOf(randomBytes(Math.ceil(length / 2))).slice(0, length);
    case 'ascii':
      return picked(length, '!', '~');
    case 'base64':
      return pickedFrom(length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
    default:
      throw new NodeError('unknown-encoding', `There are no random texts of kind "${kind.slice(0, 80)}".`);
  }
}

/** Characters between two, both included. */
function picked(length: number, first: string, last: string): string {
  const from = first.charCodeAt(0);
  const count = last.charCodeAt(0) - from + 1;
  return pickedFrom(length, String.fromCharCode(...Array.from({ length: count }, (_, index) => from + index)));
}

/** Each character as likely as any other: bytes beyond the last full round of the alphabet are thrown away. */
function pickedFrom(length: number, alphabet: string): string {
  const limit = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(Math.min(65_536, length - text.length + 16))) {
      if (byte < limit && text.length < length) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}
