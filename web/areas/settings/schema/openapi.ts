import { queryOptions } from '@tanstack/react-query';
import type { Client, EndpointKey } from '../../../../sdk/client/index.ts';
import { type Fields, isFields, type Schema, type Value } from './schema.ts';

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  description?: string;
  schema: Schema;
}

export interface Operation {
  operationId: string;
  summary: string;
  tags: readonly string[];
  security: readonly Readonly<Record<string, readonly string[]>>[];
  parameters: readonly Parameter[];
  requestBody?: { required: boolean; content: Readonly<Record<string, { schema?: Schema; example?: Value }>> };
  responses: Readonly<Record<string, { description: string; content?: Readonly<Record<string, { schema?: Schema }>> }>>;
}

export interface OpenApi {
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** The API's own description, from which forms and the explorer are made: a field added to a contract is there at once. */
export const openApiQuery = queryOptions({
  queryKey: ['openapi'],
  queryFn: async ({ signal }): Promise<OpenApi> => {
    const response = await fetch('/openapi.json', { signal });
    if (!response.ok) throw new Error(`/openapi.json answered ${response.status}`);
    return (await response.json()) as OpenApi;
  },
  staleTime: Infinity,
});

const splitKey = (key: string): readonly [string, string] => {
  const at = key.indexOf(' ');
  return [key.slice(0, at).toLowerCase(), key.slice(at + 1)];
};

export function operationOf(api: OpenApi, key: string): Operation | undefined {
  const [method, path] = splitKey(key);
  return api.paths[path]?.[method];
}

/** One form for an endpoint: what stands in its path, and what its body has. */
export function inputSchemaOf(api: OpenApi, key: string): Schema {
  const operation = operationOf(api, key);
  const body = operation?.requestBody?.content['application/json']?.schema ?? {};
  const inPath = (operation?.parameters ?? []).filter((each) => each.in === 'path');
  if (inPath.length === 0) return body;
  return {
    type: 'object',
    properties: { ...Object.fromEntries(inPath.map(({ name, schema }) => [name, schema])), ...body.properties },
    required: [...inPath.map(({ name }) => name), ...(body.required ?? [])],
  };
}

/** Sends what such a form has. `fixed` are the parameters that a row decides. */
export function send(client: Client, key: EndpointKey, value: unknown, fixed: Fields = {}): Promise<unknown> {
  const [, path] = splitKey(key);
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const all: Fields = { ...(isFields(value as Fields) ? (value as Fields) : {}), ...fixed };
  const params = Object.fromEntries(names.map((name) => [name, all[name]]));
  const rest = Object.entries(all).filter(([name]) => !names.includes(name));
  const input = {
    ...(names.length > 0 ? { params } : {}),
    ...(value === undefined ? {} : { body: Object.fromEntries(rest) }),
  };
  // SAFETY: made by the form of this endpoint's own schema; the server names every fault by its place.
  return client.call(key, input as never) as Promise<unknown>;
}

/** Every scope there is, by area. */
export function scopesOf(api: OpenApi): ReadonlyMap<string, readonly string[]> {
  const found = new Set<string>();
  for (const path of Object.values(api.paths)) {
    for (const { security } of Object.values(path)) {
      for (const scope of security.flatMap((each) => each['apiKey'] ?? [])) found.add(scope);
    }
  }
  return Map.groupBy([...found].sort(), (scope) => scope.slice(0, scope.indexOf(':')));
}

/** Every action the audit log knows, and each area with `.*`. */
export function actionsOf(api: OpenApi): string[] {
  const actions = Object.values(api.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  const areas = new Set(actions.map((action) => `${action.slice(0, action.indexOf('.'))}.*`));
  return [...areas, ...actions].sort();
}
