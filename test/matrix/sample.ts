import { z } from 'zod';
import type { AnyRoute, Schema } from '../../workers/kit/contract.ts';

interface JsonSchema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  minItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  pattern?: string;
  format?: string;
}

/** Texts that patterns of our contracts let through. */
const TEXTS = [
  'a',
  'runs:read',
  'example.com',
  'https://example.com/a',
  'a@example.com',
  '30s',
  '2030-01-01',
  '#336699',
  'eu',
];

export function jsonSchemaOf(schema: Schema): JsonSchema {
  // SAFETY: contracts are erased to Standard Schema, but every one of them is written with zod.
  return z.toJSONSchema(schema as unknown as z.ZodType, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}

/** Makes values that fit a schema, each text with the canary in it where it fits. */
function valueOf(schema: JsonSchema, text: () => string): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0];
  if (choice) return valueOf(choice, text);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, valueOf(schema.properties?.[name] ?? {}, text)]),
      );
    case 'array':
      if (schema.prefixItems) return schema.prefixItems.map((item) => valueOf(item, text));
      return Array.from({ length: schema.minItems ?? 0 }, () => valueOf(schema.items ?? {}, text));
    case 'string': {
      const { pattern } = schema;
      if (pattern !== undefined) return TEXTS.find((each) => new RegExp(pattern, 'u').test(each)) ?? 'a';
      const wanted = text().padEnd(schema.minLength ?? 0, 'x');
      return schema.maxLength === undefined ? wanted : wanted.slice(0, schema.maxLength);
    }
    case 'integer':
    case 'number':
      return schema.minimum ?? (schema.exclusiveMinimum === undefined ? 1 : schema.exclusiveMinimum + 1);
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return text();
  }
}

/** Replaces `{collection}` in an example by an id of it. */
function filled(value: unknown, idOf: (collection: string) => string | undefined, text: () => string): unknown {
  if (typeof value === 'string') {
    if (value.includes('{text}')) return value.replaceAll('{text}', text());
    const collection = /^\{([a-z-]+)\}$/.exec(value)?.[1];
    return collection === undefined ? value : (idOf(collection) ?? value);
  }
  if (Array.isArray(value)) return value.map((each) => filled(each, idOf, text));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, idOf, text)]));
}

/** A body that fits the route: its contract's example, else one made from its schema. */
export function bodyFor(
  route: AnyRoute,
  text: () => string,
  idOf: (collection: string) => string | undefined = () => undefined,
): unknown {
  if (!route.body) return undefined;
  if (route.example !== undefined) return filled(route.example, idOf, text);
  if (route.accepts === 'bytes') return text();
  return valueOf(jsonSchemaOf(route.body), text);
}

/** Query parameters a route cannot do without. */
export function queryFor(route: AnyRoute, text: () => string): Record<string, string> {
  if (!route.query) return {};
  const made = valueOf(jsonSchemaOf(route.query), text) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(made).map(([name, value]) => [name, String(value)]));
}
