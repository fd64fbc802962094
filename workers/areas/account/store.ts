import { keptLanguage, type Language } from '../../kit/language.ts';

/** Rows of the identity Worker as the account area reads and ends them. Made for one person; no method takes another. */
export function d1Account(db: D1Database, user: string) {
  return {
    async profile() {
      const select =
        'SELECT id, name, email, language, two_factor_enabled AS twoFactor, created_at AS createdAt FROM users WHERE id = ?';
      const row = await db.prepare(select).bind(user).first<{
        id: string;
        name: string;
        email: string;
        language: string | null;
        twoFactor: number | null;
        createdAt: string;
      }>();
      if (!row) return null;
      const language = keptLanguage(row.language) ?? null;
      return { ...row, language, twoFactor: row.twoFactor === 1, createdAt: Date.parse(row.createdAt) };
    },
    async rename(name: string, nowMs: number): Promise<void> {
      const update = 'UPDATE users SET name = ?, updated_at = ? WHERE id = ?';
      await db.prepare(update).bind(name, new Date(nowMs).toISOString(), user).run();
    },
    async speak(language: Language): Promise<void> {
      await db.prepare('UPDATE users SET language = ? WHERE id = ?').bind(language, user).run();
    },
    async sessions(nowMs: number, limit: number) {
      const select =
        'SELECT id, created_at AS createdAt, expires_at AS expiresAt, user_agent AS userAgent, ip_address AS address ' +
        'FROM sessions WHERE user_id = ? AND expires_at > ? ORDER BY created_at DESC LIMIT ?';
      const { results } = await db
        .prepare(select)
        .bind(user, new Date(nowMs).toISOString(), limit)
        .all<{ id: string; createdAt: string; expiresAt: string; userAgent: string | null; address: string | null }>();
      return results.map((row) => ({
        ...row,
        createdAt: Date.parse(row.createdAt),
        expiresAt: Date.parse(row.expiresAt),
        userAgent: row.userAgent || null,
        address: row.address || null,
      }));
    },
    async end(session: string): Promise<boolean> {
      const gone = await db.prepare('DELETE FROM sessions WHERE user_id = ? AND id = ?').bind(user, session).run();
      return gone.meta.changes > 0;
    },
    async endOthers(session: string): Promise<number> {
      const gone = await db.prepare('DELETE FROM sessions WHERE user_id = ? AND id <> ?').bind(user, session).run();
      return gone.meta.changes;
    },
    /** Everything of the person outside organisations; memberships must be gone before. */
    async remove(): Promise<void> {
      const tables = ['sessions', 'accounts', 'two_factors', 'passkeys'];
      await db.batch([
        ...tables.map((table) => db.prepare(`DELETE FROM ${table} WHERE user_id = ?`).bind(user)),
        db.prepare('DELETE FROM verifications WHERE value = ?').bind(user),
        db.prepare('DELETE FROM users WHERE id = ?').bind(user),
      ]);
    },
  };
}
