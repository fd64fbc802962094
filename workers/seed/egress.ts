import { z } from 'zod';
import { readEntry } from '../../core/egress/entry.ts';
import { isTenantId, tenantOf } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { readJson } from '../kit/body.ts';
import { common, type Fault } from '../kit/problem.ts';
import { valueOf } from '../kit/refusal.ts';
import { SECURITY_HEADERS } from '../kit/response.ts';
import { refuseFaults, validate } from '../kit/validate.ts';

const Body = z.strictObject({ private: z.array(z.string().max(260)).max(500) });

/** `PUT /internal/egress?tenant=`: private services and refused ports that a tenant's workflows may reach all the same. */
export async function serveEgress(request: Request, env: Env): Promise<Response> {
  const tenant = new URL(request.url).searchParams.get('tenant') ?? '';
  if (!isTenantId(tenant)) throw common('input-invalid', { hint: 'Give tenant, the id of an organisation.' });
  const faults: Fault[] = [];
  const body = (await validate(Body, await readJson(request, 'refused'), 'body', faults)) as z.output<typeof Body>;
  refuseFaults(faults);
  const allow = body.private.map((text, at) => {
    const entry = readEntry(text);
    if (entry === undefined || entry === '*') {
      faults.push({ pointer: `/private/${at}`, message: 'This is no host, address or range' });
    }
    return entry ?? '';
  });
  refuseFaults(faults);
  const { egress } = valueOf(await tenantOf(env, tenant).profile());
  const rules = { ...egress, allow };
  valueOf(await tenantOf(env, tenant).setEgress(rules));
  return Response.json({ tenant, private: allow }, { headers: { ...SECURITY_HEADERS, 'cache-control': 'no-store' } });
}
