import { isTenantId, tenantOf } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { isSecure, publicOrigin } from '../identity/origin.ts';
import { limitKey, take } from '../identity/limits.ts';
import { common } from '../kit/problem.ts';
import type { ConnectionRow } from './connection-store.ts';
import { d1Connections } from './connection-store.ts';
import { SignInError } from './failure.ts';

/** A connection takes this many tries a minute, whoever sends them (SSO11). */
const PER_CONNECTION = { count: 300, windowMs: 60_000 };

/** A request to one connection of one organisation. */
export interface Arrival {
  request: Request;
  env: Env;
  tenant: string;
  row: ConnectionRow;
  origin: string;
  isSecure: boolean;
}

/** Finds the connection (SSO10). @throws SignInError, Problem. */
export async function arrive(
  request: Request,
  env: Env,
  { tenant, connection, kinds }: { tenant: string; connection: string; kinds: readonly string[] },
): Promise<Arrival> {
  const unknown = new SignInError(404, 'connection-unknown', 'There is no such connection here.');
  if (!isTenantId(tenant) || !/^sso_[0-9a-z]{16}$/.test(connection)) throw unknown;
  const row = await d1Connections(env.DB, tenant).get(connection);
  if (!row || row.enabled !== 1 || !kinds.includes(row.kind)) throw unknown;
  const waitMs = await take(env.DB, await limitKey('sso', tenant, connection), PER_CONNECTION);
  if (waitMs > 0) throw tooMany(waitMs);
  const profile = await tenantOf(env, tenant).profile();
  if (!profile.ok || profile.value.suspended) {
    throw new SignInError(423, 'organization-suspended', 'The organisation cannot be used right now.');
  }
  return { request, env, tenant, row, origin: publicOrigin(request, env), isSecure: isSecure(request, env) };
}

export function tooMany(waitMs: number): Error {
  const seconds = Math.ceil(waitMs / 1_000);
  return common('rate-limited', {
    detail: `Too many attempts; the next is possible in ${seconds} seconds.`,
    headers: { 'retry-after': String(seconds) },
  });
}
