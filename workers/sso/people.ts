import { forgetPerson } from '../api/session.ts';
import type { Env } from '../env.ts';
import { newId } from '../kit/context.ts';
import { admit } from '../members/joining.ts';
import { takeOut } from '../members/leaving.ts';

/** A person, in the tables of workers/identity. */
export interface Person {
  id: string;
  email: string;
  name: string;
  verified: boolean;
}

interface Row {
  id: string;
  email: string;
  name: string;
  verified: number;
}

const SELECT = 'SELECT id, email, name, email_verified AS verified FROM users WHERE ';
const read = (row: Row | null): Person | undefined => (row ? { ...row, verified: row.verified === 1 } : undefined);

export const personById = async (db: D1Database, id: string): Promise<Person | undefined> =>
  read(await db.prepare(`${SELECT} id = ?`).bind(id).first<Row>());

export const personByEmail = async (db: D1Database, email: string): Promise<Person | undefined> =>
  read(await db.prepare(`${SELECT} email = ?`).bind(email).first<Row>());

/** Makes a person, or gives who was made meanwhile. */
export async function makePerson(db: D1Database, { email, name }: { email: string; name: string }): Promise<Person> {
  const now = new Date().toISOString();
  await db
    .prepare(
      'INSERT INTO users (id, name, email, email_verified, created_at, updated_at) VALUES (?1, ?2, ?3, 1, ?4, ?4) ON CONFLICT (email) DO NOTHING',
    )
    .bind(newId('usr'), name.slice(0, 200), email, now)
    .run();
  const made = await personByEmail(db, email);
  if (!made) throw new Error('The person who was just made is gone');
  return made;
}

/** SSO5: from now on the address is theirs, and nothing that was set up before it was shown counts. */
export async function claimPerson(db: D1Database, person: Person): Promise<void> {
  if (person.verified) return;
  const { id } = person;
  await db.batch([
    db.prepare('DELETE FROM accounts WHERE user_id = ?').bind(id),
    db.prepare('DELETE FROM sessions WHERE user_id = ?').bind(id),
    db.prepare('DELETE FROM passkeys WHERE user_id = ?').bind(id),
    db.prepare('DELETE FROM two_factors WHERE user_id = ?').bind(id),
    db
      .prepare('UPDATE users SET email_verified = 1, two_factor_enabled = 0, updated_at = ? WHERE id = ?')
      .bind(new Date().toISOString(), id),
  ]);
  forgetPerson(id);
}

export async function roleIn(db: D1Database, tenant: string, user: string): Promise<string | undefined> {
  const row = await db
    .prepare('SELECT role FROM members WHERE tenant_id = ? AND user_id = ?')
    .bind(tenant, user)
    .first<{ role: string }>();
  return row?.role;
}

/** Makes a member, or changes the role of one who is no owner (SSO7). False: the organisation takes no more members. */
export async function giveRole(
  env: Env,
  tenant: string,
  { user, role }: { user: string; role: string },
): Promise<boolean> {
  const outcome = await admit(env, tenant, { user, role });
  if (outcome !== 'already') return outcome === 'joined';
  await env.DB.prepare("UPDATE members SET role = ? WHERE tenant_id = ? AND user_id = ? AND role <> 'owner'")
    .bind(role, tenant, user)
    .run();
  forgetPerson(user);
  return true;
}

/** SSO14, and whoever left is signed in nowhere. False for an owner, who stays: another owner must remove them. */
export async function removeMember(env: Env, tenant: string, user: string): Promise<boolean> {
  if ((await takeOut(env, tenant, user, 'owners')) === 'last-owner') return false;
  await env.DB.prepare('DELETE FROM sessions WHERE user_id = ?').bind(user).run();
  forgetPerson(user);
  return true;
}

/** Gives a person another address; undefined when somebody else was first. */
export async function renamePerson(db: D1Database, person: Person, email: string): Promise<Person | undefined> {
  const update = 'UPDATE OR IGNORE users SET email = ?, updated_at = ? WHERE id = ? RETURNING id';
  const done = await db.prepare(update).bind(email, new Date().toISOString(), person.id).first();
  forgetPerson(person.id);
  return done ? { ...person, email } : undefined;
}
