/** What an export takes of a D1 table, and whether an import brings it back. */
interface Decision {
  /** Columns that stay out: secrets, sealed or hashed, and what means nothing elsewhere. */
  without?: readonly string[];
  /** Nothing of it is exported, and why. */
  skip?: string;
  /** `people`: by people.ts, as far as it can be. */
  imported?: true | 'people';
}

/**
 * Every D1 table with a `tenant_id`, decided: a test fails for one that is not here, so that a new table is neither
 * forgotten nor given away unseen.
 */
export const RECORDS: Readonly<Record<string, Decision>> = {
  tenants: { skip: 'when the reaper was last there' },
  shards: { skip: 'when the reaper was last there' },
  erasures: { skip: 'of a deletion that was asked for' },
  vault_keys: { skip: 'keys' },
  workflows: { imported: true },
  workflow_versions: { imported: true },
  environments: { imported: true },
  credential_bindings: { imported: true },
  variables: { without: ['key_id'], imported: true },
  projects: { imported: true },
  folders: { imported: true },
  placements: { imported: true },
  tags: { imported: true },
  credentials: { without: ['secrets', 'tokens', 'key_id'], imported: true },
  credential_vouchers: { skip: 'who answers for credentials here; publishing says so anew' },
  hello_notes: { imported: true },
  run_shares: { skip: 'links that are dead elsewhere' },
  members: {},
  invitations: { without: ['token_hash', 'token', 'hash', 'secret'], imported: 'people' },
  roles: { imported: 'people' },
  grants: { imported: 'people' },
  service_accounts: { imported: 'people' },
  sso_connections: { without: ['secret', 'secret_key', 'scim_hash'] },
  sso_domains: { without: ['token'] },
  hook_domains: { without: ['token'] },
  sso_identities: {},
  sso_assertions: { skip: 'of a sign-in that is over in minutes' },
  sso_flows: { skip: 'of a sign-in that is over in minutes' },
  sso_sessions: { skip: 'sessions' },
  scim_users: {},
  scim_groups: {},
  scim_members: {},
};

/** Rows read at once: one of a workflow may have two megabytes. */
const AT_ONCE = 20;

export type Row = Record<string, string | number | null>;

/** A tenant's rows of one table, as they may be shown. */
export async function* rowsOf(db: D1Database, tenant: string, table: string): AsyncGenerator<Row> {
  const { without = [] } = RECORDS[table] ?? {};
  for (let after = 0; ;) {
    const select = `SELECT rowid AS "_rowid", * FROM "${table}" WHERE tenant_id = ? AND rowid > ? ORDER BY rowid LIMIT ${AT_ONCE}`;
    const { results } = await db.prepare(select).bind(tenant, after).all<Row>();
    for (const row of results) {
      after = Number(row['_rowid']);
      const shown = Object.entries(row).filter(
        ([name]) => name !== '_rowid' && name !== 'tenant_id' && !without.includes(name),
      );
      yield table === 'variables' ? openVariable(Object.fromEntries(shown)) : Object.fromEntries(shown);
    }
    if (results.length < AT_ONCE) return;
  }
}

/** Of a secret variable there is nothing but its name. */
const openVariable = (row: Row): Row => (row['secret'] === 0 ? row : { ...row, value: null });
