import type { Place } from '../../../core/access/grant.ts';
import { excess } from '../../../core/access/scope.ts';
import type { GrantStore, Principal, StoredGrant } from '../../access/grants.ts';
import { MAX_GRANTS_EACH } from '../../access/policy.ts';
import { readCursor, writeCursor } from '../../kit/cursor.ts';
import { problemsOf } from '../../kit/problem.ts';
import { errors } from './contract.ts';
import type { Grant } from './contract.ts';

const problem = problemsOf(errors);

interface GrantPorts {
  tenant: string;
  store: GrantStore;
  /** Kind and id of the asking actor. */
  by: string;
  /** What the asking actor may do at a resource that lies in these places. */
  heldAt(places: readonly Place[]): Promise<readonly string[]>;
  /** Empty for a role there is not. */
  scopesOf(role: string): Promise<readonly string[]>;
  isKnown(principal: Principal): Promise<boolean>;
  /** Where the place itself lies, itself included; undefined when it is not there. */
  placesOf(place: Place): Promise<readonly Place[] | undefined>;
  now(): number;
  newId(prefix: string): string;
}

interface Wanted {
  to: Principal;
  role: string;
  on: Grant['on'];
  startsAt?: number | undefined;
  endsAt?: number | undefined;
}

interface Filter {
  member?: string | undefined;
  service?: string | undefined;
  role?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

export const viewOf = ({ on, ...rest }: StoredGrant): Grant => ({ ...rest, on: placeView(on) });

// SAFETY: only kinds of the contract are ever stored.
export const placeView = ({ kind, id }: Place): Grant['on'] =>
  (kind === 'organization' ? { kind } : { kind, id }) as Grant['on'];

export function grantService(ports: GrantPorts) {
  const { tenant, store, now } = ports;
  const placesOf = async (on: Place) => (on.kind === 'organization' ? [] : await ports.placesOf(on));
  const refuseExcess = async (role: string, places: readonly Place[]): Promise<void> => {
    const tooWide = excess(await ports.heldAt(places), await ports.scopesOf(role));
    if (tooWide.length === 0) return;
    throw problem('scope-too-wide', { detail: `You do not have ${tooWide.slice(0, 20).join(', ')} there.` });
  };
  return {
    async list({ member, service, role, limit, cursor }: Filter) {
      const after = cursor === undefined ? undefined : readCursor(cursor);
      if (after !== undefined ? typeof after !== 'string' : cursor !== undefined) {
        throw problem('cursor-invalid', { hint: 'Give back the cursor of the page before, unchanged.' });
      }
      const to: Principal | undefined =
        member !== undefined
          ? { kind: 'member', id: member }
          : service !== undefined
            ? { kind: 'service', id: service }
            : undefined;
      const page = await store.list({
        ...(to && { to }),
        ...(role !== undefined && { role }),
        ...(typeof after === 'string' && { after }),
        limit: limit + 1,
      });
      const grants = page.slice(0, limit);
      const last = grants.at(-1);
      return {
        grants: grants.map(viewOf),
        ...(page.length > limit && last ? { cursor: writeCursor(last.id) } : {}),
      };
    },
    async create({ to, role, on, startsAt, endsAt }: Wanted): Promise<Grant> {
      const atMs = now();
      if (endsAt !== undefined && endsAt <= Math.max(atMs, startsAt ?? 0)) {
        throw problem('grant-over', {
          hint: 'endsAt is in milliseconds since 1970, in the future and after startsAt.',
        });
      }
      const place: Place = { kind: on.kind, id: on.kind === 'organization' ? tenant : on.id };
      const places = await placesOf(place);
      if (!places) throw problem('place-unknown', { detail: `There is no ${place.kind} by this id.` });
      const scopes = await ports.scopesOf(role);
      if (scopes.length === 0) throw problem('role-unknown', { hint: 'GET /v1/roles lists them.' });
      await refuseExcess(role, places);
      if (!(await ports.isKnown(to))) throw problem('principal-unknown', { detail: `There is no such ${to.kind}.` });
      if ((await store.list({ to, limit: MAX_GRANTS_EACH })).length >= MAX_GRANTS_EACH) {
        throw problem('grants-full', { hint: 'Remove one first, or give the role on a project.' });
      }
      const grant: StoredGrant = {
        id: ports.newId('grant'),
        to,
        role,
        on: place,
        startsAt: startsAt ?? null,
        endsAt: endsAt ?? null,
        createdAt: atMs,
        createdBy: ports.by,
      };
      await store.add(grant);
      return viewOf(grant);
    },
    async remove(id: string): Promise<Grant> {
      const grant = await store.get(id);
      if (!grant) throw problem('grant-unknown', { hint: 'GET /v1/grants lists them.' });
      // A grant on something that is gone gives nothing any more: whoever manages grants may tidy it away.
      const places = await placesOf(grant.on);
      if (places) await refuseExcess(grant.role, places);
      await store.remove(id);
      return viewOf(grant);
    },
  };
}
