/** Removes what is over: nothing reads it any more, and less of it can be lost. */
export async function forgetExpired(db: D1Database): Promise<void> {
  const nowMs = Date.now();
  const now = new Date(nowMs).toISOString();
  await db.batch([
    db.prepare('DELETE FROM identity_limits WHERE until_ms < ?').bind(nowMs),
    db.prepare('DELETE FROM verifications WHERE expires_at < ?').bind(now),
    db.prepare('DELETE FROM sessions WHERE expires_at < ?').bind(now),
  ]);
}
