/** A member with what the organisation may see of the person. */
export interface Member {
  /** Of the person. */
  id: string;
  name: string;
  email: string;
  role: string;
  joinedAt: number;
}

/** A member as somebody who is written to. */
export interface Addressee {
  email: string;
  /** As the person chose; null: nothing is known. */
  language: string | null;
}

export interface Invitation {
  id: string;
  email: string;
  role: string;
  invitedBy: string;
  createdAt: number;
  expiresAt: number;
}

/** A grant that somebody gets who accepts an invitation. */
export interface PendingGrant {
  id: string;
  role: string;
  on: { kind: string; id: string };
  startsAt: number | null;
  endsAt: number | null;
}

/** What became of a change that must never leave an organisation without an owner. */
export type Outcome = 'done' | 'unknown' | 'last-owner';

const MEMBER =
  'SELECT m.user_id AS id, u.name, u.email, m.role, m.joined_at AS joinedAt FROM members m ' +
  'JOIN users u ON u.id = m.user_id';
const INVITATION =
  'SELECT id, email, role, invited_by AS invitedBy, created_at AS createdAt, expires_at AS expiresAt FROM invitations';
/** One statement decides and changes: two owners who leave at once cannot both pass. */
const KEEPS_AN_OWNER =
  "(role <> 'owner' OR (SELECT COUNT(*) FROM members o WHERE o.tenant_id = ?1 AND o.role = 'owner') > 1)";
const JOIN = 'INSERT INTO members (tenant_id, user_id, role, joined_at)';
const HAS_ROOM = '(SELECT COUNT(*) FROM members m WHERE m.tenant_id = ?1) < ?5';

const GIVE =
  'INSERT OR IGNORE INTO grants (tenant_id, id, principal_kind, principal_id, role, on_kind, on_id, starts_at, ends_at, created_at, created_by) ' +
  "SELECT i.tenant_id, g.value ->> 'id', 'member', ?2, g.value ->> 'role', g.value ->> '$.on.kind', g.value ->> '$.on.id', " +
  "g.value ->> 'startsAt', g.value ->> 'endsAt', ?4, i.invited_by FROM invitations i, json_each(i.grants) g " +
  'WHERE i.tenant_id = ?1 AND i.id = ?3 AND EXISTS (SELECT 1 FROM members WHERE tenant_id = ?1 AND user_id = ?2)';

interface Joining {
  user: string;
  nowMs: number;
  /** How many members there may be with this one. */
  most: number;
}
export type Joined = 'joined' | 'already' | 'full';

export type MemberStore = ReturnType<typeof d1Members>;

