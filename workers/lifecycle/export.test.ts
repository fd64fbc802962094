import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, it } from 'vitest';
import { caller, fetchWorker, tenantWithKey, testEnv } from '../kit/testing.ts';
import type { Caller } from '../kit/testing.ts';
import { RECORDS } from './records.ts';
import { tenantTables } from './rows.ts';

const SECRET = 'canary-secret-88c1';

const document = (name: string, path: string) => ({
  schema: 1,
  name,
  nodes: [
    {
      id: 'hook',
      name: 'hook',
      type: 'webhook',
      version: 2,
      parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
      position: [0, 0],
    },
  ],
  edges: [],
  settings: {},
  notes: [],
  pinned: [],
});

async function fill(api: Caller, tenant: string): Promise<void> {
  for (const path of ['one', 'two']) {
    const id = String((await api('POST /v1/workflows', { body: document(path, path) })).body['id']);
    await api('POST /v1/workflows/{id}/publish', { params: { id } });
    await api('PUT /v1/workflows/{id}', { params: { id }, body: document(`${path} edited`, path) });
    await api('POST /v1/workflows/{id}/publish', { params: { id }, query: { environment: 'staging' } });
  }
  const set = (environment: string, name: string, body: object) =>
    api('PUT /v1/variables/{environment}/{name}', { params: { environment, name }, body });
  await set('production', 'OPEN', { value: 'shown' });
  await set('staging', '__proto__', { value: 'odd' });
  await set('production', 'CLOSED', { value: SECRET, secret: true });
  await api('POST /v1/credentials', {
    body: { type: 'httpHeaderAuth', name: 'one', values: { name: 'x-key', value: SECRET } },
  });
  const table = await api('POST /v1/data-tables', {
    body: {
      name: 'people',
      columns: [
        { name: 'name', type: 'string' },
        { name: 'age', type: 'number' },
      ],
    },
  });
  const id = String(table.body['id']);
  const rows = Array.from({ length: 1_200 }, (_, at) => ({ name: `person ${at} é`, age: at }));
  await api('POST /v1/data-tables/{id}/rows', { params: { id }, body: { rows: rows.slice(0, 1_000) } });
  await api('POST /v1/data-tables/{id}/rows', { params: { id }, body: { rows: rows.slice(1_000) } });
  await api('DELETE /v1/data-tables/{id}/rows', {
    params: { id },
    body: { filter: { match: 'all', conditions: [{ column: 'age', operator: 'lt', value: 7 }] } },
  });
  await testEnv.FILES.put(`t/${tenant}/files/reports/2026 märz.csv`, 'a,b\n1,2\n');
  await fetchWorker(`/hooks/${tenant}/one`, { method: 'POST', body: '{}' });
}

async function exported(key: string): Promise<Uint8Array> {
  const response = await fetchWorker('/v1/organization/export', { headers: { authorization: `Bearer ${key}` } });
  if (response.status !== 200) throw new Error(await response.text());
  return new Uint8Array(await response.arrayBuffer());
}

