import type { RunnerStore } from './store.ts';
import { createHmac } from 'node:crypto';

/** The secret part of a run's resume URL: 128 bits, derived, so nothing need be stored per run. */
export function resumeToken(secret: string, run: string): string {
  return createHmac('sha256', secret).update(run).digest('base64url').slice(0, 22);
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
