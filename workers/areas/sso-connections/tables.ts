import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** One row an identity provider of an organisation. Its secret is sealed (workers/sso/secrets.ts). */
export const ssoConnections = sqliteTable(
  'sso_connections',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    enabled: integer('enabled').notNull(),
    /** JSON, as the contract says for the kind. */
    settings: text('settings').notNull(),
    /** Sealed; empty: none. */
    secret: text('secret').notNull(),
    secretKey: text('secret_key').notNull(),
    /** JSON: how groups become roles. */
    mappings: text('mappings').notNull(),
    defaultRole: text('default_role'),
    /** Whether people are made members at their first sign-in. */
    provision: integer('provision').notNull(),
    /** SHA-256 of the SCIM token; null: no SCIM. */
    scimHash: text('scim_hash'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('sso_connections_by_scim').on(table.tenantId, table.scimHash),
  ],
);

/** Whom the subject of a provider is here. The issuer is part of it: another provider's subject is another person. */
export const ssoIdentities = sqliteTable(
  'sso_identities',
  {
    tenantId: text('tenant_id').notNull(),
    connectionId: text('connection_id').notNull(),
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    userId: text('user_id').notNull(),
    createdAt: integer('created_at').notNull(),
    seenAt: integer('seen_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.connectionId, table.issuer, table.subject] }),
    index('sso_identities_by_user').on(table.tenantId, table.userId),
  ],
);

/** Sessions begun by SSO: good in this organisation and nowhere else (SSO9). */
export const ssoSessions = sqliteTable(
  'sso_sessions',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    connectionId: text('connection_id').notNull(),
    userId: text('user_id').notNull(),
    /** SHA-256 of the token. */
    tokenHash: text('token_hash').notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('sso_sessions_by_token').on(table.tokenHash),
    index('sso_sessions_by_user').on(table.userId),
    index('sso_sessions_by_end').on(table.expiresAt),
  ],
);

/** Sign-ins under way. `id` is the hash of the state; a row is taken once. */
export const ssoFlows = sqliteTable(
  'sso_flows',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    connectionId: text('connection_id').notNull(),
    /** Hash of what the browser that began it holds. */
    browser: text('browser').notNull(),
    /** JSON: nonce and verifier, the request's id, or whom an assertion named. */
    facts: text('facts').notNull(),
    returnTo: text('return_to').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] }), index('sso_flows_by_end').on(table.expiresAt)],
);

/** Assertions that were taken, until they would be refused as expired. */
export const ssoAssertions = sqliteTable(
  'sso_assertions',
  {
    tenantId: text('tenant_id').notNull(),
    connectionId: text('connection_id').notNull(),
    id: text('id').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.connectionId, table.id] }),
    index('sso_assertions_by_end').on(table.expiresAt),
  ],
);

/** People as the identity provider keeps them here by SCIM. */
export const scimUsers = sqliteTable(
  'scim_users',
  {
    tenantId: text('tenant_id').notNull(),
    connectionId: text('connection_id').notNull(),
    id: text('id').notNull(),
    /** In lower case. */
    userName: text('user_name').notNull(),
    externalId: text('external_id'),
    /** The person this is; null before there is an address of a verified domain. */
    userId: text('user_id'),
    active: integer('active').notNull(),
    /** JSON: the resource without id, meta and groups. */
    resource: text('resource').notNull(),
    version: integer('version').notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.connectionId, table.id] }),
    uniqueIndex('scim_users_by_name').on(table.tenantId, table.connectionId, table.userName),
    index('scim_users_by_external').on(table.tenantId, table.connectionId, table.externalId),
    index('scim_users_by_person').on(table.tenantId, table.userId),
  ],
);

export const scimGroups = sqliteTable(
  'scim_groups',
  {
    tenantId: text('tenant_id').notNull(),
    connectionId: text('connection_id').notNull(),
    id: text('id').notNull(),
    /** In lower case. */
    displayName: text('display_name').notNull(),
    externalId: text('external_id'),
    /** JSON: the resource without id, meta and members. */
    resource: text('resource').notNull(),
    version: integer('version').notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.connectionId, table.id] }),
    index('scim_groups_by_name').on(table.tenantId, table.connectionId, table.displayName),
  ],
);

export const scimMembers = sqliteTable(
  'scim_members',
  {
    tenantId: text('tenant_id').notNull(),
    connectionId: text('connection_id').notNull(),
    groupId: text('group_id').notNull(),
    memberId: text('member_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.connectionId, table.groupId, table.memberId] }),
    index('scim_members_by_member').on(table.tenantId, table.connectionId, table.memberId),
  ],
);
