import { Hono } from 'hono';
import type { Context } from 'hono';
import { AREAS } from '../areas.generated.ts';
import type { Env } from '../env.ts';
import type { Area } from '../kit/area.ts';
import { common } from '../kit/problem.ts';
import { failureResponse, newRequestId, SECURITY_HEADERS } from '../kit/response.ts';
import { dispatch } from './dispatch.ts';
import type { Endpoint } from './dispatch.ts';
import { openApi } from './openapi.ts';

type Api = Hono<{ Bindings: Env }>;

/** The area that `npm run new area` copies: in the tree to be tested, and served by no deployment. */
const TEMPLATE = 'hello';

/** What this deployment's API consists of. */
export const areasServedBy = ({ SERVES_TEMPLATE }: Pick<Env, 'SERVES_TEMPLATE'>): readonly Area[] =>
  SERVES_TEMPLATE === 'yes' ? AREAS : AREAS.filter(({ name }) => name !== TEMPLATE);

/** All endpoints of these areas, by path. Literal paths come before parameters: `/import` is not an id. */
function endpointsByPath(areas: readonly Area[]): [string, Map<string, Endpoint>][] {
  const byPath = new Map<string, Map<string, Endpoint>>();
  for (const endpoint of areas.flatMap((area) => area.routes)) {
    const methods = byPath.get(endpoint.route.path) ?? new Map<string, Endpoint>();
    methods.set(endpoint.route.method, endpoint);
    byPath.set(endpoint.route.path, methods);
  }
  return [...byPath].sort(([a], [b]) => (a.replaceAll('{', '\uffff') < b.replaceAll('{', '\uffff') ? -1 : 1));
}

function allowOf(methods: ReadonlyMap<string, unknown>): string {
  const names = new Set([...methods.keys(), 'OPTIONS']);
  if (names.has('GET')) names.add('HEAD');
  return [...names].sort().join(', ');
}

async function serve(c: Context<{ Bindings: Env }>, methods: ReadonlyMap<string, Endpoint>): Promise<Response> {
  const requestId = newRequestId();
  try {
    const { method } = c.req;
    const allow = allowOf(methods);
    if (method === 'OPTIONS') {
      return new Response(null, { status: 204, headers: { ...SECURITY_HEADERS, allow, 'x-request-id': requestId } });
    }
    const endpoint = methods.get(method === 'HEAD' ? 'GET' : method);
    if (!endpoint) throw common('method-not-allowed', { hint: `Use ${allow}.`, headers: { allow } });
    const response = await dispatch(endpoint, { request: c.req.raw, env: c.env, params: c.req.param(), requestId });
    return method === 'HEAD' ? new Response(null, response) : response;
  } catch (error) {
    return failureResponse(error, requestId);
  }
}

let built: Api | undefined;

/** Built on the first API call: a webhook's cold start does not pay for it. */
export function api(env: Env): Api {
  if (built) return built;
  const areas = areasServedBy(env);
  const app: Api = new Hono<{ Bindings: Env }>({ strict: false });
  for (const path of ['/openapi.json', '/v1/openapi.json']) {
    app.get(path, (c) => {
      const headers = { ...SECURITY_HEADERS, 'cache-control': 'no-cache', 'x-request-id': newRequestId() };
      return c.json(openApi(areas, new URL(c.req.url).origin), 200, headers);
    });
  }
  for (const [path, methods] of endpointsByPath(areas)) {
    app.all(path.replaceAll(/\{(\w+)\}/g, ':$1'), (c) => serve(c, methods));
  }
  app.all('*', (c) => {
    const hint = 'GET /openapi.json lists every address.';
    return failureResponse(
      common('not-found', { detail: `Nothing at ${c.req.path.slice(0, 200)}.`, hint }),
      newRequestId(),
    );
  });
  built = app;
  return app;
}
