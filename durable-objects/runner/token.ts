import type { RunnerStore } from './store.ts';
import { createHmac } from 'node:crypto';

/** The secret part of a run's resume URL: 128 bits, derived, so nothing need be stored per run. */
export function resumeToken(secret: string, run: string): string {
  return createHmac('sha256', secret).update(run).digest('base64url').slice(0, 22);
}

/** Who has an address of a run: a visitor answers its forms, a resumer whatever it waits for. */
export type Holder = 'visitor' | 'resumer';

/** The secret part of the address its forms lead to. Another than the resume URL's: who filled in a form must not approve it. */
export const visitToken = (secret: string, run: string): string => resumeToken(secret, `visit:${run}`);

export function holderOf(secret: string, run: string, token: string): Holder | undefined {
  if (token === visitToken(secret, run)) return 'visitor';
  return token === resumeToken(secret, run) ? 'resumer' : undefined;
}

/** Made once for a shard: what its resume tokens are made with. */
export function secretOf(store: RunnerStore): string {
  const known = store.meta('secret');
  if (known !== undefined) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const secret = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  store.setMeta('secret', secret);
  return secret;
}
