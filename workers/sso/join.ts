import type { Connection } from '../areas/sso-connections/contract.ts';
import type { Env } from '../env.ts';
import type { ConnectionRow } from './connection-store.ts';
import { domainOf, normalEmail } from './domain.ts';
import { d1Domains } from './domain-store.ts';
import { claimPerson, giveRole, makePerson, personByEmail, personById, roleIn } from './people.ts';
import type { Person } from './people.ts';

/** Whom an identity provider vouches for. */
export interface Vouched {
  issuer: string;
  subject: string;
  email: string;
  name: string;
  groups: readonly string[];
}

/** Why somebody the identity provider knows is not let in. */
export class NotLetIn extends Error {
  readonly code:
    | 'address-invalid'
    | 'domain-not-verified'
    | 'not-provisioned'
    | 'no-role'
    | 'deprovisioned'
    | 'members-full';
  constructor(code: NotLetIn['code'], message: string) {
    super(message);
    this.name = 'NotLetIn';
    this.code = code;
  }
}

/** The role that groups give; undefined: none (SSO6). */
export function roleOf(
  row: Pick<ConnectionRow, 'mappings' | 'defaultRole'>,
  groups: readonly string[],
): string | undefined {
  const mappings = JSON.parse(row.mappings) as Connection['mappings'];
  const mine = new Set(groups.map((group) => group.toLowerCase()));
  const mapped = mappings.find(({ group }) => mine.has(group.toLowerCase()))?.role;
  const role = mapped ?? row.defaultRole ?? undefined;
  return role === 'owner' ? undefined : role;
}

/** Finds or makes the person and the membership (SSO3–SSO7). @throws NotLetIn. */
export async function join(
  env: Env,
  { tenant, row, vouched }: { tenant: string; row: ConnectionRow; vouched: Vouched },
): Promise<Person> {
  const { DB: db } = env;
  const person = (await linked(db, tenant, row, vouched)) ?? (await byAddress(db, tenant, row, vouched));
  await refuseInactive(db, { tenant, connection: row.id, user: person.id });
  const before = await roleIn(db, tenant, person.id);
  if (before === undefined && row.provision !== 1) {
    throw new NotLetIn('not-provisioned', 'You are no member of this organisation; ask to be invited.');
  }
  if (before !== 'owner') {
    const role = roleOf(row, [
      ...vouched.groups,
      ...(await scimGroups(db, { tenant, connection: row.id, user: person.id })),
    ]);
    const syncs = before === undefined || row.mappings !== '[]';
    if (syncs && role === undefined) {
      throw new NotLetIn('no-role', 'None of your groups has a role in this organisation.');
    }
    if (syncs && role !== undefined && role !== before && !(await giveRole(env, tenant, { user: person.id, role }))) {
      throw new NotLetIn('members-full', 'This organisation takes no more members; its plan says how many.');
    }
  }
  await remember(db, { tenant, row, vouched, user: person.id });
  return person;
}

/** SSO4 */
async function linked(
  db: D1Database,
  tenant: string,
  row: ConnectionRow,
  { issuer, subject }: Vouched,
): Promise<Person | undefined> {
  const found = await db
    .prepare(
      'SELECT user_id AS user FROM sso_identities WHERE tenant_id = ? AND connection_id = ? AND issuer = ? AND subject = ?',
    )
    .bind(tenant, row.id, issuer, subject)
    .first<{ user: string }>();
  return found ? personById(db, found.user) : undefined;
}

async function byAddress(db: D1Database, tenant: string, row: ConnectionRow, vouched: Vouched): Promise<Person> {
  const email = await heldAddress(db, tenant, vouched.email);
  const known = await personByEmail(db, email);
  if (known) {
    await claimPerson(db, known);
    return known;
  }
  if (row.provision !== 1) {
    throw new NotLetIn('not-provisioned', 'You are no member of this organisation; ask to be invited.');
  }
  return makePerson(db, { email, name: vouched.name });
}

/** An address in the form it is stored, of a domain the tenant holds (SSO3). @throws NotLetIn. */
export async function heldAddress(db: D1Database, tenant: string, text: string): Promise<string> {
  const email = normalEmail(text);
  const domain = email === undefined ? undefined : domainOf(email);
  if (email === undefined || domain === undefined) {
    throw new NotLetIn('address-invalid', 'Your identity provider gives no usable e-mail address.');
  }
  if (await d1Domains(db, tenant).holds(domain)) return email;
  throw new NotLetIn('domain-not-verified', 'The domain of your e-mail address is not verified for this organisation.');
}

/** SSO10 */
async function refuseInactive(
  db: D1Database,
  { tenant, connection, user }: { tenant: string; connection: string; user: string },
): Promise<void> {
  const row = await db
    .prepare('SELECT max(active) AS active FROM scim_users WHERE tenant_id = ? AND connection_id = ? AND user_id = ?')
    .bind(tenant, connection, user)
    .first<{ active: number | null }>();
  if (row?.active === 0) throw new NotLetIn('deprovisioned', 'Your account was deactivated by your identity provider.');
}

/** The groups that SCIM says somebody is in: a sign-in may name none. */
async function scimGroups(
  db: D1Database,
  { tenant, connection, user }: { tenant: string; connection: string; user: string },
): Promise<string[]> {
  const select =
    'SELECT g.display_name AS name FROM scim_users u JOIN scim_members m ON m.tenant_id = u.tenant_id AND m.connection_id = u.connection_id ' +
    'AND m.member_id = u.id JOIN scim_groups g ON g.tenant_id = m.tenant_id AND g.connection_id = m.connection_id AND g.id = m.group_id ' +
    'WHERE u.tenant_id = ? AND u.connection_id = ? AND u.user_id = ?';
  const { results } = await db.prepare(select).bind(tenant, connection, user).all<{ name: string }>();
  return results.map(({ name }) => name);
}

async function remember(
  db: D1Database,
  { tenant, row, vouched, user }: { tenant: string; row: ConnectionRow; vouched: Vouched; user: string },
): Promise<void> {
  await db
    .prepare(
      'INSERT INTO sso_identities (tenant_id, connection_id, issuer, subject, user_id, created_at, seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6) ' +
        'ON CONFLICT (tenant_id, connection_id, issuer, subject) DO UPDATE SET user_id = ?5, seen_at = ?6',
    )
    .bind(tenant, row.id, vouched.issuer, vouched.subject, user, Date.now())
    .run();
}
