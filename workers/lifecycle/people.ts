import { isBuiltInRole, scopesOfRole } from '../../core/access/roles.ts';
import { excess } from '../../core/access/scope.ts';
import { d1Grants } from '../access/grants.ts';
import { placesOf } from '../access/places.ts';
import { forgetPolicy, MAX_GRANTS_EACH } from '../access/policy.ts';
import { d1Roles } from '../access/roles.ts';
import { d1ServiceAccounts } from '../access/service-accounts.ts';
import { MAX_INVITATIONS } from '../areas/members/service.ts';
import { MAX_ROLES } from '../areas/roles/service.ts';
import { MAX_ACCOUNTS } from '../areas/service-accounts/service.ts';
import type { Env } from '../env.ts';
import type { ResourceKind } from '../kit/contract.ts';
import { memberLimit } from '../members/limit.ts';
import { d1Members } from '../members/store.ts';
import type { PendingGrant } from '../members/store.ts';
import type { Archived, ArchivedGrant } from './archived-people.ts';

/** How long people have to accept what an import invites them to. */
const INVITED_HOURS = 720;

export interface PeoplePorts {
  env: Env;
  tenant: string;
  /** What the importing actor may do here: nobody brings in more. */
  held: readonly string[];
  /** Kind and id of the importing actor. */
  by: string;
  /** Undefined: nobody is to be invited. */
  invite?: (wanted: Invited) => Promise<void>;
  nowMs: number;
}

export interface Invited {
  email: string;
  role: string;
  expiresInHours: number;
  grants: readonly PendingGrant[];
}

export interface Brought {
  imported: Record<string, number>;
  skipped: Record<string, number>;
  /** What did not come in although it was not there, and why. */
  left: string[];
}

/** Brings in who had what in another organisation (LIF8): nobody is a member before they have said yes. */
export async function bringPeople(archive: Archived, ports: PeoplePorts): Promise<Brought> {
  const work = new Bringing(ports);
  await work.roles(archive);
  // what is asked below must know them
  forgetPolicy(ports.tenant);
  await work.accounts(archive);
  await work.grants(archive);
  await work.invitations(archive);
  forgetPolicy(ports.tenant);
  return work.brought;
}

class Bringing {
  readonly brought: Brought = { imported: {}, skipped: {}, left: [] };
  private readonly ports: PeoplePorts;
  constructor(ports: PeoplePorts) {
    this.ports = ports;
  }

  async roles({ roles }: Archived): Promise<void> {
    const store = d1Roles(this.ports.env.DB, this.ports.tenant);
    let room = MAX_ROLES - (await store.list()).length;
    for (const { id, name, scopes, createdAt, updatedAt } of roles) {
      const lacking = excess(this.ports.held, scopes);
      if (lacking.length > 0) this.left(`role ${name}: you may not ${lacking[0]}`);
      else if (room <= 0) this.left(`role ${name}: there are too many`);
      else if (await store.get(id)) this.note('roles', false);
      else if (isBuiltInRole(name) || !(await store.add({ id, name, scopes, createdAt, updatedAt }))) {
        this.left(`role ${name}: another one has this name`);
      } else {
        room--;
        this.note('roles', true);
      }
    }
  }

  async accounts({ accounts }: Archived): Promise<void> {
    const store = d1ServiceAccounts(this.ports.env.DB, this.ports.tenant);
    let room = MAX_ACCOUNTS - (await store.list()).length;
    for (const account of accounts) {
      const wrong = await this.wrongWith(account.role);
      if (wrong !== undefined) this.left(`service account ${account.name}: ${wrong}`);
      else if (room <= 0) this.left(`service account ${account.name}: there are too many`);
      else if (await store.get(account.id)) this.note('service_accounts', false);
      else if (!(await store.add(account))) this.left(`service account ${account.name}: another one has this name`);
      else {
        room--;
        this.note('service_accounts', true);
      }
    }
  }

