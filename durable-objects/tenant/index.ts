import { DurableObject } from 'cloudflare:workers';
import {
  bareVersion,
  environmentOf,
  placeOf,
  PRODUCTION,
  versionIn,
  workflowAt,
} from '../../core/environment/reference.ts';
import type { Region } from '../../core/environment/region.ts';
import { nextRuns } from '../../core/nodes/schedule/rule.ts';
import type { WorkflowNode } from '../../core/graph/document.ts';
import type { Outcome } from '../runner/protocol.ts';
import { Alarms } from '../kit/alarms.ts';
import { erase, type Erased } from '../kit/erase.ts';
import { isMigrated, migrate } from '../kit/migrate.ts';
import { runnerOf } from '../stubs.ts';
import type { ObjectBindings } from '../stubs.ts';
import { clockItem } from './clock-item.ts';
import { MIGRATIONS } from './migrations.ts';
import type {
  EgressRules,
  KeyHead,
  KnownKey,
  NewKey,
  Publication,
  RouteTable,
  Schedule,
  Standing,
  StandingBy,
  TenantProfile,
  TenantRpc,
  TenantSettings,
} from './protocol.ts';
import { conflictOf } from './publishing.ts';
import { ScheduleStore } from './schedule-store.ts';
import type { Firing } from './schedule-store.ts';
import { Schedules } from './schedules.ts';
import { TenantStore } from './store.ts';

/** What an ingress gets to know of a tenant that was never created: no shards, so no runs. */
const NO_TENANT: RouteTable = { version: 0, standing: 'active', shards: 0, hooks: [] };
const UNKNOWN = { status: 404, code: 'tenant-unknown', message: 'There is no such tenant' };

/** The registry of one tenant: profile, publications and their webhooks, schedules, API keys. */
export class Tenant extends DurableObject<ObjectBindings> implements TenantRpc {
  readonly #store: TenantStore;
  readonly #alarms: Alarms;
  readonly #schedules: Schedules;
  #routes: RouteTable | undefined;
  /** False until `create`: a call with a made-up name must leave nothing behind. */
  #known: boolean;

