import type { Json, JsonObject } from '../../core/data/item.ts';
import type { ResourceType } from '../../core/scim/attribute.ts';
import { ScimError } from '../../core/scim/error.ts';
import type { ScimCaller } from './caller.ts';
import type { RowStore, ScimRow } from './rows.ts';

interface Written {
  row: ScimRow;
  resource: JsonObject;
}

/** What can be done with one type of resource. `tag`: the If-Match header. */
export interface ResourceHandler {
  readonly type: ResourceType;
  readonly rows: RowStore;
  shown(rows: readonly ScimRow[]): Promise<JsonObject[]>;
  get(id: string): Promise<Written>;
  create(body: Json | undefined): Promise<Written>;
  replace(id: string, body: Json | undefined, tag: string | null): Promise<Written>;
  patch(id: string, body: Json | undefined, tag: string | null): Promise<Written>;
  remove(id: string, tag: string | null): Promise<void>;
}

export const tagOf = ({ version }: Pick<ScimRow, 'version'>): string => `W/"${version}"`;

/** SRV7 */
export function checkTag(row: ScimRow, tag: string | null): void {
  if (tag === null || tag.trim() === '*') return;
  if (tag.split(',').some((each) => each.trim() === tagOf(row))) return;
  throw new ScimError(412, 'The resource has changed since; read it again');
}

/** What the server says of each resource. */
export function metaOf({ base }: ScimCaller, type: ResourceType, row: ScimRow): JsonObject {
  const { resource } = row;
  const extensions = type.extensions
    .map(({ id }) => id)
    .filter((id) => Object.hasOwn(JSON.parse(resource) as object, id));
  return {
    schemas: [type.schema.id, ...extensions],
    id: row.id,
    meta: {
      resourceType: type.name,
      created: new Date(row.createdAt).toISOString(),
      lastModified: new Date(row.updatedAt).toISOString(),
      location: `${base}${type.endpoint}/${row.id}`,
      version: tagOf(row),
    },
  };
}
