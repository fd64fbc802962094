import { z } from 'zod';
import type { Env } from '../env.ts';
import type { FactorsRewrapped } from '../identity/rewrap.ts';
import { common } from '../kit/problem.ts';
import { DeploymentKeys } from '../vault/deployment-keys.ts';
import { type Rewrapping, rewrapSome } from '../vault/rotation.ts';
import { bodyOf } from './call.ts';
import type { OperatorCall } from './call.ts';

/** Each is one read and one write: a request stays far below a minute. */
const MAX_AT_ONCE = 500;
/** Greater than every id. */
const BEYOND = '~';

const Body = z.strictObject({
  limit: z.number().int().min(1).max(MAX_AT_ONCE).default(MAX_AT_ONCE),
  after: z.strictObject({ tenant: z.string(), id: z.string() }).optional(),
});

/**
 * `POST /internal/vault/rewrap`: wraps what lies under the deployment's key anew with the newest one, some at a time. First
 * the second factors of people, who belong to no tenant (`after.tenant` is empty), then data keys and SSO secrets.
 */
export async function rewrap(call: OperatorCall): Promise<Rewrapping> {
  const { limit, after } = await bodyOf(call, Body);
  const isPastPeople = after !== undefined && after.tenant !== '';
  const people = await factors(call.env, { limit, after: isPastPeople ? BEYOND : (after?.id ?? '') });
  if (people.after !== undefined) return { ...people, after: { tenant: '', id: people.after } };
  const keys = await DeploymentKeys.of(call.env);
  const vault = await rewrapSome(call.env.DB, keys, { limit, after: isPastPeople ? after : undefined });
  return {
    ...vault,
    rewrapped: people.rewrapped + vault.rewrapped,
    left: people.left + vault.left,
    closed: people.closed + vault.closed,
  };
}

/** Sign-ins are the identity Worker's, and so is what encrypts them. */
async function factors(env: Env, which: { limit: number; after: string }): Promise<FactorsRewrapped> {
  if (!env.IDENTITY) return { rewrapped: 0, left: 0, closed: 0 };
  const response = await env.IDENTITY.fetch('http://identity/internal/rewrap', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-deployment-key': env.DEPLOYMENT_KEY ?? '' },
    body: JSON.stringify(which),
  });
  if (response.ok) return response.json();
  throw common('unavailable', {
    detail: `The identity Worker answered ${response.status}.`,
    hint: 'Give it the same DEPLOYMENT_KEY and DEPLOYMENT_KEYS_OLD, then run this again.',
  });
}
