import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** A role somebody has in one place, for some time (core/access/SPEC.md, ACC5). */
export const grants = sqliteTable(
  'grants',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    /** `member` or `service`. */
    principalKind: text('principal_kind').notNull(),
    principalId: text('principal_id').notNull(),
    role: text('role').notNull(),
    onKind: text('on_kind').notNull(),
    onId: text('on_id').notNull(),
    /** Epoch milliseconds; null: from the beginning. */
    startsAt: integer('starts_at'),
    /** Null: until it is removed. */
    endsAt: integer('ends_at'),
    createdAt: integer('created_at').notNull(),
    /** Kind and id of the actor who gave it. */
    createdBy: text('created_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('grants_by_principal').on(table.tenantId, table.principalKind, table.principalId),
    index('grants_by_place').on(table.tenantId, table.onKind, table.onId),
  ],
);
