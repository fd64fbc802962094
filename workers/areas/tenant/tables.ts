import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Every tenant there is, for what must visit all of them: the reaper, reports. The tenant object holds the truth. */
export const tenants = sqliteTable(
  'tenants',
  {
    tenantId: text('tenant_id').primaryKey(),
    createdAt: integer('created_at').notNull(),
    /** When the reaper was last there. */
    touchedAt: integer('touched_at').notNull(),
  },
  (table) => [index('tenants_by_touch').on(table.touchedAt)],
);

/** When each runner shard next has something to do, as of the last visit. A safety net: the shard has its own alarm. */
export const shards = sqliteTable(
  'shards',
  {
    tenantId: text('tenant_id').notNull(),
    shard: integer('shard').notNull(),
    nextDue: integer('next_due'),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.shard] }), index('shards_by_due').on(table.nextDue)],
);
