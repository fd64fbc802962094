import { d1Directory } from './areas/tenant/store.ts';
import { reap } from './areas/tenant/reaper.ts';
import { runnerOf, tenantOf } from '../durable-objects/stubs.ts';
import { api } from './api/app.ts';
import type { Env } from './env.ts';
import { type Holder, tenantAt, UNASKED } from './domains/host.ts';
import { serveHook } from './hooks/index.ts';
import { atUsualAddress } from './hooks/own-host.ts';
import { serveWaiting } from './hooks/waiting.ts';
import { passAuth } from './api/auth.ts';
import { forgetExpired } from './identity/housekeeping.ts';
import { consume } from './jobs/consume.ts';
import { eraseDue } from './lifecycle/erase.ts';
import { serveReceipt } from './lifecycle/receipt.ts';
import type { EventMessage } from './kit/context.ts';
import { common } from './kit/problem.ts';
import { sendDue } from './mail/outbox.ts';
import { failureResponse, newRequestId, SECURITY_HEADERS, strictTransport } from './kit/response.ts';
import { serveOperator } from './operator/index.ts';
import { branded, serveLogo } from './pages/brand.ts';
import { serveChat } from './pages/chats.ts';
import { serveForm } from './pages/forms.ts';
import { servePaper } from './pages/paper.ts';
import { serveSharedRun } from './pages/shared-run.ts';
import { serveScim } from './scim/serve.ts';
import { serveSignIn } from './sign-in/index.ts';
import { forgetFlows } from './sso/flows.ts';
import { serveSso } from './sso/serve.ts';

export { Audit } from '../durable-objects/audit/index.ts';
export { Meter } from '../durable-objects/meter/index.ts';
export { Runner } from '../durable-objects/runner/index.ts';
export { Queries } from '../durable-objects/queries/index.ts';
export { SignIn } from '../durable-objects/sign-in/index.ts';
export { Tables } from '../durable-objects/tables/index.ts';
export { Tenant } from '../durable-objects/tenant/index.ts';
export { Variables } from './areas/variables/loopback.ts';
export { Documents } from './areas/workflows/documents.ts';
export { Executor } from './executor/entrypoint.ts';

/** The cron the launcher fires once after a start: alarms may have been lost with the process. */
const BOOT_CRON = '@boot';

async function serve(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
  const { url } = request;
  const hostAt = url.indexOf('://') + 3;
  const pathAt = url.indexOf('/', hostAt);
  const holder = tenantAt(url.slice(hostAt, pathAt), env, (work) => ctx.waitUntil(work));
  if (holder !== null) return serveHost(holder, request, env);
  return strictTransport(request, await serveAt(url.slice(pathAt), request, env));
}

/**
 * At a domain that may be an organisation's own: its webhooks and pages, and nothing of the deployment. Nor does the
 * deployment say there that all names below it have TLS.
 */
async function serveHost(asked: Holder | Promise<Holder>, request: Request, env: Env): Promise<Response> {
  const holder = await asked;
  if (holder === UNASKED) {
    const hint = 'Too many unknown hosts were asked for.';
    return failureResponse(common('rate-limited', { hint, headers: { 'retry-after': '1' } }), newRequestId());
  }
  const { pathname, search } = new URL(request.url);
  if (holder === null) return strictTransport(request, await serveAt(pathname + search, request, env));
  const usual = await atUsualAddress(request, env, holder);
  return serveAt(new URL(usual.url).pathname, usual, env);
}

function serveAt(path: string, request: Request, env: Env): Response | Promise<Response> {
  // Webhooks first: everything before them would cost every run.
  if (path.startsWith('/hooks/')) return serveHook(request, env);
  if (path.startsWith('/v1/') || path.startsWith('/openapi.json')) return api(env).fetch(request, env);
  if (path.startsWith('/forms/')) return inBrand(request, env, serveForm);
  if (path.startsWith('/chats/')) return inBrand(request, env, serveChat);
  if (path.startsWith('/oauth/')) return serveSignIn(request, env);
  if (path.startsWith('/waiting/')) return inBrand(request, env, serveWaiting);
  if (path === '/health' || path.startsWith('/health?')) return health(env);
  if (path.startsWith('/sso/')) return serveSso(request, env);
  if (path.startsWith('/scim/')) return serveScim(request, env);
  if (path.startsWith('/auth/')) return passAuth(request, env);
  if (path.startsWith('/shared/')) return inBrand(request, env, serveSharedRun);
  if (path.startsWith('/brand/')) return serveLogo(request, env);
  if (path === '/paper') return servePaper();
  if (path.startsWith('/erasures/')) return serveReceipt(request, env);
  if (path.startsWith('/internal/')) return serveOperator(request, env);
  if (env.ASSETS) return env.ASSETS.fetch(request);
  return failureResponse(common('not-found', { hint: 'GET /openapi.json lists every address.' }), newRequestId());
}

async function inBrand(
  request: Request,
  env: Env,
  page: (request: Request, env: Env) => Promise<Response>,
): Promise<Response> {
  return branded(request, env, await page(request, env));
}

function health(env: Env): Response {
  const headers = { ...SECURITY_HEADERS, 'cache-control': 'no-store', 'x-request-id': newRequestId() };
  return Response.json({ status: 'ok', version: env.VERSION?.id ?? 'local' }, { headers });
}

export default {
  fetch: serve,
  async scheduled({ cron }, env) {
    const ports = {
      directory: d1Directory(env.DB),
      tenant: (tenant: string) => tenantOf(env, tenant),
      runner: (tenant: string, shard: number) => runnerOf(env, tenant, shard),
      now: () => Date.now(),
    };
    // Each is its own: a mail server that hangs must not keep runs from being woken.
    const done = await Promise.allSettled([
      reap(ports, cron === BOOT_CRON),
      eraseDue(env, Date.now()),
      sendDue(env),
      forgetExpired(env.DB),
      forgetFlows(env.DB),
    ]);
    const failed = done.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
  },
  queue: consume,
} satisfies ExportedHandler<Env, EventMessage>;
