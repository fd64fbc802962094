import type { Env } from '../env.ts';
import { sameSecret } from '../kit/digest.ts';
import { common } from '../kit/problem.ts';
import { failureResponse, newRequestId, SECURITY_HEADERS } from '../kit/response.ts';
import { waitingMails } from '../mail/outbox.ts';
import { seed } from '../seed/index.ts';
import type { OperatorCall } from './call.ts';
import { openEgress } from './egress.ts';
import { certificate, list, make, read, remove, restore, resume, suspend } from './organizations.ts';
import { plans, readPlan, setPlan } from './plan.ts';
import { rewrap } from './rewrap.ts';
import { verifyDomain, verifyHookDomain } from './domains.ts';
import { runnerStats } from './stats.ts';

const MAX_MAILS_SHOWN = 100;

/** `{}` stands for one part of the path. */
const ROUTES: Readonly<Record<string, Record<string, (call: OperatorCall) => unknown>>> = {
  '/internal/seed': { POST: seed },
  '/internal/stats': { GET: runnerStats },
  '/internal/mails': { GET: async ({ env }) => ({ mails: await waitingMails(env, MAX_MAILS_SHOWN) }) },
  '/internal/vault/rewrap': { POST: rewrap },
  '/internal/egress': { PUT: openEgress },
  '/internal/sso-domains': { POST: verifyDomain },
  '/internal/hook-domains': { POST: verifyHookDomain },
  '/internal/plans': { GET: plans },
  '/internal/organizations': { GET: list, POST: make },
  '/internal/organizations/{}': { GET: read, DELETE: remove },
  '/internal/organizations/{}/plan': { GET: readPlan, PUT: setPlan },
  '/internal/organizations/{}/certificate': { GET: certificate },
  '/internal/organizations/{}/suspend': { POST: suspend },
  '/internal/organizations/{}/resume': { POST: resume },
  '/internal/organizations/{}/restore': { POST: restore },
};
const PATTERNS = Object.entries(ROUTES).map(
  ([path, methods]) => [new RegExp(`^${path.replaceAll('{}', '([^/]+)')}$`), new Map(Object.entries(methods))] as const,
);

/**
 * `/internal/*`, for operators and the launcher: who holds the deployment's key. What is done to an organisation is in
 * its own audit log, with the actor `operator`.
 */
export async function serveOperator(request: Request, env: Env): Promise<Response> {
  const requestId = newRequestId();
  try {
    const response = await answer(request, env, requestId);
    const headers = new Headers(response.headers);
    const ours = { ...SECURITY_HEADERS, 'cache-control': 'no-store', 'x-request-id': requestId };
    for (const [name, value] of Object.entries(ours)) headers.set(name, value);
    return new Response(response.body, { status: response.status, headers });
  } catch (error) {
    return failureResponse(error, requestId);
  }
}

async function answer(request: Request, env: Env, requestId: string): Promise<Response> {
  const url = new URL(request.url);
  const [pattern, methods] = PATTERNS.find(([each]) => each.test(url.pathname)) ?? [];
  // Without a key there is nothing here: none can be guessed.
  if (!pattern || !methods || !env.DEPLOYMENT_KEY) throw common('not-found');
  const handle = methods.get(request.method);
  if (!handle) throw common('method-not-allowed', { headers: { allow: [...methods.keys()].join(', ') } });
  if (!(await sameSecret(request.headers.get('x-deployment-key') ?? '', env.DEPLOYMENT_KEY))) {
    throw common('key-invalid', { hint: 'Send the deployment key in X-Deployment-Key.' });
  }
  const params = pattern.exec(url.pathname)?.slice(1) ?? [];
  const result = await handle({ request, env, requestId, url, params });
  return result instanceof Response ? result : Response.json(result);
}
