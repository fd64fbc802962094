import { toBase64 } from '../../core/data/base64.ts';
import { mayGoTo } from '../../core/credentials/domains.ts';
import type { OpenCredential } from '../vault/resolver.ts';
import { EgressError } from './egress/error.ts';

/** @throws EgressError `credential-refused` when the credential is bound to other places. */
export function checkPlace(credential: OpenCredential, place: { host: string; port: number }): void {
  if (mayGoTo(credential.domains, place)) return;
  const where = `${place.host}:${place.port}`;
  const message = `The credential ${JSON.stringify(credential.name)} may not be sent to ${where}; its domains are ${credential.domains.join(', ')}`;
  throw new EgressError('credential-refused', message, false);
}

/** A value of a credential as text; absent: empty. */
export const textValue = (credential: OpenCredential, name: string): string =>
  String(credential.values.get(name) ?? '');

/** Shorter ones would be found in every other word. */
const MIN_MASKED_CHARS = 6;
const MASK = '[secret]';

/**
 * Makes a function that masks secrets in what a server sends back, however it writes them: an echo would otherwise put
 * them into the journal. Percent-encoded, JSON-escaped, hexadecimal, backwards, and in base64 at any place of a text.
 */
export function maskOf(secrets: readonly string[]): Mask {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < MIN_MASKED_CHARS) continue;
    forms.add(secret);
    forms.add(encodeURIComponent(secret));
    // Once as a value of JSON, and again where that JSON is repeated inside JSON.
    const escaped = JSON.stringify(secret).slice(1, -1);
    forms.add(escaped);
    forms.add(JSON.stringify(escaped).slice(1, -1));
    forms.add(new URLSearchParams([['', secret]]).toString().slice(1));
    forms.add([...secret].reverse().join(''));
    const hex = Array.from(new TextEncoder().encode(secret), (byte) => byte.toString(16).padStart(2, '0')).join('');
    forms.add(hex);
    forms.add(hex.toUpperCase());
    for (const inside of base64Inside(secret)) {
      forms.add(inside);
      forms.add(inside.replaceAll('+', '-').replaceAll('/', '_'));
    }
  }
  // The longest first: one form may be part of another.
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  const mask = (text: string): string => ordered.reduce((masked, form) => masked.replaceAll(form, MASK), text);
  return Object.assign(mask, { growing: (text: string) => mask(text.slice(0, wholeIn(text, ordered))) });
}

export interface Mask {
  (text: string): string;
  /** The same of a text that goes on: without what may be the beginning of a secret, at its end. */
  growing(text: string): string;
}

/** Up to where a text shows no part of a form, whatever comes next. `forms`: the longest first. */
function wholeIn(text: string, forms: readonly string[]): number {
  let end = Math.max(0, text.length - (forms[0]?.length ?? 0));
  for (; end < text.length; end++) {
    const tail = text.slice(end);
    if (forms.some((form) => form.startsWith(tail))) break;
  }
  // a secret that ends in the beginning of another waits with it: cut in two it would not be found
  const crossing = (): number | undefined => {
    for (const form of forms) {
      const from = Math.max(0, end - form.length + 1);
      const at = text.slice(from, end + form.length - 1).indexOf(form);
      if (at >= 0) return from + at;
    }
    return undefined;
  };
  for (let at = crossing(); at !== undefined; at = crossing()) end = at;
  return end;
}

export const base64 = (text: string): string => toBase64(new TextEncoder().encode(text));

/**
 * What base64 makes of a text that stands in another: whole, and behind one or two bytes. The ends, which hang on the
 * neighbours, are cut off; what is left of them is less than a character.
 */
function base64Inside(text: string): string[] {
  const length = new TextEncoder().encode(text).byteLength;
  return [0, 1, 2]
    .map((before) => {
      const whole = base64(`${'\0'.repeat(before)}${text}`);
      return whole.slice([0, 2, 3][before], Math.floor(((length + before) * 8) / 6));
    })
    .concat(base64(text))
    .filter((form) => form.length >= MIN_MASKED_CHARS);
}
