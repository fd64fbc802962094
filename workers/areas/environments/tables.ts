import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Environments an organisation made besides the three that everyone has. */
export const environments = sqliteTable(
  'environments',
  {
    tenantId: text('tenant_id').notNull(),
    name: text('name').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.name] })],
);

/** In one environment, another credential takes the place of the one a document names; or none may be used there. */
export const credentialBindings = sqliteTable(
  'credential_bindings',
  {
    tenantId: text('tenant_id').notNull(),
    environment: text('environment').notNull(),
    credentialId: text('credential_id').notNull(),
    /** Absent: the credential may not be used there. */
    usesId: text('uses_id'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.environment, table.credentialId] })],
);
