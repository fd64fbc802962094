import { z } from 'zod';
import { COLUMN_TYPES, OPERATORS } from '../../../core/tables/call.ts';
import { route } from '../../kit/contract.ts';

export const errors = {
  'table-unknown': { status: 404, title: 'There is no such data table' },
  'table-exists': { status: 409, title: 'There is a data table of that name' },
  'tables-full': { status: 409, title: 'There is no room for more' },
  'column-exists': { status: 409, title: 'There is a column of that name' },
  'unknown-column': { status: 400, title: 'The table has no such column' },
  'system-column': { status: 400, title: 'That column is written by the table itself' },
  'too-many-columns': { status: 400, title: 'A table cannot have that many columns' },
  'too-many-conditions': { status: 400, title: 'A filter cannot have that many conditions' },
  'too-many-rows': { status: 400, title: 'Too many rows at once' },
  'too-much-data': { status: 400, title: 'Too much data at once' },
  'bad-name': { status: 400, title: 'That is no name for a table or column' },
  'bad-type': { status: 400, title: 'There is no such type of column' },
  'bad-value': { status: 400, title: 'A value does not fit its column' },
  'bad-pattern': { status: 400, title: 'That pattern cannot be matched' },
  'value-too-large': { status: 400, title: 'A value is too large' },
  'csv-invalid': { status: 400, title: 'The CSV cannot be read into this table' },
} as const;

const Column = z.strictObject({ name: z.string().min(1).max(128), type: z.enum(COLUMN_TYPES) });
const Table = z.strictObject({
  id: z.string(),
  name: z.string(),
  columns: z.array(Column),
  createdAt: z.string(),
  updatedAt: z.string(),
});

const Value = z.union([z.null(), z.boolean(), z.number(), z.string()]);
const Values = z.record(z.string(), Value).describe('Values by column');
const Row = z.looseObject({ id: z.number(), createdAt: z.string(), updatedAt: z.string() });
const Filter = z.strictObject({
  match: z.enum(['any', 'all']).default('all'),
  conditions: z
    .array(z.strictObject({ column: z.string(), operator: z.enum(OPERATORS), value: Value.optional() }))
    .min(1)
    .max(20),
});
const FILTER_ERRORS = ['table-unknown', 'unknown-column', 'bad-value', 'bad-pattern', 'too-many-rows', 'too-much-data'];
const VALUE_ERRORS = ['system-column', 'value-too-large', 'tables-full'];
const params = z.strictObject({ id: z.string() });
const MAX_CSV_BYTES = 10 * 1024 * 1024;

