import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Who belongs to an organisation, and as what. */
export const members = sqliteTable(
  'members',
  {
    tenantId: text('tenant_id').notNull(),
    userId: text('user_id').notNull(),
    role: text('role').notNull(),
    joinedAt: integer('joined_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.userId] }),
    index('members_by_user').on(table.userId, table.tenantId),
  ],
);

/** Invitations that were neither accepted nor withdrawn. The text of a link is never stored, only its SHA-256. */
export const invitations = sqliteTable(
  'invitations',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    email: text('email').notNull(),
    role: text('role').notNull(),
    tokenHash: text('token_hash').notNull(),
    invitedBy: text('invited_by').notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    /** JSON of the grants that who accepts gets besides the role (PendingGrant). */
    grants: text('grants').notNull().default('[]'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('invitations_by_token').on(table.tokenHash),
    uniqueIndex('invitations_by_email').on(table.tenantId, table.email),
  ],
);
