import { ScimError } from '../../core/scim/error.ts';
import { tenantOf } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { limitKey, take } from '../identity/limits.ts';
import { publicOrigin } from '../identity/origin.ts';
import { sha256Hex } from '../kit/digest.ts';
import { tooMany } from '../sso/arrival.ts';
import type { ConnectionRow } from '../sso/connection-store.ts';
import { d1Connections } from '../sso/connection-store.ts';
import { tenantOfScimToken } from './token.ts';

const PER_CONNECTION = { count: 1_200, windowMs: 60_000 };

/** Who asks: a connection of an organisation. */
export interface ScimCaller {
  env: Env;
  tenant: string;
  row: ConnectionRow;
  /** `https://…/scim/v2`. */
  base: string;
  requestId: string;
}

/** @throws ScimError 401, 403; Problem 429. */
export async function callerOf(request: Request, env: Env, requestId: string): Promise<ScimCaller> {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
  const tenant = tenantOfScimToken(token);
  const row = tenant === undefined ? undefined : await d1Connections(env.DB, tenant).byScimHash(await sha256Hex(token));
  if (tenant === undefined || !row) {
    throw new ScimError(401, 'Send `Authorization: Bearer sc_…`, the SCIM token of the connection');
  }
  const waitMs = await take(env.DB, await limitKey('scim', tenant, row.id), PER_CONNECTION);
  if (waitMs > 0) throw tooMany(waitMs);
  const profile = await tenantOf(env, tenant).profile();
  if (!profile.ok || profile.value.suspended) throw new ScimError(403, 'The organisation cannot be used right now');
  return { env, tenant, row, base: `${publicOrigin(request, env)}/scim/v2`, requestId };
}
