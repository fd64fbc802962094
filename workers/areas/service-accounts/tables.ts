import { integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Accounts of programs. Their keys are with all others in the tenant object. */
export const serviceAccounts = sqliteTable(
  'service_accounts',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    role: text('role').notNull(),
    /** Epoch milliseconds since when its keys do not work; null: they do. */
    disabledAt: integer('disabled_at'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('service_accounts_by_name').on(table.tenantId, table.name),
  ],
);
