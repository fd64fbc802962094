import { env, exports } from 'cloudflare:workers';
import { tenantOf } from '../../durable-objects/stubs.ts';
import { AREAS } from '../areas.generated.ts';
import { d1Directory } from '../areas/tenant/store.ts';
import type { Env } from '../env.ts';
import { newApiKey } from './api-key.ts';
import { newId } from './context.ts';
import type { AnyRoute } from './contract.ts';
import { sha256Hex } from './digest.ts';

export interface Reply {
  status: number;
  headers: Headers;
  // Tests look into answers with matchers.
  body: Record<string, unknown>;
}

interface CallInit {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
}

export type Caller = (key: string, init?: CallInit) => Promise<Reply>;

export const testEnv = env as unknown as Env;

/** A request to the whole Worker, as it would arrive from outside. */
export const fetchWorker = (path: string, init?: RequestInit): Promise<Response> =>
  fetchAt(`https://millrace.test${path}`, init);

/** The same, at any host. */
export function fetchAt(url: string, init?: RequestInit): Promise<Response> {
  const worker = exports as unknown as { default: { fetch(request: Request): Promise<Response> } };
  return worker.default.fetch(new Request(url, init));
}

/** Makes a tenant with a key of these scopes; returns the key. */
export async function tenantWithKey(tenant: string, scopes: string[] = ['*']): Promise<string> {
  const registry = tenantOf(testEnv, tenant);
  await registry.create({ id: tenant, name: tenant });
  await d1Directory(testEnv.DB).add(tenant, Date.now());
  const key = newApiKey(tenant);
  await registry.addKey({ id: newId('key'), name: 'test', scopes, hash: await sha256Hex(key) });
  return key;
}

/** Calls the API as a tenant. A success that does not fit its contract's output fails the test. */
export async function apiFor(tenant: string, scopes?: string[]): Promise<Caller> {
  return caller(await tenantWithKey(tenant, scopes));
}

export function caller(apiKey: string | undefined): Caller {
  return async (key, { params = {}, query = {}, body, headers = {} } = {}) => {
    const [method = '', template = ''] = key.split(' ');
    const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const search = new URLSearchParams(query).toString();
    const response = await fetchWorker(path + (search && `?${search}`), {
      method,
      headers: {
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
    if (response.ok) await checkOutput(key, json);
    return { status: response.status, headers: response.headers, body: json };
  };
}

async function checkOutput(key: string, json: unknown): Promise<void> {
  const route: AnyRoute | undefined = AREAS.flatMap((area) => area.routes).find(
    (each) => each.route.key === key,
  )?.route;
  if (!route || route.answers !== 'json') return;
  const result = (await route.output['~standard'].validate(json)) as { issues?: unknown };
  if (result.issues) {
    throw new Error(`${key} answered outside its contract: ${JSON.stringify(result.issues).slice(0, 2_000)}`);
  }
}
