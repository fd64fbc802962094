import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Domains at which an organisation's webhooks and pages answer once it has shown that they are its own. */
export const hookDomains = sqliteTable(
  'hook_domains',
  {
    tenantId: text('tenant_id').notNull(),
    domain: text('domain').notNull(),
    /** What must be found at the domain. No secret: it is published there. */
    token: text('token').notNull(),
    verifiedAt: integer('verified_at'),
    /** dns, https or operator. */
    method: text('method'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.domain] }),
    uniqueIndex('hook_domains_verified')
      .on(table.domain)
      .where(sql`verified_at IS NOT NULL`),
    index('hook_domains_by_domain').on(table.domain),
  ],
);
