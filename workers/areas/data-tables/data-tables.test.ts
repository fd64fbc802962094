import { describe, it } from 'vitest';
import type { JsonObject } from '../../../core/data/item.ts';
import { apiFor, caller, tenantWithKey, fetchWorker } from '../../kit/testing.ts';
import { chain, node } from '../workflows/testing.ts';

const COLUMNS = [
  { name: 'name', type: 'string' },
  { name: 'age', type: 'number' },
];

async function withTable(tenant: string) {
  const key = await tenantWithKey(tenant);
  const api = caller(key);
  const { status, body } = await api('POST /v1/data-tables', { body: { name: 'people', columns: COLUMNS } });
  if (status !== 201) throw new Error(JSON.stringify(body));
  const id = body['id'] as string;
  const rows = async (query: Record<string, string> = {}) =>
    (await api('GET /v1/data-tables/{id}/rows', { params: { id }, query })).body['rows'] as JsonObject[];
  const insert = (...list: JsonObject[]) =>
    api('POST /v1/data-tables/{id}/rows', { params: { id }, body: { rows: list } });
  return { api, key, id, params: { id }, rows, insert };
}

describe('data tables', () => {
  it('are made, changed, listed and deleted', async ({ expect }) => {
    const { api, params, id } = await withTable('dt-tables');
    expect(await api('POST /v1/data-tables', { body: { name: 'people' } })).toMatchObject({
      status: 409,
      body: { code: 'table-exists' },
    });
    const changed = await api('PATCH /v1/data-tables/{id}', {
      params,
      body: { name: 'persons', add: [{ name: 'here', type: 'boolean' }], remove: ['age'] },
    });
    expect(changed).toMatchObject({
      status: 200,
      body: { id, name: 'persons', columns: [{ name: 'name' }, { name: 'here', type: 'boolean' }] },
    });
    expect((await api('GET /v1/data-tables')).body['tables']).toEqual([changed.body]);
    expect((await api('DELETE /v1/data-tables/{id}', { params })).status).toBe(204);
    expect(await api('GET /v1/data-tables/{id}', { params })).toMatchObject({
      status: 404,
      body: { code: 'table-unknown' },
    });
  });

  it('[AUD5] say in the log what changed rows were before, and after', async ({ expect }) => {
    const { api, insert, params } = await withTable('dt-audit');
    await insert({ name: 'Ada', age: 36 });
    const filter = { conditions: [{ column: 'name', operator: 'eq', value: 'Ada' }] };
    const grown = await api('PATCH /v1/data-tables/{id}/rows', { params, body: { filter, values: { age: 37 } } });
    expect(grown.status).toBe(200);
    await api('PATCH /v1/data-tables/{id}/rows', { params, body: { filter, values: { age: 38 } } });
    const { body } = await api('GET /v1/audit/records');
    type Said = { action: string; before?: string; after?: string };
    const said = (body['records'] as Said[]).filter(({ action }) => /^data-tables\.(insert|update)$/.test(action));
    expect(said).toHaveLength(3);
    // Each begins with what the one before it left.
    expect([said[1]?.before, said[2]?.before]).toEqual([said[0]?.after, said[1]?.after]);
    expect(new Set(said.map(({ after }) => after)).size).toBe(3);
  });

  it('give rows by page, filter and order', async ({ expect }) => {
    const { rows, insert, api, params } = await withTable('dt-rows');
    expect((await insert({ name: 'Ada', age: 36 }, { name: 'Bob', age: 9 }, { name: 'Eve', age: null })).status).toBe(
      201,
    );
    const names = async (query: Record<string, string>) => (await rows(query)).map((row) => row['name']);
    expect(await names({ limit: '2' })).toEqual(['Ada', 'Bob']);
    expect(await names({ limit: '2', after: '2' })).toEqual(['Eve']);
    expect(await names({ sort: '-name' })).toEqual(['Eve', 'Bob', 'Ada']);
    const filter = JSON.stringify({ conditions: [{ column: 'age', operator: 'gt', value: 8 }] });
    expect(await names({ filter, after: '1' })).toEqual(['Bob']);
    expect((await api('GET /v1/data-tables/{id}/rows', { params, query: { filter: '{' } })).body).toMatchObject({
      code: 'input-invalid',
    });
    expect(await insert({ name: 'x' }, { age: 'old' })).toMatchObject({ status: 400, body: { code: 'bad-value' } });
    expect(await rows()).toHaveLength(3);
    const one = { filter: { conditions: [{ column: 'name', operator: 'eq', value: 'Bob' }] } };
    expect(
      (await api('PATCH /v1/data-tables/{id}/rows', { params, body: { ...one, values: { age: 10 } } })).body,
    ).toMatchObject({ rows: [{ age: 10 }] });
    expect((await api('DELETE /v1/data-tables/{id}/rows', { params, body: one })).body).toMatchObject({
      rows: [{ name: 'Bob' }],
    });
    expect(
      (await api('DELETE /v1/data-tables/{id}/rows', { params, body: { filter: { conditions: [] } } })).status,
    ).toBe(400);
  });

  it('go to CSV and come from it', async ({ expect }) => {
    const { key, id, rows, insert } = await withTable('dt-csv');
    await insert({ name: '=1+1,"x"\ny', age: -2.5 });
    const headers = { authorization: `Bearer ${key}` };
    const path = `/v1/data-tables/${id}/csv`;
    const download = await fetchWorker(path, { headers });
    expect(download.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const text = await download.text();
    expect(text.replaceAll(/\d{4}-[^,]*Z/g, 'T')).toBe(
      `id,createdAt,updatedAt,name,age\r\n1,T,T,"'=1+1,""x""\ny",-2.5\r\n`,
    );
    const upload = async (body: string | Uint8Array<ArrayBuffer>) => {
      const answer = await fetchWorker(path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'text/csv' },
        body,
      });
      return [answer.status, await answer.json()];
    };
    expect(await upload('\uFEFFage,name\n7,"a ""b"", c"\n,\n')).toEqual([201, { inserted: 2 }]);
    expect((await rows({ after: '1' })).map(({ name, age }) => [name, age])).toEqual([
      ['a "b", c', 7],
      [null, null],
    ]);
    expect(await upload('nobody\n1\n')).toMatchObject([400, { code: 'csv-invalid' }]);
    expect(await upload('age\n1\nx\n')).toMatchObject([400, { code: 'bad-value' }]);
    expect(await upload(Uint8Array.of(0xff, 0xfe, 0))).toMatchObject([400, { code: 'csv-invalid' }]);
    expect(await rows()).toHaveLength(3);
  });
});

