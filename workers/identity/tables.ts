import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

// People exist once, outside every organisation: these tables have no tenant, and hold nothing of one. Moments are ISO
// 8601 text and booleans 0 or 1, because that is how better-auth's SQLite adapter writes them.

const moment = (name: string) => text(name).notNull();

export const users = sqliteTable('users', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: integer('email_verified').notNull().default(0),
  image: text('image'),
  twoFactorEnabled: integer('two_factor_enabled').default(0),
  // what they are written to in, `en` or `de`: as they chose in the app, else as their first sign-in asked
  language: text('language'),
  createdAt: moment('created_at'),
  updatedAt: moment('updated_at'),
});

/** A token alone opens nothing: cookies and bearers carry a signature that is not stored. */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    token: text('token').notNull().unique(),
    expiresAt: moment('expires_at'),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: moment('created_at'),
    updatedAt: moment('updated_at'),
  },
  (table) => [index('sessions_by_user').on(table.userId)],
);

/** Ways to sign in: a password (scrypt), or the subject of an identity provider. */
export const accounts = sqliteTable(
  'accounts',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    providerId: text('provider_id').notNull(),
    accountId: text('account_id').notNull(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: text('access_token_expires_at'),
    refreshTokenExpiresAt: text('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: moment('created_at'),
    updatedAt: moment('updated_at'),
  },
  (table) => [
    index('accounts_by_user').on(table.userId),
    uniqueIndex('accounts_by_subject').on(table.providerId, table.accountId),
  ],
);

/** Tokens of mails and flows, by their hash. */
export const verifications = sqliteTable(
  'verifications',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: moment('expires_at'),
    createdAt: moment('created_at'),
    updatedAt: moment('updated_at'),
  },
  (table) => [index('verifications_by_identifier').on(table.identifier)],
);

export const twoFactors = sqliteTable(
  'two_factors',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    secret: text('secret').notNull(),
    backupCodes: text('backup_codes').notNull(),
    verified: integer('verified').default(1),
    failedVerificationCount: integer('failed_verification_count').default(0),
    lockedUntil: text('locked_until'),
  },
  (table) => [index('two_factors_by_user').on(table.userId)],
);

export const passkeys = sqliteTable(
  'passkeys',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    name: text('name'),
    publicKey: text('public_key').notNull(),
    credentialID: text('credential_id').notNull(),
    counter: integer('counter').notNull(),
    deviceType: text('device_type').notNull(),
    backedUp: integer('backed_up').notNull(),
    transports: text('transports'),
    aaguid: text('aaguid'),
    createdAt: text('created_at'),
  },
  (table) => [index('passkeys_by_user').on(table.userId), uniqueIndex('passkeys_by_credential').on(table.credentialID)],
);

/** Counters of attempts. The key is a hash: no address and no e-mail is kept. */
export const identityLimits = sqliteTable(
  'identity_limits',
  {
    key: text('key').primaryKey(),
    count: integer('count').notNull(),
    /** Epoch milliseconds: when it starts anew. */
    untilMs: integer('until_ms').notNull(),
  },
  (table) => [index('identity_limits_by_end').on(table.untilMs)],
);
