import { z } from 'zod';
import type { Env } from '../env.ts';
import { readJson } from '../kit/body.ts';
import type { Fault } from '../kit/problem.ts';
import { SECURITY_HEADERS } from '../kit/response.ts';
import { refuseFaults, validate } from '../kit/validate.ts';
import { DeploymentKeys } from '../vault/deployment-keys.ts';
import { rewrapSome } from '../vault/rotation.ts';

/** Each is one read and one write: a request stays far below a minute. */
const MAX_AT_ONCE = 500;

const Body = z.strictObject({
  limit: z.number().int().min(1).max(MAX_AT_ONCE).default(MAX_AT_ONCE),
  after: z.strictObject({ tenant: z.string(), id: z.string() }).optional(),
});

/** `POST /internal/vault/rewrap`: wraps data keys and SSO secrets of all tenants with the newest deployment key, some at a time. */
export async function serveRewrap(request: Request, env: Env): Promise<Response> {
  const faults: Fault[] = [];
  const body = await validate(Body, (await readJson(request, 'refused')) ?? {}, 'body', faults);
  refuseFaults(faults);
  const { limit, after } = body as z.output<typeof Body>;
  const done = await rewrapSome(env.DB, await DeploymentKeys.of(env), { limit, after });
  return Response.json(done, { headers: { ...SECURITY_HEADERS, 'cache-control': 'no-store' } });
}
