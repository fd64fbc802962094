/** So many attempts in so long, then none until the time is over. */
export interface Limit {
  count: number;
  windowMs: number;
}

/** One counter that an attempt is counted by. */
export interface Attempt {
  key: string;
  limit: Limit;
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
 * Counts an attempt, by all its counters in one write, before it is made: many at once cannot pass together.
 * Resolves to the milliseconds to wait, 0 when it may go on.
 */
export async function takeAll(db: D1Database, attempts: readonly Attempt[]): Promise<number> {
  if (attempts.length === 0) return 0;
  const nowMs = Date.now();
  const count = db.prepare(COUNT);
  const counted = await db.batch<{ count: number; untilMs: number }>(
    attempts.map(({ key, limit }) => count.bind(key, nowMs + limit.windowMs, nowMs)),
  );
  const waits = counted.map(({ results: [row] }, index) =>
    row && row.count > (attempts[index]?.limit.count ?? Infinity) ? Math.max(1, row.untilMs - nowMs) : 0,
  );
  return Math.max(...waits);
}

/** As `takeAll`, for one counter. */
export const take = (db: D1Database, key: string, limit: Limit): Promise<number> => takeAll(db, [{ key, limit }]);

/** After a success: earlier mistakes are forgiven. */
export async function clear(db: D1Database, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await db.batch(keys.map((key) => db.prepare('DELETE FROM identity_limits WHERE key = ?').bind(key)));
}

/** True the first time only, within the window: codes that count once. */
export async function once(db: D1Database, key: string, windowMs: number): Promise<boolean> {
  return (await take(db, key, { count: 1, windowMs })) === 0;
}
