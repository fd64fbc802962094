import type { Json, JsonObject } from '../../core/data/item.ts';
import type { Attribute, ResourceType, Schema } from '../../core/scim/attribute.ts';
import { ScimError } from '../../core/scim/error.ts';
import { GROUP } from '../../core/scim/group.ts';
import { USER } from '../../core/scim/user.ts';
import { MAX_PAGE } from './list.ts';

const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:';
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

const TYPES: readonly ResourceType[] = [USER, GROUP];

const listOf = (resources: JsonObject[]): JsonObject => ({
  schemas: [LIST],
  totalResults: resources.length,
  startIndex: 1,
  itemsPerPage: resources.length,
  Resources: resources,
});

const attributeJson = ({ subAttributes, ...rest }: Attribute): JsonObject => ({
  ...rest,
  ...(subAttributes ? { subAttributes: subAttributes.map(attributeJson) } : {}),
});

const schemaJson = (base: string, { id, name, description, attributes }: Schema): JsonObject => ({
  schemas: [`${SCHEMA}Schema`],
  id,
  name,
  description,
  attributes: attributes.map(attributeJson),
  meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
});

const typeJson = (base: string, { name, endpoint, schema, extensions }: ResourceType): JsonObject => ({
  schemas: [`${SCHEMA}ResourceType`],
  id: name,
  name,
  endpoint,
  description: schema.description,
  schema: schema.id,
  schemaExtensions: extensions.map(({ id }) => ({ schema: id, required: false })),
  meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
});

const config = (base: string): JsonObject => ({
  schemas: [`${SCHEMA}ServiceProviderConfig`],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: MAX_PAGE },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: true },
  authenticationSchemes: [
    { type: 'oauthbearertoken', name: 'Bearer token', description: 'The SCIM token of a connection', primary: true },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
});

/** What this server can do, by the place that is asked; undefined for another place. */
export function discovery(base: string, [what, id, ...rest]: readonly string[]): Json | undefined {
  if (rest.length > 0) return undefined;
  if (what === 'ServiceProviderConfig' && id === undefined) return config(base);
  const lists = new Map([
    [
      'Schemas',
      TYPES.flatMap(({ schema, extensions }) => [schema, ...extensions]).map((each) => schemaJson(base, each)),
    ],
    ['ResourceTypes', TYPES.map((each) => typeJson(base, each))],
  ]);
  const list = lists.get(what ?? '');
  if (!list) return undefined;
  if (id === undefined) return listOf(list);
  const found = list.find((each) => each['id'] === id);
  if (!found) throw new ScimError(404, 'There is nothing of this name');
  return found;
}
