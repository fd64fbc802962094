import { createHmac } from 'node:crypto';

/** The secret part of a run's resume URL: 128 bits, derived, so nothing need be stored per run. */
export function resumeToken(secret: string, run: string): string {
  return createHmac('sha256', secret).update(run).digest('base64url').slice(0, 22);
}
