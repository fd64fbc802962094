import { isTenantId } from '../../durable-objects/stubs.ts';
import { randomText } from '../kit/random-text.ts';

/** `sc_<tenant>_<43 characters>`: 256 random bits, with the tenant in front so that a token finds its connection. */
const TOKEN = /^sc_([a-z0-9-]{1,63})_[A-Za-z0-9_-]{43}$/;

export const newScimToken = (tenant: string): string => `sc_${tenant}_${randomText(32)}`;

export function tenantOfScimToken(token: string): string | undefined {
  const tenant = TOKEN.exec(token)?.[1];
  return tenant !== undefined && isTenantId(tenant) ? tenant : undefined;
}
