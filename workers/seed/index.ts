import { PRODUCTION } from '../../core/environment/reference.ts';
import { tenantOf } from '../../durable-objects/stubs.ts';
import { documentFrom } from '../areas/workflows/document-text.ts';
import type { WorkflowPorts } from '../areas/workflows/ports.ts';
import { publishing } from '../areas/workflows/publishing.ts';
import { workflowPorts } from '../areas/workflows/wiring.ts';
import { d1Directory } from '../areas/tenant/store.ts';
import type { Env } from '../env.ts';
import { newApiKey, tenantOfKey } from '../kit/api-key.ts';
import { readJson } from '../kit/body.ts';
import { newId } from '../kit/context.ts';
import { sameSecret, sha256Hex } from '../kit/digest.ts';
import { hooksPath } from '../kit/hook-url.ts';
import { common } from '../kit/problem.ts';
import { failureResponse, newRequestId, SECURITY_HEADERS } from '../kit/response.ts';
import { waitingMails } from '../mail/outbox.ts';
import { serveEgress } from './egress.ts';
import { serveRewrap } from './rewrap.ts';
import { serveDomain } from './sso-domain.ts';
import { runnerStats } from './stats.ts';
import { quickStart, QUICK_START_ID, QUICK_START_PATH } from './quick-start.ts';

/** The tenant of a single-machine installation. Its workflows may call services on the same machine. */
const LOCAL = { id: 'local', name: 'Local', egress: { allow: ['127.0.0.1', 'localhost', '::1'], deny: [] } };

const MAX_MAILS_SHOWN = 100;

export interface Seeded {
  tenant: string;
  apiKey: string;
  hookPath: string;
}

/** `/internal/*`, for the launcher and operators: who holds the deployment's key. */
export async function serveSeed(request: Request, env: Env): Promise<Response> {
  const requestId = newRequestId();
  try {
    const { pathname, origin } = new URL(request.url);
    // Without a key there is no such route: a deployment that never set one cannot be seeded by guessing.
    const allowed = new Map([
      ['/internal/seed', 'POST'],
      ['/internal/stats', 'GET'],
      ['/internal/mails', 'GET'],
      ['/internal/vault/rewrap', 'POST'],
      ['/internal/egress', 'PUT'],
      ['/internal/sso-domains', 'POST'],
    ]).get(pathname);
    if (allowed === undefined || !env.DEPLOYMENT_KEY) throw common('not-found');
    if (request.method !== allowed) throw common('method-not-allowed', { headers: { allow: allowed } });
    if (!(await sameSecret(request.headers.get('x-deployment-key') ?? '', env.DEPLOYMENT_KEY))) {
      throw common('key-invalid', { hint: 'Send the deployment key in X-Deployment-Key.' });
    }
    if (pathname === '/internal/mails') {
      const headers = { ...SECURITY_HEADERS, 'cache-control': 'no-store', 'x-request-id': requestId };
      return Response.json({ mails: await waitingMails(env, MAX_MAILS_SHOWN) }, { headers });
    }
    if (allowed === 'GET') return await runnerStats(request, env);
    if (pathname === '/internal/egress') return await serveEgress(request, env);
    if (pathname === '/internal/sso-domains') return await serveDomain(request, env);
    if (pathname === '/internal/vault/rewrap') return await serveRewrap(request, env);
    const body = (await readJson(request, 'refused')) as { apiKey?: unknown } | undefined;
    const given = typeof body?.apiKey === 'string' ? body.apiKey : undefined;
    return Response.json(await seed(env, origin, given), {
      headers: { ...SECURITY_HEADERS, 'x-request-id': requestId },
    });
  } catch (error) {
    return failureResponse(error, requestId);
  }
}

/**
 * Makes the local tenant, its first workflow and its first API key. The key is made last, so a caller whose key is
 * known has everything, and what people changed or deleted since stays as they left it.
 */
async function seed(env: Env, origin: string, given: string | undefined): Promise<Seeded> {
  const tenant = LOCAL.id;
  const registry = tenantOf(env, tenant);
  const answer = (apiKey: string): Seeded => ({ tenant, apiKey, hookPath: hooksPath(tenant, QUICK_START_PATH) });
  if (given !== undefined && tenantOfKey(given) === tenant && (await registry.verifyKey(await sha256Hex(given)))) {
    return answer(given);
  }
  await registry.create(LOCAL);
  await d1Directory(env.DB).add(tenant, Date.now());
  // no actor, so no audit entry: seeding is the installation's own doing
  const touched = (): void => undefined;
  await seedWorkflow(workflowPorts({ env, tenant, origin, touched, now: () => Date.now(), newId }));
  const apiKey = newApiKey(tenant);
  await registry.addKey({ id: newId('key'), name: 'Quick start', scopes: ['*'], hash: await sha256Hex(apiKey) });
  return answer(apiKey);
}

export async function seedWorkflow(ports: WorkflowPorts): Promise<void> {
  const { workflow, text } = documentFrom(quickStart);
  const atMs = ports.now();
  await ports.store.add({
    id: QUICK_START_ID,
    name: workflow.name,
    draft: text,
    revision: 1,
    createdAt: atMs,
    updatedAt: atMs,
  });
  // Gone when somebody deleted it: then it stays deleted.
  if (await ports.store.head(QUICK_START_ID)) {
    await publishing(ports).publish(QUICK_START_ID, { note: 'Made at the first start', environment: PRODUCTION });
  }
}
