import { isTenantId } from '../../durable-objects/stubs.ts';

/** `mr_<tenant>_<43 characters>`: 256 random bits, with the tenant in front so that a key finds its registry. */
const API_KEY = /^mr_([a-z0-9-]{1,63})_[A-Za-z0-9_-]{43}$/;

export function tenantOfKey(key: string): string | undefined {
  const tenant = API_KEY.exec(key)?.[1];
  return tenant !== undefined && isTenantId(tenant) ? tenant : undefined;
}

export function newApiKey(tenant: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const secret = btoa(String.fromCharCode(...bytes));
  return `mr_${tenant}_${secret.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}
