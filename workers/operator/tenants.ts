import { z } from 'zod';
import { tenantOf } from '../../durable-objects/stubs.ts';
import { d1Directory } from '../areas/tenant/store.ts';
import type { Env } from '../env.ts';
import { newApiKey } from '../kit/api-key.ts';
import { readJson } from '../kit/body.ts';
import { newId } from '../kit/context.ts';
import { sha256Hex } from '../kit/digest.ts';
import { Problem } from '../kit/problem.ts';
import type { Fault } from '../kit/problem.ts';
import { failureResponse, newRequestId, SECURITY_HEADERS } from '../kit/response.ts';
import { refuseFaults, validate } from '../kit/validate.ts';
import { operatorOnly } from './gate.ts';

const NewTenant = z.strictObject({
  id: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/, 'Small letters, digits and hyphens, 3 to 40'),
  name: z.string().trim().min(1).max(100),
});

/** `POST /internal/organizations`: an organisation with a key and without people, for machines. Undefined: another address. */
export async function serveTenants(request: Request, env: Env): Promise<Response | undefined> {
  if (request.method !== 'POST' || new URL(request.url).pathname !== '/internal/organizations') return undefined;
  const requestId = newRequestId();
  try {
    await operatorOnly(request, env);
    const faults: Fault[] = [];
    const wanted = await validate(NewTenant, await readJson(request, 'refused'), 'body', faults);
    refuseFaults(faults);
    const { id, name } = wanted as z.output<typeof NewTenant>;
    if (!(await d1Directory(env.DB).claim(id, Date.now()))) {
      throw new Problem('organization-taken', { status: 409, title: 'There is an organisation of this id' });
    }
    const registry = tenantOf(env, id);
    await registry.create({ id, name });
    const apiKey = newApiKey(id);
    await registry.addKey({ id: newId('key'), name: 'Operator', scopes: ['*'], hash: await sha256Hex(apiKey) });
    const headers = { ...SECURITY_HEADERS, 'cache-control': 'no-store', 'x-request-id': requestId };
    return Response.json({ tenant: id, apiKey }, { status: 201, headers });
  } catch (error) {
    return failureResponse(error, requestId);
  }
}