  constructor(ctx: DurableObjectState, env: ObjectBindings) {
    super(ctx, env);
    const { sql } = ctx.storage;
    this.#known = isMigrated(sql);
    if (this.#known) migrate(ctx.storage, MIGRATIONS);
    this.#store = new TenantStore(sql);
    this.#alarms = new Alarms(ctx.storage);
    this.#schedules = new Schedules({
      store: new ScheduleStore(sql),
      alarms: this.#alarms,
      transaction: (body) => ctx.storage.transactionSync(body),
      nextAfter,
      start: (firing) => this.#start(firing),
    });
  }

  async create(wanted: {
    id: string;
    name: string;
    egress?: EgressRules;
    region?: Region | undefined;
  }): Promise<TenantProfile> {
    if (this.ctx.id.name !== wanted.id) throw new Error(`tenant-mismatch: this object is not ${wanted.id}`);
    this.ctx.storage.transactionSync(() => {
      if (this.#known) return;
      migrate(this.ctx.storage, MIGRATIONS);
      const { id, name, egress = { allow: [], deny: [] }, region = null } = wanted;
      this.#store.create({ id, name, egress, region, atMs: Date.now() });
    });
    this.#known = true;
    return this.#require();
  }

  async profile(): Promise<Outcome<TenantProfile>> {
    return this.#known ? { ok: true, value: this.#require() } : { ok: false, error: UNKNOWN };
  }

  async setEgress(rules: EgressRules): Promise<Outcome<null>> {
    if (!this.#known) return { ok: false, error: UNKNOWN };
    this.#store.setEgress(rules);
    return { ok: true, value: null };
  }

  async routes(knownVersion: number): Promise<RouteTable | null> {
    if (!this.#known) return NO_TENANT;
    this.#routes ??= this.#store.routes();
    return this.#routes?.version === knownVersion ? null : (this.#routes ?? NO_TENANT);
  }

  async publish(publication: Publication): Promise<Outcome<{ version: number }>> {
    if (!this.#known) return { ok: false, error: UNKNOWN };
    const conflict = conflictOf(publication, this.#store);
    if (conflict) return { ok: false, error: conflict };
    const { version, hooks, schedules } = publication;
    const workflow = placeOf(publication.workflow, version);
    const current = this.#store.publication(workflow);
    const atMs = Date.now();
    this.ctx.storage.transactionSync(() => {
      if (current?.version !== version || current.hooks !== JSON.stringify(hooks)) {
        this.#store.replaceRoutes({ workflow, version, hooks, atMs });
      }
      this.#schedules.plan(workflow, schedules, atMs);
    });
    this.#routes = undefined;
    return { ok: true, value: { version: this.#store.routeVersion() } };
  }

  async unpublish(id: string, environment = PRODUCTION): Promise<void> {
    const workflow = placeOf(id, versionIn('', environment));
    if (!this.#known || !this.#store.publication(workflow)) return;
    this.ctx.storage.transactionSync(() => {
      this.#store.removeRoutes(workflow);
      this.#schedules.plan(workflow, [], Date.now());
    });
    this.#routes = undefined;
  }

  async publications(environment = PRODUCTION): Promise<{ workflow: string; version: string }[]> {
    const all = await this.allPublications();
    return all
      .filter(({ version }) => environmentOf(version) === environment)
      .map(({ workflow, version }) => ({ workflow, version: bareVersion(version) }));
  }

  async allPublications(): Promise<{ workflow: string; version: string }[]> {
    const rows = this.#known ? this.#store.publications() : [];
    return rows.map(({ workflow, version }) => ({ workflow: workflowAt(workflow), version }));
  }

  async setStanding(change: {
    standing: Standing;
    reason: string;
    by: StandingBy;
    deleteAt?: number;
  }): Promise<Outcome<TenantProfile>> {
    if (!this.#known) return { ok: false, error: UNKNOWN };
    const { standing, reason, by, deleteAt = null } = change;
    const { id, shards } = this.#require();
    const all = Array.from({ length: shards }, (_, shard) => runnerOf(this.env, id, shard));
    // first the shards: when one was not told, the tenant stands as before, and the same call is possible again
    await Promise.all(all.map((runner) => runner.setStanding(standing === 'active' ? 'active' : 'suspended')));
    this.#store.setStanding({ standing, reason, by, deleteAt, atMs: Date.now() });
    this.#routes = undefined;
    if (standing === 'active') await this.touch();
    return { ok: true, value: this.#require() };
  }

  async configure(change: TenantSettings): Promise<Outcome<TenantProfile>> {
    if (!this.#known) return { ok: false, error: UNKNOWN };
    this.#store.configure(change);
    this.#routes = undefined;
    return { ok: true, value: this.#require() };
  }

  async erase(): Promise<Erased> {
    const erased = await erase(this.ctx.storage);
    this.#known = false;
    this.#routes = undefined;
    return erased;
  }

  async addKey(key: NewKey): Promise<void> {
    if (!this.#known) throw new Error(UNKNOWN.code);
    this.#store.addKey(key, Date.now());
  }

  async verifyKey(hash: string): Promise<KnownKey | null> {
    return (this.#known && this.#store.useKey(hash, Date.now())) || null;
  }

  async listKeys(): Promise<KeyHead[]> {
    return this.#known ? this.#store.keys() : [];
  }

  async revokeKey(id: string): Promise<boolean> {
    return this.#known && this.#store.removeKey(id);
  }

  async revokeKeysOf(owner: string): Promise<number> {
    return this.#known ? this.#store.removeKeysOf(owner) : 0;
  }

  async touch(): Promise<void> {
    // A suspended tenant's alarm is spent; setting it active rings again.
    if (!this.#known || this.#require().standing !== 'active') return;
    await this.#alarms.ring(Date.now(), {
      schedules: (nowMs) => this.#schedules.ring(nowMs),
      firings: (nowMs) => this.#schedules.deliver(nowMs),
    });
  }

  override alarm(): Promise<void> {
    return this.touch();
  }

  #start({ workflow: place, node, version, zone, atMs }: Firing) {
    const workflow = workflowAt(place);
    const { id, shards } = this.#require();
    return runnerOf(this.env, id, shardOf(workflow, shards)).start({
      source: { workflow, version },
      mode: 'production',
      node,
      items: [clockItem(atMs, zone)],
      idempotencyKey: `schedule:${place}:${node}:${atMs}`,
    });
  }

  #require(): TenantProfile {
    const profile = this.#store.profile();
    if (!profile) throw new Error(UNKNOWN.code);
    return profile;
  }
}

/** Publishing checks rules; one that cannot be read all the same has no next time rather than stopping the others. */
function nextAfter({ workflow, node, def, zone }: Schedule, afterMs: number): number | null {
  try {
    return nextRuns(JSON.parse(def) as WorkflowNode, afterMs, zone, 1)[0]?.atMs ?? null;
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', schedule: { workflow, node }, error: String(error) }));
    return null;
  }
}

/** One workflow's scheduled runs stay on one shard, where their limits are counted. */
function shardOf(workflow: string, shards: number): number {
  let hash = 0;
  for (let at = 0; at < workflow.length; at++) hash = (Math.imul(hash, 31) + workflow.charCodeAt(at)) >>> 0;
  return hash % Math.max(1, shards);
}
