import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Links that show a run to whoever has them. Times are epoch milliseconds. */
export const runShares = sqliteTable(
  'run_shares',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    run: text('run').notNull(),
    /** SHA-256 of the link's secret. */
    secretHash: text('secret_hash').notNull(),
    withData: integer('with_data', { mode: 'boolean' }).notNull(),
    createdAt: integer('created_at').notNull(),
    /** Kind and id. */
    createdBy: text('created_by').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('run_shares_by_run').on(table.tenantId, table.run),
  ],
);
