import { PLACEHOLDER, PREFIX } from '../../core/environment/placeholder.ts';
import { oldKeysOf } from '../kit/key-source.ts';
import type { Records } from './records.ts';
import { openValue, sealValue, type ValueVault } from './values.ts';

/** What a sealed variable is bound to: moved to another tenant, environment or name it does not open. */
export const variablePlace = (tenant: string, environment: string, name: string): string[] => [
  'variable',
  tenant,
  environment,
  name,
];

async function macOf(deploymentKey: string | undefined, place: readonly string[]): Promise<string> {
  const encoder = new TextEncoder();
  const secret = encoder.encode(`secret variables:${deploymentKey ?? ''}`);
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(JSON.stringify(place))));
  return Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * What `$vars.NAME` is for a secret variable. Nobody can write one without the deployment's key, so data that comes
 * from outside cannot ask for a secret; letters that no encoding changes, so it survives URLs and forms.
 */
export async function placeholderOf(
  env: Pick<ValueVault, 'DEPLOYMENT_KEY'>,
  tenant: string,
  { environment, name }: { environment: string; name: string },
): Promise<string> {
  const mac = await macOf(env.DEPLOYMENT_KEY, variablePlace(tenant, environment, name));
  return `${PREFIX}${environment}.${name}.${mac}`;
}

export const mayHoldPlaceholder = (text: string): boolean => text.includes(PREFIX);

/** Values by placeholder, of those in a text that are genuine and of this environment. @throws VaultError */
export async function placeholdersIn(
  text: string,
  { env, tenant, environment }: { env: ValueVault; tenant: string; environment: string },
): Promise<Map<string, string>> {
  // one made under a key that is being exchanged is still genuine
  const keys = [env.DEPLOYMENT_KEY, ...oldKeysOf(env)];
  const macs = (bound: readonly string[]) => Promise.all(keys.map((key) => macOf(key, bound)));
  const found = new Map<string, string>();
  for (const [placeholder, place, name = '', mac] of text.matchAll(PLACEHOLDER)) {
    if (place !== environment || found.has(placeholder)) continue;
    const bound = variablePlace(tenant, environment, name);
    if (!(await macs(bound)).includes(mac ?? '')) continue;
    const select = 'SELECT value, key_id AS keyId FROM variables WHERE tenant_id = ? AND environment = ? AND name = ?';
    const row = await env.DB.prepare(select)
      .bind(tenant, environment, name)
      .first<{ value: string | null; keyId: string | null }>();
    if (row?.value === null || row?.value === undefined || row.keyId === null) continue;
    const sealed = { keyId: row.keyId, text: row.value };
    found.set(placeholder, await openValue(env, tenant, { place: bound, sealed }));
  }
  return found;
}

/** Seals up to `limit` variables of older data keys anew. Returns how many were looked at; 0: all is done. */
export async function resealVariables(records: Records, limit: number): Promise<number> {
  const { tenant, env } = records;
  const keys = await records.keys();
  const current = await keys.currentId();
  if (current === undefined) return 0;
  const select =
    'SELECT environment, name, value, key_id AS keyId FROM variables WHERE tenant_id = ? AND key_id <> ? AND value IS NOT NULL LIMIT ?';
  type Row = { environment: string; name: string; value: string; keyId: string };
  const { results } = await env.DB.prepare(select).bind(tenant, current, limit).all<Row>();
  for (const { environment, name, value, keyId } of results) {
    const place = variablePlace(tenant, environment, name);
    const text = await openValue(env, tenant, { place, sealed: { keyId, text: value } });
    const anew = await sealValue(env, tenant, { place, text });
    // only while it is still what was read: somebody may have set it meanwhile
    const update =
      'UPDATE variables SET value = ?, key_id = ? WHERE tenant_id = ? AND environment = ? AND name = ? AND value = ?';
    await env.DB.prepare(update).bind(anew.text, anew.keyId, tenant, environment, name, value).run();
  }
  return results.length;
}
