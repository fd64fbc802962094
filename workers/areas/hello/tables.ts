import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** One row a greeting. The tenant leads every key, so no query can forget it and still be fast. */
export const helloNotes = sqliteTable(
  'hello_notes',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    text: text('text').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('hello_notes_by_age').on(table.tenantId, table.createdAt),
  ],
);
