import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** One row a credential. What is secret in it stands sealed in `secrets`, field by field (workers/vault). */
export const credentials = sqliteTable(
  'credentials',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    type: text('type').notNull(),
    name: text('name').notNull(),
    /** JSON list of the domains it may be sent to; empty: any. */
    domains: text('domains').notNull(),
    /** JSON object: the values that are no secrets. */
    fields: text('fields').notNull(),
    /** JSON object: sealed text by field. */
    secrets: text('secrets').notNull(),
    /** Sealed tokens of a sign-in. */
    tokens: text('tokens').notNull().default(''),
    /** The data key secrets and tokens are sealed with. */
    keyId: text('key_id').notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    /** `ready`, `unfinished` or `reconnect`. */
    state: text('state').notNull().default('ready'),
    /** JSON: users, projects and roles that may use it; `{}`: everybody. */
    allowed: text('allowed').notNull().default('{}'),
    /** JSON object: secrets that lie in another store, by field. */
    refs: text('refs').notNull().default('{}'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('credentials_by_name').on(table.tenantId, table.type, table.name),
  ],
);

/** A tenant's data keys, each wrapped by the deployment's key. Old ones stay until nothing is sealed with them. */
export const vaultKeys = sqliteTable(
  'vault_keys',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    /** Which deployment key wraps it. */
    wrappedBy: text('wrapped_by').notNull(),
    wrapped: text('wrapped').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/** Who brought a credential into a workflow, with what they could show then: sharing is asked about them at each use. */
export const credentialVouchers = sqliteTable(
  'credential_vouchers',
  {
    tenantId: text('tenant_id').notNull(),
    workflowId: text('workflow_id').notNull(),
    credentialId: text('credential_id').notNull(),
    /** JSON (workers/vault/vouchers.ts). */
    voucher: text('voucher').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.workflowId, table.credentialId] })],
);
