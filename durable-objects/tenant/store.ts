import type { Region } from '../../core/environment/region.ts';
import type {
  Branding,
  EgressRules,
  HookRoute,
  KeyHead,
  KnownKey,
  NewKey,
  RouteTable,
  Standing,
  StandingBy,
  TenantProfile,
  TenantSettings,
} from './protocol.ts';

/** A key's last use is noted at most this often. */
const USED_EVERY_MS = 60_000;

interface ProfileRow extends Record<string, SqlStorageValue> {
  id: string;
  name: string;
  shards: number;
  standing: Standing;
  standing_reason: string;
  standing_by: StandingBy | '';
  standing_since: number;
  delete_at: number | null;
  region: Region | null;
  branding: string;
  created_at: number;
  egress: string;
  retention_days: number;
  audit_days: number;
  route_version: number;
}

/** The tenant's registry in SQL: profile, publications' routes, keys. Schedules have their own store. */
export class TenantStore {
  readonly #sql: SqlStorage;
  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  profile(): TenantProfile | undefined {
    const row = this.#profileRow();
    if (!row) return undefined;
    const { id, name, shards, retention_days: retentionDays, audit_days: auditDays } = row;
    return {
      id,
      name,
      shards,
      retentionDays,
      auditDays,
      suspended: row.standing !== 'active',
      standing: row.standing,
      standingReason: row.standing_reason,
      standingBy: row.standing_by,
      standingSince: row.standing_since,
      deleteAt: row.delete_at,
      region: row.region,
      branding: JSON.parse(row.branding) as Branding,
      createdAt: row.created_at,
      egress: JSON.parse(row.egress) as EgressRules,
    };
  }

