import { isTenantId } from '../../durable-objects/stubs.ts';
import type { HookRoute } from '../../durable-objects/tenant/protocol.ts';
import type { Env } from '../env.ts';
import { addressIn, decodeSegment } from '../hooks/address.ts';
import { guard } from '../hooks/guard.ts';
import { mayLookUp } from '../hooks/probe-limit.ts';
import { admit } from '../hooks/proof.ts';
import { common, Problem, suspended } from '../kit/problem.ts';
import { type PageKind, pageRouteOf } from '../kit/route-table.ts';

/** A published form or chat, found by its address. */
export interface Found {
  tenant: string;
  path: string;
  query: string;
  route: HookRoute;
  shards: number;
}

/** The published page at an address. @throws Problem 404, 429 */
export async function findPage(request: Request, env: Env, kind: PageKind): Promise<Found> {
  const address = addressIn(request.url, `/${kind}s/`);
  if (!address || !isTenantId(address.tenant)) throw common('not-found');
  const { tenant, query } = address;
  if (!mayLookUp(tenant)) throw common('rate-limited', { headers: { 'retry-after': '1' } });
  const written = address.path.split('/').map(decodeSegment).join('/');
  // n8n's chats have it at the end of their address.
  const path = kind === 'chat' ? written.replace(/\/chat$/, '') : written;
  const { route, routes } = await pageRouteOf(env, { tenant, kind, path });
  if (!route) {
    throw common('not-found', { detail: `Nothing is published at this address.`, hint: 'Publish the workflow first.' });
  }
  if (routes.standing !== 'active') throw suspended();
  guard(request, route, env);
  await admitVisitor(request, route, { env, tenant });
  return { tenant, path, query, route, shards: routes.shards };
}

/** A browser asks its visitor again only after a 401, so a wrong login is answered like a missing one. */
async function admitVisitor(
  request: Request,
  { guard: rules, workflow }: HookRoute,
  where: { env: Env; tenant: string },
): Promise<void> {
  if (!rules?.proof) return;
  try {
    await admit(request.headers, { ...rules.proof, workflow }, where);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'hook-proof-wrong') throw error;
    const challenge = rules.proof.by === 'basicAuth' ? 'Basic realm="Form"' : 'Bearer';
    throw common('key-invalid', { detail: 'That login is not right.', headers: { 'www-authenticate': challenge } });
  }
}

/** How what it starts is answered, where that is waited for. */
export const answerOf = ({ responseMode, responseCode, responseData, responseHeaders }: HookRoute) => ({
  responseMode,
  responseCode,
  responseData,
  responseHeaders,
});
