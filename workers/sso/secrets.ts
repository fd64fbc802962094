import { DeploymentKeys } from '../vault/deployment-keys.ts';
import type { KeySource } from '../kit/key-source.ts';
import { open, seal } from '../vault/envelope.ts';

/** What a connection's secret is bound to: moved to another tenant or connection it does not open. */
export const connectionPlace = (tenant: string, connection: string): string[] => ['sso connection', tenant, connection];

/** Seals under the deployment's newest key. @throws VaultError `vault-closed`. */
export async function sealSecret(
  env: KeySource,
  { tenant, id, secret }: { tenant: string; id: string; secret: string },
): Promise<{ secret: string; secretKey: string }> {
  const { newest } = await DeploymentKeys.of(env);
  const bytes = Uint8Array.from(new TextEncoder().encode(secret));
  return { secret: await seal(newest.key, bytes, connectionPlace(tenant, id)), secretKey: newest.id };
}

/** @throws VaultError. */
export async function openSecret(
  env: KeySource,
  tenant: string,
  row: { id: string; secret: string; secretKey: string },
): Promise<string> {
  const { key } = await (await DeploymentKeys.of(env)).get(row.secretKey);
  return new TextDecoder().decode(await open(key, row.secret, connectionPlace(tenant, row.id)));
}
