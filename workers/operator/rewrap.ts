import { z } from 'zod';
import { DeploymentKeys } from '../vault/deployment-keys.ts';
import { rewrapSome } from '../vault/rotation.ts';
import { bodyOf } from './call.ts';
import type { OperatorCall } from './call.ts';

/** Each is one read and one write: a request stays far below a minute. */
const MAX_AT_ONCE = 500;

const Body = z.strictObject({
  limit: z.number().int().min(1).max(MAX_AT_ONCE).default(MAX_AT_ONCE),
  after: z.strictObject({ tenant: z.string(), id: z.string() }).optional(),
});

/** `POST /internal/vault/rewrap`: wraps data keys and SSO secrets of all tenants with the newest deployment key, some at a time. */
export async function rewrap(call: OperatorCall) {
  const { limit, after } = await bodyOf(call, Body);
  return rewrapSome(call.env.DB, await DeploymentKeys.of(call.env), { limit, after });
}