  /** Those of service accounts; those of people go with their invitations. */
  async grants({ grants }: Archived): Promise<void> {
    const { env, tenant, by, nowMs } = this.ports;
    const store = d1Grants(env.DB, tenant);
    const accounts = d1ServiceAccounts(env.DB, tenant);
    for (const grant of grants.filter(({ principalKind }) => principalKind === 'service')) {
      if ((await store.get(grant.id)) !== undefined) this.note('grants', false);
      else if (await this.isGood(grant, async () => (await accounts.get(grant.principalId)) !== undefined)) {
        const to = { kind: 'service' as const, id: grant.principalId };
        const { id, role, startsAt, endsAt } = grant;
        await store.add({ id, to, role, on: this.placeOf(grant), startsAt, endsAt, createdAt: nowMs, createdBy: by });
        this.note('grants', true);
      }
    }
  }

  async invitations({ people, invitations, grants }: Archived): Promise<void> {
    const { env, tenant, invite, nowMs } = this.ports;
    const wanted = new Map(invitations.map(({ email, role }) => [email, { email, role, user: '' }]));
    for (const person of people) wanted.set(person.email, person);
    const store = d1Members(env.DB, tenant);
    const waiting = new Set((await store.invitations(nowMs, MAX_INVITATIONS)).map(({ email }) => email));
    const most = (await memberLimit(env, tenant)) - (await store.count());
    for (const { email, role, user } of wanted.values()) {
      if (waiting.has(email) || (await store.hasEmail(email))) {
        this.note('invitations', false);
        continue;
      }
      const isFull = waiting.size >= Math.min(most, MAX_INVITATIONS);
      const wrong = (await this.wrongWith(role)) ?? (isFull ? 'there is no room for more members' : undefined);
      if (!invite) this.left(`${email}: nobody was invited`);
      else if (wrong !== undefined) this.left(`${email}: ${wrong}`);
      else {
        await invite({ email, role, expiresInHours: INVITED_HOURS, grants: await this.pending(grants, user) });
        waiting.add(email);
        this.note('invitations', true);
      }
    }
  }

  private async pending(grants: readonly ArchivedGrant[], user: string): Promise<PendingGrant[]> {
    const mine = grants.filter(({ principalKind, principalId }) => principalKind === 'member' && principalId === user);
    const good: PendingGrant[] = [];
    for (const grant of mine.slice(0, MAX_GRANTS_EACH)) {
      if (!(await this.isGood(grant, () => Promise.resolve(true)))) continue;
      const { id, role, startsAt, endsAt } = grant;
      good.push({ id, role, on: this.placeOf(grant), startsAt, endsAt });
    }
    return good;
  }

  private async isGood(grant: ArchivedGrant, hasPrincipal: () => Promise<boolean>): Promise<boolean> {
    const { env, tenant, nowMs } = this.ports;
    const { id, role, onKind, onId, endsAt } = grant;
    if (endsAt !== null && endsAt <= nowMs) return false;
    const wrong = await this.wrongWith(role);
    const isThere =
      onKind === 'organization' || (await placesOf(env, tenant, onKind as ResourceKind, onId)) !== undefined;
    const reason = wrong ?? (isThere ? undefined : `there is no ${onKind} ${onId}`);
    if (reason === undefined && (await hasPrincipal())) return true;
    this.left(`grant ${id}: ${reason ?? 'who had it is not here'}`);
    return false;
  }

  private placeOf({ onKind, onId }: ArchivedGrant) {
    return { kind: onKind, id: onKind === 'organization' ? this.ports.tenant : onId };
  }

  /** Why a role cannot be given here; undefined: it can. */
  private async wrongWith(role: string): Promise<string | undefined> {
    const { env, tenant, held } = this.ports;
    const own = isBuiltInRole(role) ? undefined : await d1Roles(env.DB, tenant).get(role);
    const scopes = isBuiltInRole(role) ? scopesOfRole(role) : own?.scopes;
    if (scopes === undefined) return `there is no role ${role}`;
    const lacking = excess(held, scopes);
    return lacking.length > 0 ? `you may not give the role ${role}` : undefined;
  }

  private note(kind: string, isNew: boolean): void {
    const counts = isNew ? this.brought.imported : this.brought.skipped;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }

  private left(what: string): void {
    this.brought.left.push(what);
  }
}
