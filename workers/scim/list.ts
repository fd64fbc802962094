import type { JsonObject } from '../../core/data/item.ts';
import type { ResourceType } from '../../core/scim/attribute.ts';
import { bad } from '../../core/scim/error.ts';
import { type Filter, parseFilter } from '../../core/scim/filter.ts';
import { matches } from '../../core/scim/match.ts';
import { project, type Projection } from '../../core/scim/project.ts';
import type { RowStore, ScimRow, Where } from './rows.ts';

const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const MAX_PAGE = 200;
const DEFAULT_PAGE = 100;
const MAX_SCANNED = 20_000;
const SCAN_PAGE = 1_000;

export interface ListQuery extends Projection {
  filter?: string;
  startIndex?: string | number;
  count?: string | number;
}

/** A number that may be out of range, as RFC 7644 section 3.4.2.4 has it. @throws ScimError for no number. */
function numberOf(value: string | number | undefined, usual: number, name: string): number {
  if (value === undefined || value === '') return usual;
  const number = Number(value);
  if (!Number.isInteger(number)) throw bad('invalidValue', `${name} must be a whole number`);
  return number;
}

/** What an index can answer: `userName eq "x"`, alone. */
function indexed(filter: Filter | undefined, nameAttribute: string): Where {
  if (!filter || filter.op !== 'eq' || typeof filter.value !== 'string') return undefined;
  const path = filter.path.toLowerCase();
  if (path === nameAttribute.toLowerCase()) return { by: 'name', value: filter.value.toLowerCase() };
  if (path === 'externalid') return { by: 'externalId', value: filter.value };
  return path === 'id' ? { by: 'id', value: filter.value } : undefined;
}

/** A page of resources (SRV6). `shown` turns rows into whole resources, many at once. */
export async function listResources(
  type: ResourceType,
  query: ListQuery,
  { rows, shown }: { rows: RowStore; shown(rows: readonly ScimRow[]): Promise<JsonObject[]> },
): Promise<JsonObject> {
  const filter = query.filter === undefined || query.filter === '' ? undefined : parseFilter(query.filter);
  const startIndex = Math.max(1, numberOf(query.startIndex, 1, 'startIndex'));
  const count = Math.min(MAX_PAGE, Math.max(0, numberOf(query.count, DEFAULT_PAGE, 'count')));
  const where = indexed(filter, type.name === 'User' ? 'userName' : 'displayName');
  const { total, page } =
    filter && !where
      ? await scanned(filter)
      : {
          total: await rows.count(where),
          page: count === 0 ? [] : await shown(await rows.page(where, { offset: startIndex - 1, limit: count })),
        };
  return {
    schemas: [LIST],
    totalResults: total,
    startIndex,
    itemsPerPage: page.length,
    Resources: page.map((resource) => project(type, resource, query)),
  };

  async function scanned(wanted: Filter): Promise<{ total: number; page: JsonObject[] }> {
    const hits: JsonObject[] = [];
    let found = 0;
    for (let offset = 0; ; offset += SCAN_PAGE) {
      if (offset >= MAX_SCANNED) {
        throw bad('tooMany', 'Too many resources for this filter; ask by userName, displayName, externalId or id');
      }
      const some = await rows.page(undefined, { offset, limit: SCAN_PAGE });
      for (const resource of await shown(some)) {
        if (!matches(type, resource, wanted)) continue;
        found++;
        if (found >= startIndex && hits.length < count) hits.push(resource);
      }
      if (some.length < SCAN_PAGE) return { total: found, page: hits };
    }
  }
}
