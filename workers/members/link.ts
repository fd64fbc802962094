import { sha256Hex } from '../kit/digest.ts';

const LINK = /^inv_[A-Za-z0-9_-]{43}$/;

/** 256 random bits; only their hash is kept. */
export async function newLink(): Promise<{ token: string; hash: string }> {
  const text = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
  const token = `inv_${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
  return { token, hash: await sha256Hex(token) };
}

export const isLink = (text: string): boolean => LINK.test(text);
