import { tenantOf } from '../../durable-objects/stubs.ts';
import type { ObjectBindings } from '../../durable-objects/stubs.ts';
import type { HookRoute, RouteTable, Standing } from '../../durable-objects/tenant/protocol.ts';
import { BoundedCache } from './bounded-cache.ts';

/** A tenant's webhooks made ready to look up. `shards` 0 means: no such tenant. */
export interface Routes {
  version: number;
  shards: number;
  standing: Standing;
  branding: NonNullable<RouteTable['branding']>;
  /** Literal paths: path → method → route. */
  exact: ReadonlyMap<string, ReadonlyMap<string, HookRoute>>;
  /** Paths with parameters, as segments; tried in order. */
  patterns: readonly { segments: readonly string[]; methods: ReadonlyMap<string, HookRoute> }[];
  /** Pages for people, by kind and path: `form/feedback`. */
  pages: ReadonlyMap<string, HookRoute>;
}

export type PageKind = NonNullable<HookRoute['page']>;

interface Entry {
  routes: Routes;
  /** When the tenant object was last asked, on the asking side of the call. */
  askedMs: number;
  asking: boolean;
}

/** After this the first request asks again, the others use what there is. */
const ASK_AFTER_MS = 500;
/** After this everyone waits for an answer, so publishing is seen within a second. */
const STALE_AFTER_MS = 900;
/** A path that is not there may just have been published: ask again, but not for each request of a scan. */
const MISS_ASK_AFTER_MS = 100;
const MAX_TENANTS = 5_000;
const KEEP_MS = 10 * 60_000;

// Per isolate. Entries hold no secrets; the tenant object holds the truth.
const tables = new BoundedCache<Entry>(MAX_TENANTS);

/** The tenant's routes, at most a second old. `missed`: the caller found nothing in what it got before. */
export async function routesOf(env: ObjectBindings, tenant: string, missed = false): Promise<Routes> {
  const nowMs = Date.now();
  const entry = tables.get(tenant, nowMs);
  if (!entry) return ask(env, tenant, undefined, nowMs);
  const ageMs = nowMs - entry.askedMs;
  const fresh = missed ? ageMs < MISS_ASK_AFTER_MS : ageMs < ASK_AFTER_MS || (entry.asking && ageMs < STALE_AFTER_MS);
  return fresh ? entry.routes : ask(env, tenant, entry, nowMs);
}

/** The page published at a path; a miss asks the tenant object once more, since it may just have been published. */
export async function pageRouteOf(
  env: ObjectBindings,
  { tenant, kind, path }: { tenant: string; kind: PageKind; path: string },
): Promise<{ routes: Routes; route: HookRoute | undefined }> {
  let routes = await routesOf(env, tenant);
  let route = routes.pages.get(`${kind}/${path}`);
  if (!route) {
    routes = await routesOf(env, tenant, true);
    route = routes.pages.get(`${kind}/${path}`);
  }
  return { routes, route };
}

/** After publishing through this isolate: the next request asks. */
export const forgetRoutes = (tenant: string): void => tables.delete(tenant);

async function ask(env: ObjectBindings, tenant: string, entry: Entry | undefined, nowMs: number): Promise<Routes> {
  if (entry) entry.asking = true;
  try {
    const table = await tenantOf(env, tenant).routes(entry?.routes.version ?? -1);
    const routes = table ? compile(table) : (entry?.routes ?? NONE);
    tables.set(tenant, { routes, askedMs: nowMs, asking: false }, nowMs + KEEP_MS);
    return routes;
  } finally {
    if (entry) entry.asking = false;
  }
}

const NONE: Routes = {
  version: -1,
  shards: 0,
  standing: 'active',
  branding: {},
  exact: new Map(),
  patterns: [],
  pages: new Map(),
};

export function compile({ version, shards, standing, hooks, branding = {} }: RouteTable): Routes {
  const byPath = new Map<string, Map<string, HookRoute>>();
  const pages = new Map<string, HookRoute>();
  for (const hook of hooks) {
    if (hook.page !== undefined) {
      pages.set(`${hook.page}/${hook.path}`, hook);
      continue;
    }
    const methods = byPath.get(hook.path) ?? new Map<string, HookRoute>();
    for (const method of hook.methods) methods.set(method, hook);
    byPath.set(hook.path, methods);
  }
  const patterns = [...byPath]
    .filter(([path]) => /(^|\/):/.test(path))
    .map(([path, methods]) => ({ segments: path.split('/'), methods }))
    // Fewer parameters first: `users/:id/posts` before `:any/:id/posts`.
    .sort((a, b) => parametersIn(a.segments) - parametersIn(b.segments));
  return { version, shards, standing, branding, exact: byPath, patterns, pages };
}

const parametersIn = (segments: readonly string[]): number =>
  segments.filter((segment) => segment.startsWith(':')).length;
