import { z } from 'zod';
import type { Area } from '../kit/area.ts';
import type { AnyRoute, Schema } from '../kit/contract.ts';
import { COMMON_ERRORS } from '../kit/problem.ts';

type JsonSchema = Record<string, unknown>;

function schemaOf(schema: Schema, io: 'input' | 'output'): JsonSchema {
  // SAFETY: contracts are erased to Standard Schema, but every one of them is written with zod.
  const { $schema: _, ...rest } = z.toJSONSchema(schema as unknown as z.ZodType, { io, unrepresentable: 'any' });
  return rest;
}

const acceptsNothing = (schema: Schema): boolean => (schema as unknown as z.ZodType).safeParse(undefined).success;

function parametersOf(schema: Schema | undefined, place: 'path' | 'query'): JsonSchema[] {
  if (!schema) return [];
  const { properties, required } = schemaOf(schema, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties ?? {}).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || (required?.includes(name) ?? false),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

function successOf(route: AnyRoute): JsonSchema {
  if (route.answers === 'empty') return { description: 'Done' };
  if (route.answers === 'bytes') return { description: route.summary, content: { 'application/octet-stream': {} } };
  const type = route.answers === 'stream' ? 'text/event-stream' : 'application/json';
  return { description: route.summary, content: { [type]: { schema: schemaOf(route.output, 'output') } } };
}

function failuresOf(route: AnyRoute, area: Area): Record<string, JsonSchema> {
  const kinds = new Map(Object.entries({ ...COMMON_ERRORS, ...area.errors }));
  const general = [
    'key-missing',
    'key-invalid',
    'scope-missing',
    'input-invalid',
    ...(route.body ? ['body-too-large'] : []),
    ...(route.actor === 'member' && route.whileSuspended === 'refused' ? ['organization-suspended'] : []),
  ];
  const byStatus = new Map<number, string[]>();
  for (const code of [...general, ...route.errors]) {
    const kind = kinds.get(code);
    if (kind) byStatus.set(kind.status, [...(byStatus.get(kind.status) ?? []), `\`${code}\`: ${kind.title}`]);
  }
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    [...byStatus].map(([status, lines]) => [String(status), { description: lines.join('\n\n'), content }]),
  );
}

/** `{projects}` and the like stay: only who reads it knows an id of theirs. */
function exampleOf({ example }: AnyRoute): { example?: unknown } {
  if (example === undefined) return {};
  return { example: JSON.parse(JSON.stringify(example).replaceAll('{text}', 'Example')) };
}

function operationOf(name: string, route: AnyRoute, area: Area): JsonSchema {
  const also = Object.entries(route.alsoStatus).map(([status, description]) => [
    status,
    { ...successOf(route), description },
  ]);
  return {
    operationId: `${area.name}.${name}`,
    summary: route.summary,
    tags: [area.name],
    security: route.actor === 'person' ? [{ session: [] }] : [{ apiKey: [route.scope] }, { session: [] }],
    'x-cost': route.cost,
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
    ...(route.body && {
      requestBody: {
        required: !acceptsNothing(route.body),
        content:
          route.accepts === 'bytes'
            ? { 'application/octet-stream': {} }
            : { 'application/json': { schema: schemaOf(route.body, 'input'), ...exampleOf(route) } },
      },
    }),
    responses: { [route.status]: successOf(route), ...Object.fromEntries(also), ...failuresOf(route, area) },
  };
}

const PROBLEM: JsonSchema = {
  type: 'object',
  description: 'RFC 9457',
  required: ['status', 'code', 'title', 'requestId'],
  properties: {
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable; test against this' },
    title: { type: 'string' },
    detail: { type: 'string' },
    hint: { type: 'string', description: 'What to do next' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'message'],
        properties: {
          pointer: { type: 'string', description: 'JSON pointer into the body, `?name` or `{name}`' },
          message: { type: 'string' },
          code: { type: 'string' },
          hint: { type: 'string' },
        },
      },
    },
  },
};

/** The OpenAPI 3.1 document, derived from the contracts alone. */
export function openApi(areas: readonly Area[], origin: string): JsonSchema {
  const paths = new Map<string, JsonSchema>();
  for (const area of areas) {
    for (const { name, route } of area.routes) {
      const path = paths.get(route.path) ?? {};
      path[route.method.toLowerCase()] = operationOf(name, route, area);
      paths.set(route.path, path);
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Millrace', version: '1', description: 'Draw, import or run workflows; they run durably.' },
    servers: [{ url: origin }],
    security: [{ apiKey: [] }],
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `mr_<tenant>_…`' },
        session: { type: 'http', scheme: 'bearer', description: 'A session: `ms_…`, with X-Millrace-Organization' },
      },
      schemas: { Problem: PROBLEM },
    },
  };
}