  create(made: { id: string; name: string; egress: EgressRules; region: Region | null; atMs: number }): void {
    this.#sql.exec(
      'INSERT INTO profile (id, name, shards, egress, retention_days, route_version, region, created_at, standing_since) VALUES (?, ?, 1, ?, 30, 1, ?, ?, ?)',
      made.id,
      made.name,
      JSON.stringify(made.egress),
      made.region,
      made.atMs,
      made.atMs,
    );
  }

  setStanding(change: {
    standing: Standing;
    reason: string;
    by: StandingBy;
    deleteAt: number | null;
    atMs: number;
  }): void {
    this.#sql.exec(
      'UPDATE profile SET standing = ?, standing_reason = ?, standing_by = ?, delete_at = ?, standing_since = ?, route_version = route_version + 1',
      change.standing,
      change.reason,
      change.by,
      change.deleteAt,
      change.atMs,
    );
  }

  configure({ name, branding, retentionDays, auditDays }: TenantSettings): void {
    this.#sql.exec(
      'UPDATE profile SET name = coalesce(?, name), branding = coalesce(?, branding), retention_days = coalesce(?, retention_days), audit_days = coalesce(?, audit_days), route_version = route_version + 1',
      name ?? null,
      branding === undefined ? null : JSON.stringify(branding),
      retentionDays ?? null,
      auditDays ?? null,
    );
  }

  setEgress(rules: EgressRules): void {
    this.#sql.exec('UPDATE profile SET egress = ?', JSON.stringify(rules));
  }

  routes(): RouteTable | undefined {
    const row = this.#profileRow();
    if (!row) return undefined;
    const rows = this.#sql.exec<{ hooks: string }>('SELECT hooks FROM publications ORDER BY workflow').toArray();
    const hooks = rows.flatMap(({ hooks: json }) => JSON.parse(json) as HookRoute[]);
    return {
      version: row.route_version,
      standing: row.standing,
      shards: row.shards,
      hooks,
      branding: { name: row.name, ...(JSON.parse(row.branding) as Branding) },
    };
  }

  routeVersion(): number {
    return this.#profileRow()?.route_version ?? 0;
  }

  publications(): { workflow: string; version: string }[] {
    const rows = this.#sql.exec<{ workflow: string; version: string }>('SELECT workflow, version FROM publications');
    return rows.toArray();
  }

  publication(workflow: string): { version: string; hooks: string } | undefined {
    type Row = { version: string; hooks: string };
    return this.#sql.exec<Row>('SELECT version, hooks FROM publications WHERE workflow = ?', workflow).toArray()[0];
  }

  /** Who holds a method and path pattern, if anyone. */
  holder(method: string, pattern: string): { workflow: string; node: string } | undefined {
    type Row = { workflow: string; node: string };
    return this.#sql
      .exec<Row>('SELECT workflow, node FROM hooks WHERE method = ? AND pattern = ?', method, pattern)
      .toArray()[0];
  }

  replaceRoutes(publication: { workflow: string; version: string; hooks: HookRoute[]; atMs: number }): void {
    const { workflow, version, hooks, atMs } = publication;
    this.removeRoutes(workflow);
    for (const { methods, path, node, page } of hooks) {
      for (const method of methods) {
        const pattern = patternOf(path, page);
        this.#sql.exec(
          'INSERT INTO hooks (method, pattern, workflow, node) VALUES (?, ?, ?, ?)',
          method,
          pattern,
          workflow,
          node,
        );
      }
    }
    this.#sql.exec(
      'INSERT INTO publications (workflow, version, hooks, published_at) VALUES (?, ?, ?, ?)',
      workflow,
      version,
      JSON.stringify(hooks),
      atMs,
    );
    this.#sql.exec('UPDATE profile SET route_version = route_version + 1');
  }

  removeRoutes(workflow: string): void {
    this.#sql.exec('DELETE FROM hooks WHERE workflow = ?', workflow);
    this.#sql.exec('DELETE FROM publications WHERE workflow = ?', workflow);
    this.#sql.exec('UPDATE profile SET route_version = route_version + 1');
  }

  addKey({ id, hash, name, scopes, prefix, expiresAt, owner }: NewKey, atMs: number): void {
    this.#sql.exec(
      'INSERT OR IGNORE INTO api_keys (id, hash, name, scopes, created_at, prefix, expires_at, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      id,
      hash,
      name,
      JSON.stringify(scopes),
      atMs,
      prefix ?? '',
      expiresAt ?? null,
      owner ?? null,
    );
  }

  /** A key that is not over yet; notes that it was used. */
  useKey(hash: string, nowMs: number): KnownKey | undefined {
    type Row = {
      id: string;
      scopes: string;
      owner: string | null;
      expires_at: number | null;
      last_used_at: number | null;
    };
    const [row] = this.#sql
      .exec<Row>('SELECT id, scopes, owner, expires_at, last_used_at FROM api_keys WHERE hash = ?', hash)
      .toArray();
    if (!row || (row.expires_at !== null && row.expires_at <= nowMs)) return undefined;
    if (nowMs - (row.last_used_at ?? 0) >= USED_EVERY_MS) {
      this.#sql.exec('UPDATE api_keys SET last_used_at = ? WHERE id = ?', nowMs, row.id);
    }
    const known: KnownKey = { id: row.id, scopes: JSON.parse(row.scopes) as string[] };
    if (row.owner !== null) known.owner = row.owner;
    if (row.expires_at !== null) known.expiresAt = row.expires_at;
    return known;
  }

  keys(): KeyHead[] {
    type Row = {
      id: string;
      name: string;
      scopes: string;
      owner: string | null;
      created_at: number;
      prefix: string;
      expires_at: number | null;
      last_used_at: number | null;
    };
    return this.#sql
      .exec<Row>(
        'SELECT id, name, scopes, owner, created_at, prefix, expires_at, last_used_at FROM api_keys ORDER BY created_at, id',
      )
      .toArray()
      .map(({ id, name, scopes, owner, created_at, prefix, expires_at, last_used_at }) => ({
        id,
        name,
        scopes: JSON.parse(scopes) as string[],
        prefix,
        owner,
        createdAt: created_at,
        expiresAt: expires_at,
        lastUsedAt: last_used_at,
      }));
  }

  removeKey(id: string): boolean {
    return this.#sql.exec('DELETE FROM api_keys WHERE id = ? RETURNING id', id).toArray().length > 0;
  }

  removeKeysOf(owner: string): number {
    return this.#sql.exec('DELETE FROM api_keys WHERE owner = ? RETURNING id', owner).toArray().length;
  }

  #profileRow(): ProfileRow | undefined {
    return this.#sql.exec<ProfileRow>('SELECT * FROM profile').toArray()[0];
  }
}

/** Two paths that could take the same request are one pattern: the names of parameters do not tell them apart. */
export const patternOf = (path: string, page?: HookRoute['page']): string =>
  page === undefined ? path.replaceAll(/(^|\/):[^/]*/g, '$1:') : `${page}//${path}`;
