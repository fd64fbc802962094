import type { Json, JsonObject } from '../../core/data/item.ts';
import { auditOf, tenantOf } from '../../durable-objects/stubs.ts';
import type { Env } from '../env.ts';
import { forgetRoutes } from '../kit/route-table.ts';
import { removeFiles } from './bucket.ts';
import { certify, type Certificate } from './certificate.ts';
import { d1Erasures, type Erasure } from './erasures.ts';
import { objectsOf, registryOf } from './objects.ts';
import { removeRows } from './rows.ts';

/** What was removed so far. Grows only: a deletion that begins again adds what it finds. */
interface Removed {
  rows: Record<string, number>;
  objects: Record<string, { objects: number; rows: number; bytes: number }>;
  files: { objects: number; bytes: number; digests: string[] };
  audit?: { seq: number; hash: string };
  startedAt?: number;
}

/** Route tables of isolates are a second old at most. */
const FORGOTTEN_MS = 2_000;

/**
 * Removes everything of a tenant (LIF4) and certifies it. May stop anywhere and begin again: each part is counted and
 * written down when it is done, and doing it again finds nothing.
 */
async function eraseTenant(env: Env, erasure: Erasure): Promise<Certificate> {
  const { tenant } = erasure;
  const store = d1Erasures(env.DB);
  const removed: Removed = {
    rows: {},
    objects: {},
    files: { objects: 0, bytes: 0, digests: [] },
    ...(JSON.parse(erasure.removed) as Partial<Removed>),
  };
  removed.startedAt ??= Date.now();
  const profile = await tenantOf(env, tenant).profile();
  const shards = profile.ok ? profile.value.shards : 1;
  // stops what still comes in, also when somebody set it active since
  if (profile.ok) {
    await tenantOf(env, tenant).setStanding({ standing: 'deleting', reason: 'being deleted', by: 'owner' });
  }
  if (!removed.audit) removed.audit = (await auditOf(env, tenant).ends()).head;
  const { results } = await env.DB.prepare('SELECT id FROM credentials WHERE tenant_id = ?')
    .bind(tenant)
    .all<{ id: string }>();
  const credentials = results.map(({ id }) => id);
  await store.progress(tenant, removed);

  const everything = objectsOf(env, tenant, { shards, credentials });
  for (const object of everything) {
    count(removed, object.kind, await object.erase());
    await store.progress(tenant, removed);
  }
  for (const [table, rows] of Object.entries(await removeRows(env.DB, tenant))) {
    removed.rows[table] = (removed.rows[table] ?? 0) + rows;
  }
  await store.progress(tenant, removed);
  const files = await removeFiles(env.FILES, tenant);
  if (files.objects > 0) {
    removed.files.objects += files.objects;
    removed.files.bytes += files.bytes;
    removed.files.digests.push(files.digest);
  }
  count(removed, 'registry', await registryOf(env, tenant).erase());
  forgetRoutes(tenant);
  await store.progress(tenant, removed);
  // A call that was under way may have woken an object again, or written a row: once more, when no isolate remembers
  // that there was such a tenant.
  await new Promise((later) => setTimeout(later, FORGOTTEN_MS));
  for (const object of [...everything, registryOf(env, tenant)]) await object.erase();
  await removeRows(env.DB, tenant);
  await removeFiles(env.FILES, tenant);

  const finishedAt = Date.now();
  const certificate = await certify(env.DEPLOYMENT_KEY ?? '', statementOf(erasure, removed, finishedAt));
  await store.finish(tenant, finishedAt, certificate);
  return certificate;
}

function count(removed: Removed, kind: string, { rows, bytes }: { rows: Record<string, number>; bytes: number }): void {
  const before = removed.objects[kind] ?? { objects: 0, rows: 0, bytes: 0 };
  const found = Object.values(rows).reduce((sum, n) => sum + n, 0);
  const isEmpty = Object.keys(rows).length === 0;
  removed.objects[kind] = {
    objects: before.objects + (isEmpty ? 0 : 1),
    rows: before.rows + found,
    bytes: before.bytes + bytes,
  };
}

function statementOf({ tenant, requestedBy, requestedAt }: Erasure, removed: Removed, finishedAt: number): Json {
  const { rows, objects, files, audit, startedAt } = removed;
  return {
    format: 'millrace.erasure/1',
    organization: tenant,
    requestedBy,
    requestedAt,
    startedAt: startedAt ?? finishedAt,
    finishedAt,
    removed: { rows, objects, files } as unknown as JsonObject,
    auditLog: (audit ?? null) as unknown as Json,
    kept: ['this certificate', 'accounts of people, who may belong to other organizations'],
  };
}

/** Longer than a Worker may take; after a crash the next one begins then. */
const CLAIM_MS = 15 * 60_000;

/** Deletions whose grace is over; called every minute, and by the request that asked for one without grace. */
export async function eraseDue(env: Env, nowMs: number): Promise<number> {
  const due = await d1Erasures(env.DB).due(nowMs, 3);
  const store = d1Erasures(env.DB);
  for (const { tenant } of due) {
    if (!(await store.claim(tenant, nowMs, CLAIM_MS))) continue;
    const erasure = await store.of(tenant);
    if (!erasure) continue;
    try {
      await eraseTenant(env, erasure);
    } catch (error) {
      await store.release(tenant);
      console.error(JSON.stringify({ level: 'error', erasing: erasure.tenant, error: String(error) }));
    }
  }
  return due.length;
}
