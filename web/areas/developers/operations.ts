import type { OpenApi, Operation } from '../settings/schema/openapi.ts';
import { bare, type Schema, type Value, variantsOf } from '../settings/schema/schema.ts';

export interface Endpoint {
  id: string;
  method: string;
  path: string;
  operation: Operation;
}

/** Every endpoint there is, by area. */
export function endpointsOf(api: OpenApi): ReadonlyMap<string, readonly Endpoint[]> {
  const all = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
  return Map.groupBy(all, ({ operation }) => operation.tags[0] ?? '');
}

/** The endpoint that lists what a parameter of this path names: `/v1/workflows` for `/v1/workflows/{id}/runs`. */
export function listFor(api: OpenApi, path: string): string | undefined {
  const list = path.slice(0, Math.max(0, path.indexOf('/{')));
  return api.paths[list]?.['get'] ? list : undefined;
}

/** The first thing of such a list, as a path names it. */
export function firstOf(answer: unknown, name: string): string | undefined {
  const rows = Object.values((answer ?? {}) as Record<string, unknown>).find(Array.isArray) as unknown[] | undefined;
  const row = rows?.[0] as Record<string, unknown> | undefined;
  const id = row?.[name] ?? row?.['id'];
  return typeof id === 'string' ? id : undefined;
}

/** A body that shows what the endpoint needs: what must be there, and what is there by default. */
export function sampleOf(given: Schema, name = ''): Value {
  const { schema } = bare(given);
  if (given.default !== undefined) return given.default as Value;
  const variants = variantsOf(schema);
  if (variants) {
    const [first] = variants.options;
    const shape = variants.of(first);
    return shape ? { ...(sampleOf(shape) as Record<string, Value>), [variants.by]: first } : {};
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.properties) {
    const required = new Set(schema.required);
    return Object.fromEntries(
      Object.entries(schema.properties)
        .filter(([each]) => required.has(each))
        .map(([each, inner]) => [each, sampleOf(inner, each)]),
    );
  }
  if (schema.type === 'array') return [];
  if (schema.type === 'boolean') return false;
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 0, 1);
  return name === 'email' ? 'somebody@example.com' : name === '' ? {} : `a ${name}`;
}

/** A whole text that stands for the id of something of the reader's: `{projects}`. */
const OWN = /^\{([a-z-]+)\}$/;

const textsIn = (value: Value): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap((each: Value) => textsIn(each))
      : [];

/** Of which areas a body names something of the reader's. */
export const areasIn = (example: Value): readonly string[] => [
  ...new Set(textsIn(example).flatMap((text) => OWN.exec(text)?.[1] ?? [])),
];

/** The body with the reader's own ids, by area, where there are some. */
export function filledWith(example: Value, ids: ReadonlyMap<string, string>): Value {
  if (typeof example === 'string') return ids.get(OWN.exec(example)?.[1] ?? '') ?? example;
  if (typeof example !== 'object' || example === null) return example;
  if (Array.isArray(example)) return example.map((each: Value) => filledWith(each, ids));
  return Object.fromEntries(
    Object.entries(example).map(([name, each]: [string, Value]) => [name, filledWith(each, ids)]),
  );
}