const send = async (key: string, bytes: Uint8Array) => {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/zip' };
  const response = await fetchWorker('/v1/organization/import', { method: 'POST', headers, body: bytes });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe('[LIF7] [LIF8] an export', () => {
  it('holds everything and no secret, and comes back equal in another organization', async ({ expect }) => {
    const [from, to] = [await tenantWithKey('export-from'), await tenantWithKey('export-to')];
    await fill(caller(from), 'export-from');
    const archive = await exported(from);
    const files = unzipSync(archive);
    const names = Object.keys(files);
    expect(names).toEqual(
      expect.arrayContaining([
        'organization.json',
        'publications.json',
        'records/workflows.ndjson',
        'records/workflow_versions.ndjson',
        'records/variables.ndjson',
        'records/credentials.ndjson',
        'records/members.ndjson',
        'files/reports/2026 märz.csv',
        'audit.ndjson',
        'runs.ndjson',
        'manifest.json',
      ]),
    );
    for (const name of names) expect(text(files[name]), name).not.toContain(SECRET);
    expect(text(files['audit.ndjson']).split('\n').length).toBeGreaterThan(10);
    expect(text(files['runs.ndjson'])).toContain('"trigger":"webhook"');

    const { status, body } = await send(to, archive);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      imported: { workflows: 2, workflow_versions: 4, variables: 3, credentials: 1, tables: 1, rows: 1_193, files: 1 },
      skipped: {},
      todo: { secrets: [expect.stringMatching(/^credential cred_/), 'variable production/CLOSED'] },
    });
    expect((body['todo'] as { publish: object[] }).publish).toHaveLength(4);

    const again = unzipSync(await exported(to));
    const same = ['records/workflows.ndjson', 'records/workflow_versions.ndjson', 'files/reports/2026 märz.csv'];
    const table = names.find((name) => name.startsWith('tables/')) ?? '';
    for (const name of same) expect(text(again[name]), name).toBe(text(files[name]));
    const rowsIn = (bytes: Uint8Array | undefined): string[] => text(bytes).split('\n').slice(1);
    expect(rowsIn(again[table])).toEqual(rowsIn(files[table]));
    const variables = (key: string) => caller(key)('GET /v1/variables');
    const open = (reply: { body: Record<string, unknown> }) =>
      (reply.body['variables'] as Record<string, unknown>[]).map(
        ({ environment, name, value, secret, description }) => ({
          environment,
          name,
          value,
          secret,
          description,
        }),
      );
    expect(open(await variables(to))).toEqual(open(await variables(from)));
    expect((await fetchWorker('/hooks/export-to/one', { method: 'POST' })).status).toBe(404);
    // and once more: everything is there already
    expect((await send(to, archive)).body).toMatchObject({ imported: { workflows: 0, tables: 0, files: 0 } });
  });

  it('is refused when it was changed, cut off or is something else', async ({ expect }) => {
    const [from, to] = [await tenantWithKey('damage-from'), await tenantWithKey('damage-to')];
    await fill(caller(from), 'damage-from');
    const archive = await exported(from);
    const files = unzipSync(archive);
    const code = async (bytes: Uint8Array) => (await send(to, bytes)).body['code'];
    expect(await code(strToU8('no zip at all'))).toBe('archive-unreadable');
    expect(await code(archive.subarray(0, archive.length - 200))).toBe('archive-unreadable');
    expect(await code(zipSync({ 'a.txt': strToU8('x') }))).toBe('archive-unreadable');
    const forged = { ...files, 'records/workflows.ndjson': strToU8('{"id":"wf_x"}\n') };
    expect(await code(zipSync(forged))).toBe('archive-damaged');
    expect(await code(zipSync({ ...files, 'files/more.txt': strToU8('x') }))).toBe('archive-damaged');
    expect((await caller(to)('GET /v1/workflows')).body['workflows']).toEqual([]);
  });

  it('is refused with bad rows, and says where', async ({ expect }) => {
    const to = await tenantWithKey('rows-to');
    const hash = async (bytes: Uint8Array) =>
      [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]
        .map((byte) => byte.toString(16).padStart(2, '0'))
        .join('');
    const archiveOf = async (files: Record<string, Uint8Array>) => {
      const entries = await Promise.all(
        Object.entries(files).map(async ([name, bytes]) => ({ name, bytes: bytes.length, sha256: await hash(bytes) })),
      );
      return zipSync({ ...files, 'manifest.json': strToU8(JSON.stringify({ format: 'millrace.export/1', entries })) });
    };
    const cases: Record<string, Uint8Array>[] = [
      { 'records/workflows.ndjson': strToU8('not json\n') },
      { 'records/workflows.ndjson': strToU8('{"id":"wf_a","draft":"{}"}\n') },
      { 'records/workflows.ndjson': strToU8('{"id":"wf_a","draft":7}\n') },
      { 'records/workflows.ndjson': strToU8('[]\n') },
      { 'records/variables.ndjson': strToU8('{"name":"A"}\n') },
      { 'records/variables.ndjson': strToU8('{"name\\"; DROP TABLE variables; --":"A"}\n') },
      { 'records/environments.ndjson': strToU8('{"__proto__":{"x":1}}\n') },
      { 'tables/a.ndjson': strToU8('{"id":"a"}\n') },
      { 'tables/a.ndjson': strToU8('7\n') },
      { 'files/../../other/files/x': strToU8('x') },
      { 'publications.json': strToU8('{"a":1}') },
    ];
    for (const files of cases) {
      const { status, body } = await send(to, await archiveOf(files));
      expect([status >= 400 && status < 500, body['hint'] !== undefined], JSON.stringify(Object.keys(files))).toEqual([
        true,
        true,
      ]);
    }
    // a tenant in a row is not taken over
    const row = { tenant_id: 'damage-from', environment: 'production', name: 'X', value: 'v', secret: 0 };
    const rest = { description: '', updated_at: 1 };
    const archive = await archiveOf({ 'records/variables.ndjson': strToU8(JSON.stringify({ ...row, ...rest })) });
    expect((await send(to, archive)).status).toBe(200);
    expect((await caller(to)('GET /v1/variables')).body['variables']).toMatchObject([{ name: 'X', value: 'v' }]);
  });

  it('[LIF7] decides about every table there is', async ({ expect }) => {
    const undecided = (await tenantTables(testEnv.DB)).filter((table) => !Object.hasOwn(RECORDS, table));
    expect(undecided).toEqual([]);
  });
});
