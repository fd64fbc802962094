import type { JsonObject } from '../../core/data/item.ts';
import { bad, ScimError } from '../../core/scim/error.ts';
import { memberLimit } from '../members/limit.ts';
import { d1Members } from '../members/store.ts';
import { domainOf } from '../sso/domain.ts';
import { d1Domains } from '../sso/domain-store.ts';
import { heldAddress, NotLetIn, roleOf } from '../sso/join.ts';
import {
  claimPerson,
  giveRole,
  makePerson,
  personByEmail,
  personById,
  removeMember,
  renamePerson,
  roleIn,
} from '../sso/people.ts';
import type { Person } from '../sso/people.ts';
import type { ScimCaller } from './caller.ts';
import { d1Memberships } from './memberships.ts';
import { d1Rows } from './rows.ts';

/** The address of a resource (SRV3). */
function addressOf(resource: JsonObject): string {
  const emails = Array.isArray(resource['emails']) ? (resource['emails'] as JsonObject[]) : [];
  const main = emails.find((each) => each['primary'] === true) ?? emails[0];
  return String(main?.['value'] ?? resource['userName'] ?? '');
}

function nameOf(resource: JsonObject): string {
  const { displayName, name } = resource;
  const parts = typeof name === 'object' && name !== null && !Array.isArray(name) ? name : {};
  const whole = [parts['givenName'], parts['familyName']].filter((each) => typeof each === 'string').join(' ');
  return [displayName, parts['formatted'], whole, resource['userName']].find(
    (each) => typeof each === 'string' && each !== '',
  ) as string;
}

/** The person an active resource is; made when there is none (SRV3). @throws ScimError. */
export async function personOf(
  { env, tenant }: ScimCaller,
  resource: JsonObject,
  known: string | null,
): Promise<Person> {
  const { DB: db } = env;
  const email = await heldAddress(db, tenant, addressOf(resource)).catch((error: unknown) => {
    if (error instanceof NotLetIn) throw bad('invalidValue', error.message);
    throw error;
  });
  const there = await personByEmail(db, email);
  const before = known === null ? undefined : await personById(db, known);
  if (before && before.email !== email) {
    const domain = domainOf(before.email);
    // A new address for somebody whose old one was ours as well; else it is another person.
    if (domain === undefined || !(await d1Domains(db, tenant).holds(domain))) {
      throw bad('mutability', 'The address of this person is not managed here');
    }
    if (there) throw bad('uniqueness', 'Another person has this address');
    const renamed = await renamePerson(db, before, email);
    if (!renamed) throw bad('uniqueness', 'Another person has this address');
    return renamed;
  }
  if (!there) return makePerson(db, { email, name: nameOf(resource) });
  await claimPerson(db, there);
  return there;
}

/** Makes membership and role what active and groups say (SRV4). @throws ScimError `mutability` for an owner. */
export async function settle(
  caller: ScimCaller,
  {
    id,
    userId,
    active,
    groupsChanged = false,
  }: { id: string; userId: string | null; active: boolean; groupsChanged?: boolean },
): Promise<void> {
  if (userId === null) return;
  const { env, tenant } = caller;
  const stays = active && !groupsChanged && !(await keepsGroups(caller));
  if (stays && (await roleIn(env.DB, tenant, userId)) !== undefined) return;
  const role = active ? await roleByGroups(caller, id) : undefined;
  if (role === undefined) {
    if (!(await removeMember(env, tenant, userId)) && !active) throw ownerStays();
    return;
  }
  const before = await roleIn(env.DB, tenant, userId);
  if (before !== 'owner' && before !== role && !(await giveRole(env, tenant, { user: userId, role }))) throw full();
}

async function roleByGroups({ env, tenant, row }: ScimCaller, id: string): Promise<string | undefined> {
  const groups = await d1Memberships(env.DB, { tenant, connection: row.id }).groupsOf([id]);
  return roleOf(
    row,
    (groups.get(id) ?? []).map(({ display }) => display),
  );
}

const full = () => new ScimError(403, 'The organisation takes no more members; its plan says how many');

/** @throws ScimError 403 when the person would be one member too many: asked before anything is written. */
export async function refuseFull(caller: ScimCaller, id: string, userId: string): Promise<void> {
  const { env, tenant } = caller;
  if ((await roleIn(env.DB, tenant, userId)) !== undefined) return;
  if ((await roleByGroups(caller, id)) === undefined) return;
  if ((await d1Members(env.DB, tenant).count()) >= (await memberLimit(env, tenant))) throw full();
}

/** Whether groups come by SCIM at all. Else those of the sign-ins decide, and nothing here says they ended. */
const keepsGroups = async ({ env, tenant, row }: ScimCaller): Promise<boolean> =>
  (await d1Rows(env.DB, { tenant, connection: row.id, kind: 'groups' }).count(undefined)) > 0;

const ownerStays = () => bad('mutability', 'This person owns the organisation; another owner must remove them first');

/** @throws ScimError `mutability` when the person is an owner: asked before anything is written. */
export async function refuseOwner({ env, tenant }: ScimCaller, userId: string | null): Promise<void> {
  if (userId !== null && (await roleIn(env.DB, tenant, userId)) === 'owner') throw ownerStays();
}

/** After a group changed: the roles of those who came or went. */
export async function settleMany(caller: ScimCaller, users: readonly string[]): Promise<void> {
  const { env, tenant, row } = caller;
  if (row.mappings === '[]') return;
  const rows = d1Rows(env.DB, { tenant, connection: row.id, kind: 'users' });
  for (const id of users) {
    const user = await rows.get(id);
    if (user?.active === 1) await settle(caller, { id, userId: user.userId, active: true, groupsChanged: true });
  }
}
