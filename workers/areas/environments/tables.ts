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
