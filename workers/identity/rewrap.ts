import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { z } from 'zod';
import { readJson } from '../kit/body.ts';
import { common } from '../kit/problem.ts';
import type { Fault } from '../kit/problem.ts';
import { failureResponse, newRequestId } from '../kit/response.ts';
import { sameSecret } from '../kit/digest.ts';
import { refuseFaults, validate } from '../kit/validate.ts';
import type { IdentityEnv } from './env.ts';
import { identitySecrets } from './session-token.ts';

const Body = z.strictObject({
  limit: z.number().int().min(1).max(500),
  after: z.string().max(100).default(''),
});

/** What a call did; `after`: there may be more beyond this id. */
export interface FactorsRewrapped {
  rewrapped: number;
  left: number;
  closed: number;
  after?: string;
}

interface Row {
  id: string;
  secret: string;
  codes: string;
}

const STALE = "FROM two_factors WHERE (secret NOT LIKE ?1 || '%' OR backup_codes NOT LIKE ?1 || '%')";

/** Encrypts second factors anew under the newest key of the deployment: the older one would take them with it (IDN18). */
async function rewrapFactors(env: IdentityEnv, limit: number, after: string): Promise<FactorsRewrapped> {
  const secrets = await identitySecrets(env);
  const version = secrets[0]?.version ?? 0;
  const key = { keys: new Map(secrets.map((each) => [each.version, each.value])), currentVersion: version };
  const anew = async (data: string) => symmetricEncrypt({ key, data: await symmetricDecrypt({ key, data }) });
  const current = `$ba$${version}$`;
  const { results: rows } = await env.DB.prepare(
    `SELECT id, secret, backup_codes AS codes ${STALE} AND id > ?2 ORDER BY id LIMIT ?3`,
  )
    .bind(current, after, limit)
    .all<Row>();
  let [rewrapped, closed] = [0, 0];
  for (const { id, secret, codes } of rows) {
    try {
      const sealed = [await anew(secret), await anew(codes)];
      // Only while it is still what was read: a recovery code may have been used meanwhile.
      const update =
        'UPDATE two_factors SET secret = ?1, backup_codes = ?2 WHERE id = ?3 AND secret = ?4 AND backup_codes = ?5';
      await env.DB.prepare(update)
        .bind(...sealed, id, secret, codes)
        .run();
      rewrapped++;
    } catch {
      closed++;
    }
  }
  const left = (await env.DB.prepare(`SELECT count(*) AS n ${STALE}`).bind(current).first<{ n: number }>())?.n ?? 0;
  const last = rows.length === limit ? rows.at(-1)?.id : undefined;
  return { rewrapped, left, closed, ...(last === undefined ? {} : { after: last }) };
}

/** `POST /internal/rewrap`, which the product's Worker asks for (workers/operator/rewrap.ts). */
export async function serveRewrap(request: Request, env: IdentityEnv): Promise<Response> {
  const requestId = newRequestId();
  try {
    const shown = request.headers.get('x-deployment-key') ?? '';
    if (!env.DEPLOYMENT_KEY || !(await sameSecret(shown, env.DEPLOYMENT_KEY))) throw common('key-invalid');
    const faults: Fault[] = [];
    const body = await validate(Body, (await readJson(request, 'refused')) ?? {}, 'body', faults);
    refuseFaults(faults);
    const { limit, after } = body as z.output<typeof Body>;
    return Response.json(await rewrapFactors(env, limit, after));
  } catch (error) {
    return failureResponse(error, requestId);
  }
}
