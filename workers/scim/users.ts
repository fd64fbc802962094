import type { Json, JsonObject } from '../../core/data/item.ts';
import { ScimError } from '../../core/scim/error.ts';
import { patch } from '../../core/scim/patch.ts';
import { readResource } from '../../core/scim/read.ts';
import { USER } from '../../core/scim/user.ts';
import { newId } from '../kit/context.ts';
import type { ScimCaller } from './caller.ts';
import { d1Memberships } from './memberships.ts';
import { personOf, refuseFull, refuseOwner, settle } from './provision.ts';
import type { ResourceHandler } from './resource.ts';
import { checkTag, metaOf } from './resource.ts';
import { d1Rows } from './rows.ts';
import type { ScimRow } from './rows.ts';

const taken = () => new ScimError(409, 'Another person has this userName', 'uniqueness');
const isActive = (resource: JsonObject): boolean => resource['active'] !== false;

/** People. */
export function userHandler(caller: ScimCaller): ResourceHandler {
  const { env, tenant, row: connection } = caller;
  const rows = d1Rows(env.DB, { tenant, connection: connection.id, kind: 'users' });
  const memberships = d1Memberships(env.DB, { tenant, connection: connection.id });

  const shown = async (some: readonly ScimRow[]): Promise<JsonObject[]> => {
    const groups = await memberships.groupsOf(some.map(({ id }) => id));
    return some.map((row) => ({
      ...(JSON.parse(row.resource) as JsonObject),
      ...metaOf(caller, USER, row),
      active: row.active === 1,
      groups: (groups.get(row.id) ?? []).map(({ id, display }) => ({
        value: id,
        display,
        type: 'direct',
        $ref: `${caller.base}/Groups/${id}`,
      })),
    }));
  };
  const one = async (row: ScimRow): Promise<{ row: ScimRow; resource: JsonObject }> => {
    const [resource = {}] = await shown([row]);
    return { row, resource };
  };
  const known = async (id: string): Promise<ScimRow> => {
    const row = await rows.get(id);
    if (!row) throw new ScimError(404, 'There is no such person');
    return row;
  };

  /** Writes a resource over a row, then makes membership what it says. */
  async function write(before: ScimRow, resource: JsonObject): Promise<ScimRow> {
    const active = isActive(resource);
    if (!active) await refuseOwner(caller, before.userId);
    const person = active ? await personOf(caller, resource, before.userId) : undefined;
    if (person) await refuseFull(caller, before.id, person.id);
    const row: ScimRow = {
      ...before,
      name: String(resource['userName']).toLowerCase(),
      externalId: typeof resource['externalId'] === 'string' ? resource['externalId'] : null,
      resource: JSON.stringify(resource),
      version: before.version + 1,
      updatedAt: Date.now(),
      userId: person?.id ?? before.userId,
      active: active ? 1 : 0,
    };
    const written = await rows.replace(row);
    if (written === 'taken') throw taken();
    if (written === 'stale') throw new ScimError(412, 'Another change was first; read the resource again');
    await settle(caller, { id: row.id, userId: row.userId, active });
    return row;
  }

  return {
    type: USER,
    rows,
    shown,
    get: async (id) => one(await known(id)),

    async create(body) {
      const resource = readResource(USER, body);
      const name = String(resource['userName']).toLowerCase();
      if ((await rows.count({ by: 'name', value: name })) > 0) throw taken();
      const active = isActive(resource);
      const person = active ? await personOf(caller, resource, null) : undefined;
      const id = newId('su');
      if (person) await refuseFull(caller, id, person.id);
      const nowMs = Date.now();
      const row: ScimRow = {
        id,
        name,
        externalId: typeof resource['externalId'] === 'string' ? resource['externalId'] : null,
        resource: JSON.stringify(resource),
        version: 1,
        createdAt: nowMs,
        updatedAt: nowMs,
        userId: person?.id ?? null,
        active: active ? 1 : 0,
      };
      if (!(await rows.add(row))) throw taken();
      await settle(caller, { id: row.id, userId: row.userId, active });
      return one(row);
    },

    async replace(id, body, tag) {
      const before = await known(id);
      checkTag(before, tag);
      return one(await write(before, readResource(USER, body)));
    },

    async patch(id, body: Json | undefined, tag) {
      const before = await known(id);
      checkTag(before, tag);
      const whole = { active: before.active === 1, ...(JSON.parse(before.resource) as JsonObject) };
      return one(await write(before, patch(USER, whole, body)));
    },

    async remove(id, tag) {
      const row = await known(id);
      checkTag(row, tag);
      await refuseOwner(caller, row.userId);
      await settle(caller, { id, userId: row.userId, active: false });
      await rows.remove(id);
    },
  };
}
