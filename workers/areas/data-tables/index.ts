import type { JsonObject } from '../../../core/data/item.ts';
import type { RowFilter, TableInfo } from '../../../core/tables/call.ts';
import { tablesOf } from '../../../durable-objects/stubs.ts';
import { Answer } from '../../kit/answer.ts';
import { placedWithin } from '../../access/places.ts';
import { area } from '../../kit/area.ts';
import type { Context } from '../../kit/context.ts';
import { sha256Hex } from '../../kit/digest.ts';
import { common } from '../../kit/problem.ts';
import { contract, errors, Filter } from './contract.ts';
import { tablesService } from './service.ts';

const service = ({ env, tenant }: Context) => tablesService(tablesOf(env, tenant));

/** Rows are what the object made of the table's columns; the contract says only what all have. */
type Rows = { rows: { id: number; createdAt: string; updatedAt: string }[] };
const rowsOf = (rows: JsonObject[]): Rows => ({ rows: rows as unknown as Rows['rows'] });

/** A table as the audit log hashes it. */
const fact = ({ name, columns }: TableInfo) => ({ name, columns: columns.map((column) => ({ ...column })) });

function filterOf(text: string | undefined): RowFilter | undefined {
  if (text === undefined) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const filter = Filter.safeParse(json);
  if (filter.success) return plain(filter.data);
  const [issue] = filter.error.issues;
  throw common('input-invalid', { errors: [{ pointer: '?filter', message: issue?.message ?? 'Not a filter' }] });
}

/** Without `value: undefined`, which conditions that take none would have. */
const plain = ({ match, conditions }: ReturnType<typeof Filter.parse>): RowFilter => ({
  match,
  conditions: conditions.map(({ value, ...rest }) => (value === undefined ? rest : { ...rest, value })),
});

const dataTables = area('data-tables', contract, errors).handle({
  list: async (_, context) => {
    const all = await service(context).list();
    if (context.reach === 'everywhere') return { tables: all };
    const mine = await placedWithin(context, 'table');
    return { tables: all.filter(({ id }) => mine.has(id)) };
  },
  create: async ({ body }, context) => {
    const made = await service(context).create(body.name, body.columns);
    context.touched({ after: fact(made) });
    return made;
  },
  get: ({ params }, context) => service(context).get(params.id),
  change: async ({ params, body }, context) => {
    const { before, after } = await service(context).change(params.id, body);
    context.touched({ before: fact(before), after: fact(after) });
    return after;
  },
  remove: async ({ params }, context) => context.touched({ before: fact(await service(context).remove(params.id)) }),
  rows: async ({ params, query }, context) =>
    rowsOf(await service(context).rows(params.id, { ...query, filter: filterOf(query.filter) })),
  insert: async ({ params, body }, context) => {
    const rows = await service(context).insert(params.id, body.rows);
    context.touched({ after: { rows } });
    return rowsOf(rows);
  },
  update: async ({ params, body }, context) => {
    const { before, after } = await service(context).update(params.id, plain(body.filter), body.values);
    context.touched({ before: { rows: before }, after: { rows: after } });
    return rowsOf(after);
  },
  erase: async ({ params, body }, context) => {
    const rows = await service(context).erase(params.id, plain(body.filter));
    context.touched({ before: { rows } });
    return rowsOf(rows);
  },
  download: async ({ params }, context) => {
    const { name, text } = await service(context).download(params.id);
    const file = encodeURIComponent(`${name}.csv`).replaceAll("'", '%27');
    const headers = { 'content-disposition': `attachment; filename*=UTF-8''${file}` };
    return Answer.stream(new Response(text, { headers: { 'content-type': 'text/csv; charset=utf-8' } }), { headers });
  },
  upload: async ({ params, body }, context) => {
    const inserted = await service(context).upload(params.id, body);
    context.touched({ after: { csv: await sha256Hex(body as Uint8Array<ArrayBuffer>), inserted } });
    return { inserted };
  },
});

export { dataTables as area };
