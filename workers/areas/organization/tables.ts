import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * Deletions of organisations: wanted, under way, done. The one table that keeps a tenant's row when the tenant is gone:
 * it is the certificate, and keeps anybody from taking the id, whose addresses others may still know.
 */
export const erasures = sqliteTable(
  'erasures',
  {
    tenantId: text('tenant_id').primaryKey(),
    /** 128 random bits, for whoever asked: the certificate is read with it when there is no key any more. */
    receipt: text('receipt').notNull().unique(),
    requestedBy: text('requested_by').notNull(),
    requestedAt: integer('requested_at').notNull(),
    /** Not before. */
    dueAt: integer('due_at').notNull(),
    /** Somebody is at it until then: two at once would count for themselves. */
    claimedUntil: integer('claimed_until').notNull().default(0),
    finishedAt: integer('finished_at'),
    /** JSON of what was removed so far: a deletion that is interrupted goes on counting. */
    removed: text('removed').notNull(),
    /** JSON of the signed certificate. */
    certificate: text('certificate'),
  },
  (table) => [index('erasures_by_due').on(table.finishedAt, table.dueAt)],
);