export const contract = {
  list: route({
    method: 'GET',
    path: '/v1/data-tables',
    summary: 'List the data tables with their columns',
    scope: 'tables:read',
    cost: 1,
    resource: { kind: 'table', list: true },
    output: z.strictObject({ tables: z.array(Table) }),
    errors: [],
  }),
  create: route({
    method: 'POST',
    path: '/v1/data-tables',
    summary: 'Create a data table',
    scope: 'tables:write',
    cost: 3,
    body: z.strictObject({ name: z.string().min(1).max(128), columns: z.array(Column).max(64).default([]) }),
    example: { name: '{text}', columns: [{ name: 'a', type: 'string' }] },
    output: Table,
    errors: ['table-exists', 'tables-full', 'column-exists', 'bad-name'],
  }),
  get: route({
    method: 'GET',
    path: '/v1/data-tables/{id}',
    summary: 'Show a data table and its columns',
    scope: 'tables:read',
    cost: 1,
    params,
    resource: { kind: 'table', param: 'id' },
    output: Table,
    errors: ['table-unknown'],
  }),
  change: route({
    method: 'PATCH',
    path: '/v1/data-tables/{id}',
    summary: 'Rename a data table, add or remove columns',
    scope: 'tables:write',
    cost: 3,
    params,
    body: z.strictObject({
      name: z.string().min(1).max(128).optional(),
      add: z.array(Column).max(64).default([]).describe('Columns to add'),
      remove: z.array(z.string()).max(64).default([]).describe('Columns to remove, with all their values'),
    }),
    resource: { kind: 'table', param: 'id' },
    output: Table,
    errors: ['table-unknown', 'table-exists', 'column-exists', 'unknown-column', 'too-many-columns', 'bad-name'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/v1/data-tables/{id}',
    summary: 'Delete a data table with all its rows',
    scope: 'tables:write',
    cost: 3,
    status: 204,
    answers: 'empty',
    params,
    resource: { kind: 'table', param: 'id' },
    output: z.void(),
    errors: ['table-unknown'],
  }),
  rows: route({
    method: 'GET',
    path: '/v1/data-tables/{id}/rows',
    summary: 'Read rows, by id or sorted by a column',
    scope: 'tables:read',
    cost: 2,
    params,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(1_000).default(100),
      after: z.coerce.number().int().min(0).default(0).describe('Only rows with a greater id; the last one read'),
      filter: z.string().max(20_000).describe('A filter as JSON: {"match": "all", "conditions": […]}').optional(),
      sort: z.string().max(128).describe('A column, `-` before it for descending').optional(),
    }),
    resource: { kind: 'table', param: 'id' },
    output: z.strictObject({ rows: z.array(Row) }),
    errors: [...FILTER_ERRORS, 'too-many-conditions'],
  }),
  insert: route({
    method: 'POST',
    path: '/v1/data-tables/{id}/rows',
    summary: 'Insert rows, all or none',
    scope: 'tables:write',
    cost: 3,
    params,
    body: z.strictObject({ rows: z.array(Values).min(1).max(1_000) }),
    resource: { kind: 'table', param: 'id' },
    example: { rows: [{ a: '{text}' }] },
    output: z.strictObject({ rows: z.array(Row) }),
    errors: ['table-unknown', 'unknown-column', 'bad-value', ...VALUE_ERRORS],
  }),
  update: route({
    method: 'PATCH',
    path: '/v1/data-tables/{id}/rows',
    summary: 'Change the rows that match',
    scope: 'tables:write',
    cost: 3,
    params,
    body: z.strictObject({ filter: Filter, values: Values }),
    resource: { kind: 'table', param: 'id' },
    example: { filter: { conditions: [{ column: 'id', operator: 'gt', value: 0 }] }, values: { a: '{text}' } },
    output: z.strictObject({ rows: z.array(Row) }),
    errors: [...FILTER_ERRORS, ...VALUE_ERRORS],
  }),
  erase: route({
    method: 'DELETE',
    path: '/v1/data-tables/{id}/rows',
    summary: 'Delete the rows that match',
    scope: 'tables:write',
    cost: 3,
    params,
    body: z.strictObject({ filter: Filter }),
    resource: { kind: 'table', param: 'id' },
    example: { filter: { conditions: [{ column: 'id', operator: 'lt', value: 0 }] } },
    output: z.strictObject({ rows: z.array(Row) }),
    errors: FILTER_ERRORS,
  }),
  download: route({
    method: 'GET',
    path: '/v1/data-tables/{id}/csv',
    summary: 'Download all rows as CSV',
    scope: 'tables:read',
    cost: 5,
    answers: 'bytes',
    params,
    resource: { kind: 'table', param: 'id' },
    output: z.void(),
    errors: ['table-unknown', 'too-many-rows', 'too-much-data'],
  }),
  upload: route({
    method: 'POST',
    path: '/v1/data-tables/{id}/csv',
    summary: 'Insert rows from CSV whose first line names columns, all or none',
    scope: 'tables:write',
    cost: 5,
    accepts: 'bytes',
    maxBytes: MAX_CSV_BYTES,
    params,
    body: z.instanceof(Uint8Array),
    resource: { kind: 'table', param: 'id' },
    example: 'a\nx\n',
    output: z.strictObject({ inserted: z.number().int() }),
    errors: ['table-unknown', 'unknown-column', 'bad-value', 'csv-invalid', ...VALUE_ERRORS],
  }),
};
export { Filter };