/** The members and invitations of one organisation. */
export function d1Members(db: D1Database, tenant: string) {
  const roleOf = async (user: string): Promise<string | null> => {
    const select = 'SELECT role FROM members WHERE tenant_id = ? AND user_id = ?';
    return (await db.prepare(select).bind(tenant, user).first<{ role: string }>())?.role ?? null;
  };
  const outcomeOf = async (changed: number, user: string): Promise<Outcome> =>
    changed > 0 ? 'done' : (await roleOf(user)) === null ? 'unknown' : 'last-owner';
  return {
    roleOf,
    /** By when they joined, the earliest first; `after` is the last member of the page before. */
    async list(limit: number, after?: { joinedAt: number; id: string }): Promise<Member[]> {
      const page = after ? ' AND (m.joined_at, m.user_id) > (?3, ?4)' : '';
      const statement = db.prepare(`${MEMBER} WHERE m.tenant_id = ?1${page} ORDER BY m.joined_at, m.user_id LIMIT ?2`);
      const bound = after ? statement.bind(tenant, limit, after.joinedAt, after.id) : statement.bind(tenant, limit);
      return (await bound.all<Member>()).results;
    },
    /** Whom of these roles to write to, the earliest to join first. */
    async addressees(roles: readonly string[], limit: number): Promise<Addressee[]> {
      const select =
        'SELECT u.email, u.language FROM members m JOIN users u ON u.id = m.user_id WHERE m.tenant_id = ? ' +
        'AND m.role IN (SELECT value FROM json_each(?)) ORDER BY m.joined_at, m.user_id LIMIT ?';
      return (await db.prepare(select).bind(tenant, JSON.stringify(roles), limit).all<Addressee>()).results;
    },
    get: (user: string): Promise<Member | null> =>
      db.prepare(`${MEMBER} WHERE m.tenant_id = ? AND m.user_id = ?`).bind(tenant, user).first<Member>(),
    count: async (): Promise<number> =>
      (await db.prepare('SELECT COUNT(*) AS n FROM members WHERE tenant_id = ?').bind(tenant).first<{ n: number }>())
        ?.n ?? 0,
    /** Who belongs already keeps their role. The limit is decided by the statement that joins: two at once cannot both pass. */
    async add({ user, role, nowMs, most }: Joining & { role: string }): Promise<Joined> {
      const insert = `${JOIN} SELECT ?1, ?2, ?3, ?4 WHERE ${HAS_ROOM} ON CONFLICT DO NOTHING`;
      const { meta } = await db.prepare(insert).bind(tenant, user, role, nowMs, most).run();
      if (meta.changes > 0) return 'joined';
      return (await roleOf(user)) === null ? 'full' : 'already';
    },
    /** Joins by an invitation with its grants, and ends it, all or nothing: whom the limit refuses comes back with the same link. */
    async accept(invitation: string, { user, nowMs, most }: Joining): Promise<Joined | 'over'> {
      const here = 'FROM invitations WHERE tenant_id = ?1 AND id = ?3';
      const insert = `${JOIN} SELECT ?1, ?2, role, ?4 ${here} AND ${HAS_ROOM} ON CONFLICT DO NOTHING`;
      const end = `DELETE ${here} AND EXISTS (SELECT 1 FROM members WHERE tenant_id = ?1 AND user_id = ?2)`;
      const [joined, , ended] = await db.batch([
        db.prepare(insert).bind(tenant, user, invitation, nowMs, most),
        db.prepare(GIVE).bind(tenant, user, invitation, nowMs),
        db.prepare(end).bind(tenant, user, invitation),
      ]);
      if (ended?.meta.changes !== 0) return joined?.meta.changes === 0 ? 'already' : 'joined';
      // Withdrawn meanwhile, or taken by the same person in another window.
      return (await db.prepare(`SELECT 1 ${here}`).bind(tenant, null, invitation).first()) ? 'full' : 'over';
    },
    async setRole(user: string, role: string): Promise<Outcome> {
      const update = `UPDATE members SET role = ?3 WHERE tenant_id = ?1 AND user_id = ?2 AND (?3 = 'owner' OR ${KEEPS_AN_OWNER})`;
      return outcomeOf((await db.prepare(update).bind(tenant, user, role).run()).meta.changes, user);
    },
    /**
     * With the grants and the sessions by SSO of who is then no member, all or nothing. `sparing`: no owner is removed,
     * whether the last one or not.
     */
    async remove(user: string, sparing?: 'owners'): Promise<Outcome> {
      const may = sparing ? "role <> 'owner'" : KEEPS_AN_OWNER;
      const out = 'NOT EXISTS (SELECT 1 FROM members WHERE tenant_id = ?1 AND user_id = ?2)';
      const [gone] = await db.batch(
        [
          `DELETE FROM members WHERE tenant_id = ?1 AND user_id = ?2 AND ${may}`,
          `DELETE FROM grants WHERE tenant_id = ?1 AND principal_kind = 'member' AND principal_id = ?2 AND ${out}`,
          `DELETE FROM sso_sessions WHERE tenant_id = ?1 AND user_id = ?2 AND ${out}`,
        ].map((statement) => db.prepare(statement).bind(tenant, user)),
      );
      return outcomeOf(gone?.meta.changes ?? 0, user);
    },

    /** Whether a member has it, or an invitation would give it. */
    async hasRole(role: string): Promise<boolean> {
      const select =
        'SELECT 1 FROM members WHERE tenant_id = ?1 AND role = ?2 UNION ALL SELECT 1 FROM invitations WHERE tenant_id = ?1 AND role = ?2 LIMIT 1';
      return (await db.prepare(select).bind(tenant, role).first()) !== null;
    },
    async hasEmail(email: string): Promise<boolean> {
      const select =
        'SELECT 1 FROM users u JOIN members m ON m.user_id = u.id AND m.tenant_id = ?1 WHERE u.email = ?2 LIMIT 1';
      return (await db.prepare(select).bind(tenant, email).first()) !== null;
    },

    async invitations(nowMs: number, limit: number): Promise<Invitation[]> {
      const select = `${INVITATION} WHERE tenant_id = ? AND expires_at > ? ORDER BY created_at DESC, id LIMIT ?`;
      return (await db.prepare(select).bind(tenant, nowMs, limit).all<Invitation>()).results;
    },
    /** Takes the place of an earlier one to the same address: its link stops working. */
    async invite(
      invitation: Invitation & { tokenHash: string; grants?: readonly PendingGrant[] | undefined },
    ): Promise<void> {
      const { id, email, role, tokenHash, invitedBy, createdAt, expiresAt, grants = [] } = invitation;
      await db.batch([
        db.prepare('DELETE FROM invitations WHERE tenant_id = ? AND email = ?').bind(tenant, email),
        db
          .prepare(
            'INSERT INTO invitations (tenant_id, id, email, role, token_hash, invited_by, created_at, expires_at, grants) ' +
              'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
          )
          .bind(tenant, id, email, role, tokenHash, invitedBy, createdAt, expiresAt, JSON.stringify(grants)),
      ]);
    },
    async withdraw(id: string): Promise<Invitation | null> {
      const gone =
        'DELETE FROM invitations WHERE tenant_id = ? AND id = ? RETURNING id, email, role, invited_by AS invitedBy, ' +
        'created_at AS createdAt, expires_at AS expiresAt';
      return db.prepare(gone).bind(tenant, id).first<Invitation>();
    },
  };
}

/** The organisations a person belongs to. */
export async function organizationsOf(db: D1Database, user: string, limit: number) {
  const select =
    'SELECT tenant_id AS id, role, joined_at AS joinedAt FROM members WHERE user_id = ? ORDER BY joined_at LIMIT ?';
  return (await db.prepare(select).bind(user, limit).all<{ id: string; role: string; joinedAt: number }>()).results;
}

/** An invitation by the hash of its link, for the address it was sent to. `accept` ends it. */
export async function findInvitation(db: D1Database, tokenHash: string, email: string, nowMs: number) {
  const select =
    'SELECT tenant_id AS tenant, id, role FROM invitations WHERE token_hash = ? AND email = ? AND expires_at > ?';
  return db.prepare(select).bind(tokenHash, email, nowMs).first<{ tenant: string; id: string; role: string }>();
}
