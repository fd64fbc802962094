import { PRODUCTION } from '../../core/environment/reference.ts';
import { tenantOf } from '../../durable-objects/stubs.ts';
import { documentFrom } from '../areas/workflows/document-text.ts';
import type { WorkflowPorts } from '../areas/workflows/ports.ts';
import { publishing } from '../areas/workflows/publishing.ts';
import { workflowPorts } from '../areas/workflows/wiring.ts';
import { d1Directory } from '../areas/tenant/store.ts';
import { newApiKey, tenantOfKey } from '../kit/api-key.ts';
import { readJson } from '../kit/body.ts';
import { newId } from '../kit/context.ts';
import { sha256Hex } from '../kit/digest.ts';
import { hooksPath } from '../kit/hook-url.ts';
import type { OperatorCall } from '../operator/call.ts';
import { quickStart, QUICK_START_ID, QUICK_START_PATH } from './quick-start.ts';

/** The tenant of a single-machine installation. Its workflows may call services on the same machine. */
const LOCAL = { id: 'local', name: 'Local', egress: { allow: ['127.0.0.1', 'localhost', '::1'], deny: [] } };

export interface Seeded {
  tenant: string;
  apiKey: string;
  hookPath: string;
}

/**
 * Makes the local tenant, its first workflow and its first API key. The key is made last, so a caller whose key is
 * known has everything, and what people changed or deleted since stays as they left it.
 */
export async function seed({ request, env, url }: OperatorCall): Promise<Seeded> {
  const { origin } = url;
  const body = (await readJson(request, 'refused')) as { apiKey?: unknown } | undefined;
  const given = typeof body?.apiKey === 'string' ? body.apiKey : undefined;
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
    createdBy: null,
  });
  // Gone when somebody deleted it: then it stays deleted.
  if (await ports.store.head(QUICK_START_ID)) {
    await publishing(ports).publish(QUICK_START_ID, { note: 'Made at the first start', environment: PRODUCTION });
  }
}