describe('the data table node', () => {
  it('works on the same rows, once for each input item', async ({ expect }) => {
    const api = await apiFor('dt-node');
    await api('POST /v1/data-tables', { body: { name: 'people', columns: COLUMNS } });
    const table = { __rl: true, mode: 'list', value: 'id-of-elsewhere', cachedResultName: 'people' };
    const mapped = { mappingMode: 'defineBelow', value: { name: '={{ $json.n }}', age: '={{ $json.n.length }}' } };
    const where = (keyName: string, keyValue: string) => ({ conditions: [{ keyName, keyValue }] });
    const document = chain(
      'Rows',
      node('Start', 'manual', 1),
      node('Insert', 'data-table', 1, { dataTableId: table, columns: mapped }),
      node('Upsert', 'data-table', 1.1, {
        operation: 'upsert',
        dataTableId: table,
        filters: where('name', '={{ $json.name }}'),
        columns: { mappingMode: 'defineBelow', value: { age: '={{ $json.age + 10 }}' } },
      }),
      node('Exists', 'data-table', 1, { operation: 'rowExists', dataTableId: table, filters: where('age', '13') }),
      node('Get', 'data-table', 1, { operation: 'get', dataTableId: table, returnAll: true }),
    );
    const { body } = await api('POST /v1/workflows', { body: document });
    const run = await api('POST /v1/workflows/{id}/runs', {
      params: { id: body['id'] as string },
      query: { wait: '10s' },
      body: { input: [{ n: 'Ada' }, { n: 'Grace' }] },
    });
    expect(run.body['error']).toBeUndefined();
    const nodes = run.body['nodes'] as { nodeName: string; outputs: { json: JsonObject; pairedItem: unknown }[][] }[];
    const of = (name: string) => nodes.find(({ nodeName }) => nodeName === name)?.outputs[0] ?? [];
    expect(of('Insert').map(({ json }) => [json['id'], json['name'], json['age']])).toEqual([
      [1, 'Ada', 3],
      [2, 'Grace', 5],
    ]);
    expect(of('Upsert').map(({ json }) => json['age'])).toEqual([13, 15]);
    expect(of('Exists')).toMatchObject([
      { json: { age: 13 }, pairedItem: { item: 0 } },
      { json: { age: 15 }, pairedItem: { item: 1 } },
    ]);
    expect(of('Get').map(({ json }) => json['name'])).toEqual(['Ada', 'Grace', 'Ada', 'Grace']);
  });
});
