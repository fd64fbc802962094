import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { describe, it } from 'vitest';
import { AREAS } from '../areas.generated.ts';
import { COMMON_ERRORS } from '../kit/problem.ts';
import { openApi } from './openapi.ts';

const ROUTES = AREAS.flatMap((area) => area.routes.map((each) => ({ ...each, area })));
const TABLES = await tablesOfAreas();

/** Found on disk, so that a new area's tables are checked without anybody remembering to. */
async function tablesOfAreas(): Promise<SQLiteTable[]> {
  const folder = new URL('../areas/', import.meta.url);
  const tables: SQLiteTable[] = [];
  for (const area of await readdir(folder)) {
    const file = new URL(`${area}/tables.ts`, folder);
    if (existsSync(file)) tables.push(...Object.values((await import(file.href)) as Record<string, SQLiteTable>));
  }
  return tables;
}

interface Operation {
  operationId: string;
  security: Record<string, string[]>[];
  parameters: { name: string; in: string; required: boolean }[];
  requestBody?: { required: boolean };
  responses: Record<string, { content?: Record<string, unknown> }>;
}
const document = openApi(AREAS, 'https://millrace.test') as unknown as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
};

describe('[API1] contracts', () => {
  it('have one handler a route, and no address twice', ({ expect }) => {
    const keys = ROUTES.map(({ route }) => route.key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { handle, name, area } of ROUTES) expect(typeof handle, `${area.name}.${name}`).toBe('function');
  });

  for (const { route } of ROUTES) {
    it(`say everything about ${route.key}`, ({ expect }) => {
      expect(route.path).toMatch(/^\/v1\/[a-z]+(-[a-z]+)*(\/(\{[a-z]+\}|[a-z]+))*$/);
      expect(route.summary.length).toBeGreaterThan(10);
      expect(route.summary).toMatch(/^[A-Z].*[^.]$/);
      expect(route.scope).toMatch(/^[a-z]+(-[a-z]+)*:(read|write|own)$/);
      if (route.scope.endsWith(':read') && route.method !== 'GET') expect(route.path).toMatch(/\/(validate|ports)$/);
      expect(route.cost).toBeGreaterThanOrEqual(1);
      expect(route.output['~standard'].version).toBe(1);
      expect(route.answers === 'empty').toBe(route.status === 204);
      expect(Boolean(route.params)).toBe(route.path.includes('{'));
    });
  }

  it('name only codes of their own closed map, with fitting statuses', ({ expect }) => {
    for (const { route, area } of ROUTES) {
      for (const code of route.errors) expect(area.errors, `${route.key} ${code}`).toHaveProperty([code]);
    }
    for (const area of AREAS) {
      for (const [code, { status, title }] of Object.entries(area.errors)) {
        expect(code).toMatch(/^[a-z]+(-[a-z0-9]+)+$/);
        expect(status, code).toBeGreaterThanOrEqual(400);
        expect(title.length, code).toBeGreaterThan(10);
        expect(Object.keys(COMMON_ERRORS), code).not.toContain(code);
      }
    }
  });
});

describe('[API2] the OpenAPI document', () => {
  it('has one operation a route and nothing else', ({ expect }) => {
    const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(document.openapi).toBe('3.1.0');
    expect(listed.sort()).toEqual(ROUTES.map(({ route }) => route.key).sort());
  });

  it('says who may, with what, and what comes back', ({ expect }) => {
    const start = document.paths['/v1/workflows/{id}/runs']?.['post'];
    expect(start?.security).toEqual([{ apiKey: ['runs:write'] }, { session: [] }]);
    expect(start?.parameters).toMatchObject([
      { name: 'id', in: 'path', required: true },
      { name: 'wait', in: 'query', required: false },
    ]);
    expect(start?.requestBody?.required).toBe(false);
    expect(Object.keys(start?.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '202', '400', '401', '403', '404', '413']),
    );
    expect(document.paths['/v1/workflows']?.['post']?.requestBody?.required).toBe(true);
    expect(document.paths['/v1/runs/{id}/events']?.['get']?.responses['200']?.content).toHaveProperty([
      'text/event-stream',
    ]);
  });
});

describe('[API12] tables', () => {
  for (const table of TABLES) {
    const { name, primaryKeys, columns } = getTableConfig(table);
    it(`${name} leads with the tenant`, ({ expect }) => {
      const first = primaryKeys[0]?.columns[0]?.name ?? columns.find((column) => column.primary)?.name;
      expect(first).toBe('tenant_id');
    });
  }
});

describe('the SDK', () => {
  it('knows every area', async ({ expect }) => {
    const text = await readFile(new URL('../../sdk/client/contracts.generated.ts', import.meta.url), 'utf8');
    for (const { name } of AREAS) expect(text).toContain(`areas/${name}/contract.ts`);
  });
});
