import { hookHolderOf } from './hook-store.ts';
import type { Env } from '../env.ts';
import { BoundedCache } from '../kit/bounded-cache.ts';

/** After this a request has it asked again. */
const ASK_AFTER_MS = 10_000;
/** After this requests wait for the answer, so a domain that was given up is quiet within half a minute. */
const STALE_AFTER_MS = 30_000;
const KEEP_MS = 10 * 60_000;
/** Names nobody asked for before cost a look into the database each; beyond this a second they are strangers. */
const NEW_NAMES_PER_SECOND = 50;

interface Entry {
  tenant: string | null;
  askedMs: number;
  asking: boolean;
}

// Per isolate; most names are the deployment's own.
const hosts = new BoundedCache<Entry>(5_000);
let windowStartMs = 0;
let newNames = 0;

/** For a host over the limit of new names: nobody can say whose it is. */
export const UNASKED = Symbol('unasked');

export type Holder = string | null | typeof UNASKED;

/**
 * Whose domain a host is (HDM1–HDM4); null: nobody's, so the deployment answers as itself. A host that is known is
 * answered at once: asking again goes on beside the request, in `later`.
 */
export function tenantAt(host: string, env: Env, later: (work: Promise<unknown>) => void): Holder | Promise<Holder> {
  if (!mayBeForeign(host, env)) return null;
  const name = nameIn(host);
  const nowMs = Date.now();
  const entry = hosts.get(name, nowMs);
  if (!entry) return mayAsk(nowMs) ? ask(name, env, undefined) : UNASKED;
  const ageMs = nowMs - entry.askedMs;
  if (ageMs >= STALE_AFTER_MS) return ask(name, env, entry);
  if (ageMs >= ASK_AFTER_MS && !entry.asking) later(ask(name, env, entry));
  return entry.tenant;
}

/** Numbers, single words and the deployment's own name are nobody's. */
export function mayBeForeign(host: string, { PUBLIC_URL: own }: Pick<Env, 'PUBLIC_URL'>): boolean {
  if (host.startsWith('[') || !host.includes('.') || /^[\d.]+(:\d+)?$/.test(host)) return false;
  return !own || hostOf(own) !== nameIn(host);
}

/** After a change through this isolate: the next request asks. */
export const forgetHost = (domain: string): void => hosts.delete(domain);

async function ask(name: string, env: Env, entry: Entry | undefined): Promise<string | null> {
  if (entry) entry.asking = true;
  try {
    const tenant = (await hookHolderOf(env.DB, name)) ?? null;
    const nowMs = Date.now();
    hosts.set(name, { tenant, askedMs: nowMs, asking: false }, nowMs + KEEP_MS);
    return tenant;
  } finally {
    if (entry) entry.asking = false;
  }
}

function mayAsk(nowMs: number): boolean {
  if (nowMs - windowStartMs >= 1_000) {
    windowStartMs = nowMs;
    newNames = 0;
  }
  return ++newNames <= NEW_NAMES_PER_SECOND;
}

/** Without a port and the dot of a full name. */
const nameIn = (host: string): string => host.replace(/:\d+$/, '').replace(/\.$/, '');

let known: { url: string; host: string } | undefined;
function hostOf(url: string): string {
  if (known?.url !== url) known = { url, host: URL.canParse(url) ? new URL(url).hostname : '' };
  return known.host;
}
