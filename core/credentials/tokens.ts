/** What a sign-in brought. Sealed as JSON. */
export interface Tokens {
  access: string;
  refresh?: string;
  /** Epoch milliseconds; absent: the service does not say. */
  expiresAt?: number;
  scope?: string;
}

/** Renewed this long before they end: clocks differ, and a request takes time. */
const EARLY_MS = 60_000;

export const isFresh = ({ expiresAt }: Tokens, nowMs: number): boolean =>
  expiresAt === undefined || expiresAt - EARLY_MS > nowMs;

export type TokenAnswer =
  | { ok: true; tokens: Tokens }
  /** `error` is RFC 6749 §5.2's code, where the service gives one. */
  | { ok: false; error: string | undefined };

type Fields = ReadonlyMap<string, unknown>;

function fieldsOf(body: string): Fields {
  try {
    const value: unknown = JSON.parse(body);
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    // GitHub, unless asked otherwise, and other old ones answer with a form.
    return new Map(new URLSearchParams(body));
  }
}

const textOf = (fields: Fields, name: string): string | undefined => {
  const value = fields.get(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Reads a token endpoint's answer. A service that sends no new refresh token means the old one. */
export function readTokens(
  { status, body }: { status: number; body: string },
  nowMs: number,
  before?: Tokens | undefined,
): TokenAnswer {
  let fields = fieldsOf(body);
  // Slack puts a user's tokens one level deeper.
  const user = fields.get('authed_user');
  if (textOf(fields, 'access_token') === undefined && typeof user === 'object' && user !== null) {
    fields = new Map(Object.entries(user));
  }
  const access = textOf(fields, 'access_token');
  // Some say 200 to an error, so what counts is the token.
  if (status >= 400 || access === undefined) return { ok: false, error: textOf(fields, 'error') };
  const refresh = textOf(fields, 'refresh_token') ?? before?.refresh;
  const seconds = Number(fields.get('expires_in'));
  const scope = textOf(fields, 'scope');
  return {
    ok: true,
    tokens: {
      access,
      ...(refresh === undefined ? {} : { refresh }),
      ...(Number.isFinite(seconds) && seconds > 0 ? { expiresAt: nowMs + seconds * 1_000 } : {}),
      ...(scope === undefined ? {} : { scope }),
    },
  };
}

/** After these the refresh token is worth nothing (RFC 6749 §5.2, and what services say instead). */
const FINAL = new Set([
  'invalid_grant',
  'bad_refresh_token',
  'invalid_refresh_token',
  'token_revoked',
  'token_expired',
]);

export const needsSignIn = (error: string | undefined): boolean => error !== undefined && FINAL.has(error);
