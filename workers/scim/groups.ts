import type { Json, JsonObject } from '../../core/data/item.ts';
import { ScimError } from '../../core/scim/error.ts';
import { GROUP } from '../../core/scim/group.ts';
import { patch } from '../../core/scim/patch.ts';
import { readResource } from '../../core/scim/read.ts';
import { newId } from '../kit/context.ts';
import type { ScimCaller } from './caller.ts';
import { d1Memberships } from './memberships.ts';
import { settleMany } from './provision.ts';
import type { ResourceHandler } from './resource.ts';
import { checkTag, metaOf } from './resource.ts';
import { d1Rows } from './rows.ts';
import type { ScimRow } from './rows.ts';

/** The ids a resource names as its members. */
const membersOf = (resource: JsonObject): string[] =>
  (Array.isArray(resource['members']) ? (resource['members'] as JsonObject[]) : []).map((each) =>
    String(each['value']),
  );

/** Groups, whose names the role mappings go by. */
export function groupHandler(caller: ScimCaller): ResourceHandler {
  const { env, tenant, row: connection } = caller;
  const rows = d1Rows(env.DB, { tenant, connection: connection.id, kind: 'groups' });
  const memberships = d1Memberships(env.DB, { tenant, connection: connection.id });

  const shown = async (some: readonly ScimRow[]): Promise<JsonObject[]> => {
    const users = await memberships.usersOf(some.map(({ id }) => id));
    return some.map((row) => ({
      ...(JSON.parse(row.resource) as JsonObject),
      ...metaOf(caller, GROUP, row),
      members: (users.get(row.id) ?? []).map(({ id, display }) => ({
        value: id,
        display,
        type: 'User',
        $ref: `${caller.base}/Users/${id}`,
      })),
    }));
  };
  const one = async (row: ScimRow): Promise<{ row: ScimRow; resource: JsonObject }> => {
    const [resource = {}] = await shown([row]);
    return { row, resource };
  };
  const known = async (id: string): Promise<ScimRow> => {
    const row = await rows.get(id);
    if (!row) throw new ScimError(404, 'There is no such group');
    return row;
  };
  const partsOf = (whole: JsonObject) => {
    const { members: _, ...rest } = whole;
    return {
      name: String(rest['displayName']).toLowerCase(),
      externalId: typeof rest['externalId'] === 'string' ? rest['externalId'] : null,
      resource: JSON.stringify(rest),
    };
  };

  async function write(before: ScimRow, resource: JsonObject): Promise<ScimRow> {
    const row: ScimRow = { ...before, ...partsOf(resource), version: before.version + 1, updatedAt: Date.now() };
    if ((await rows.replace(row)) !== 'done') {
      throw new ScimError(412, 'Another change was first; read the resource again');
    }
    const moved = await memberships.set(row.id, membersOf(resource));
    // Another name may be another role for everybody in it.
    await settleMany(caller, row.name === before.name ? moved : [...new Set([...moved, ...membersOf(resource)])]);
    return row;
  }

  return {
    type: GROUP,
    rows,
    shown,
    get: async (id) => one(await known(id)),

    async create(body) {
      const resource = readResource(GROUP, body);
      const nowMs = Date.now();
      const row: ScimRow = {
        id: newId('sg'),
        ...partsOf(resource),
        version: 1,
        createdAt: nowMs,
        updatedAt: nowMs,
        userId: null,
        active: 1,
      };
      await rows.add(row);
      await settleMany(caller, await memberships.set(row.id, membersOf(resource)));
      return one(row);
    },

    async replace(id, body, tag) {
      const before = await known(id);
      checkTag(before, tag);
      return one(await write(before, readResource(GROUP, body)));
    },

    async patch(id, body: Json | undefined, tag) {
      const before = await known(id);
      checkTag(before, tag);
      const users = (await memberships.usersOf([id])).get(id) ?? [];
      const whole = {
        ...(JSON.parse(before.resource) as JsonObject),
        members: users.map((user) => ({ value: user.id })),
      };
      return one(await write(before, patch(GROUP, whole, body)));
    },

    async remove(id, tag) {
      const row = await known(id);
      checkTag(row, tag);
      const users = (await memberships.usersOf([id])).get(id) ?? [];
      await rows.remove(id);
      await settleMany(
        caller,
        users.map((user) => user.id),
      );
    },
  };
}
