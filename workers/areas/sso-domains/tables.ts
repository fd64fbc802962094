import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Domains an organisation says are its own; `verifiedAt` when it has shown so. One organisation at most has. */
export const ssoDomains = sqliteTable(
  'sso_domains',
  {
    tenantId: text('tenant_id').notNull(),
    domain: text('domain').notNull(),
    /** What must be found at the domain. No secret: it is published there. */
    token: text('token').notNull(),
    /** Whether its people must sign in by SSO. */
    enforced: integer('enforced').notNull(),
    verifiedAt: integer('verified_at'),
    /** dns, https or operator. */
    method: text('method'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.domain] }),
    uniqueIndex('sso_domains_verified')
      .on(table.domain)
      .where(sql`verified_at IS NOT NULL`),
    index('sso_domains_by_domain').on(table.domain),
  ],
);
