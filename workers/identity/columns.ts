/** better-auth's fields under the names of our columns (tables.ts). */
const at = { createdAt: 'created_at', updatedAt: 'updated_at' } as const;

export const COLUMNS = {
  user: {
    modelName: 'users',
    fields: { emailVerified: 'email_verified', ...at },
  },
  session: {
    modelName: 'sessions',
    fields: { userId: 'user_id', expiresAt: 'expires_at', ipAddress: 'ip_address', userAgent: 'user_agent', ...at },
  },
  account: {
    modelName: 'accounts',
    fields: {
      userId: 'user_id',
      providerId: 'provider_id',
      accountId: 'account_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      ...at,
    },
  },
  verification: { modelName: 'verifications', fields: { expiresAt: 'expires_at', ...at } },
  twoFactor: {
    user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
    twoFactor: {
      modelName: 'two_factors',
      fields: {
        userId: 'user_id',
        backupCodes: 'backup_codes',
        failedVerificationCount: 'failed_verification_count',
        lockedUntil: 'locked_until',
      },
    },
  },
  passkey: {
    passkey: {
      modelName: 'passkeys',
      fields: {
        userId: 'user_id',
        publicKey: 'public_key',
        credentialID: 'credential_id',
        deviceType: 'device_type',
        backedUp: 'backed_up',
        createdAt: 'created_at',
      },
    },
  },
} as const;

/** How ids of each kind of row begin. */
export const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['user', 'usr'],
  ['session', 'ses'],
  ['account', 'acc'],
  ['verification', 'ver'],
  ['twoFactor', 'otp'],
  ['passkey', 'psk'],
]);
