/** So many attempts in so long, then none until the time is over. */
export interface Limit {
  count: number;
  windowMs: number;
}

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A counter's key: nothing about whom it counts can be read from it. */
export async function limitKey(...parts: readonly string[]): Promise<string> {
  return hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(parts))));
}

const COUNT =
  'INSERT INTO identity_limits (key, count, until_ms) VALUES (?1, 1, ?2) ON CONFLICT (key) DO UPDATE SET ' +
  'count = CASE WHEN until_ms <= ?3 THEN 1 ELSE count + 1 END, ' +
  'until_ms = CASE WHEN until_ms <= ?3 THEN ?2 ELSE until_ms END RETURNING count, until_ms AS untilMs';

/**
 * Counts an attempt before it is made, so that many at once cannot pass together.
 * Resolves to the milliseconds to wait, 0 when it may go on.
 */
export async function take(db: D1Database, key: string, { count, windowMs }: Limit): Promise<number> {
  const nowMs = Date.now();
  const row = await db
    .prepare(COUNT)
    .bind(key, nowMs + windowMs, nowMs)
    .first<{ count: number; untilMs: number }>();
  return row && row.count > count ? Math.max(1, row.untilMs - nowMs) : 0;
}

/** After a success: earlier mistakes are forgiven. */
export async function clear(db: D1Database, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await db.batch(keys.map((key) => db.prepare('DELETE FROM identity_limits WHERE key = ?').bind(key)));
}

/** True the first time only, within the window: codes that count once. */
export async function once(db: D1Database, key: string, windowMs: number): Promise<boolean> {
  return (await take(db, key, { count: 1, windowMs })) === 0;
}
