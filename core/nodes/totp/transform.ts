import type { Json } from '../../data/item.ts';
import { numberOf, textOf } from '../../data/text.ts';
import { createHmac } from 'node:crypto';
import { NodeError } from '../../node/kit.ts';
import type { Transform } from '../../node/transform.ts';
import { objectOf } from '../field-list.ts';
import { ALGORITHMS } from './algorithms.ts';

export const transform: Transform = {
  run({ parameters }, { credential, nowMs }) {
    const options = objectOf(parameters['options']);
    const name = textOf(options['algorithm'] ?? 'SHA1').toUpperCase();
    const algorithm = ALGORITHMS.get(name);
    if (!algorithm) throw new NodeError('unknown-digest', `There is no digest "${name.slice(0, 80)}" for codes.`);
    const digits = whole(options['digits'] ?? 6, 'digits', { from: 1, to: 10 });
    const period = whole(options['period'] ?? 30, 'period', { from: 1, to: 86_400 });
    const secret = fromBase32(textOf(credential?.get('secret')));
    const seconds = Math.floor(nowMs / 1000);
    const counter = new DataView(new ArrayBuffer(8));
    counter.setBigUint64(0, BigInt(Math.floor(seconds / period)));
    const mac = createHmac(algorithm, secret).update(new Uint8Array(counter.buffer)).digest();
    // RFC 4226, 5.3: the last four bits say where to take 31 bits.
    const view = new DataView(mac.buffer, mac.byteOffset, mac.byteLength);
    const bits = view.getUint32(view.getUint8(mac.length - 1) & 15) & 0x7fff_ffff;
    const token = String(bits % 10 ** digits).padStart(digits, '0');
    return [{ json: { token, secondsRemaining: period - (seconds % period) } }];
  },
};

function whole(value: Json, name: string, { from, to }: { from: number; to: number }): number {
  const number = numberOf(value);
  if (Number.isInteger(number) && number >= from && number <= to) return number;
  throw new NodeError('bad-option', `"${name}" must be a whole number from ${from} to ${to}.`);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648; blanks and dashes people type are skipped. */
function fromBase32(text: string): Uint8Array {
  const out: number[] = [];
  let held = 0;
  let bits = 0;
  for (const character of text.toUpperCase().replace(/[\s=-]/g, '')) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) throw new NodeError('bad-secret', 'The secret of the credential is not base 32.');
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out.push((held >> bits) & 255);
    }
  }
  if (out.length === 0) throw new NodeError('bad-secret', 'The credential has no secret.');
  return Uint8Array.from(out);
}
