import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** One row a variable and environment. */
export const variables = sqliteTable(
  'variables',
  {
    tenantId: text('tenant_id').notNull(),
    environment: text('environment').notNull(),
    name: text('name').notNull(),
    /** The value; of a secret one the sealed text (workers/vault), or nothing when it must be entered again. */
    value: text('value'),
    /** The data key it is sealed with; absent: it is no secret. */
    keyId: text('key_id'),
    secret: integer('secret', { mode: 'boolean' }).notNull(),
    description: text('description').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.environment, table.name] })],
);
