import { describe, it } from 'vitest';
import { ChainCheck, type Sha256 } from '../../../core/audit/chain.ts';
import type { AuditRecord } from '../../../core/audit/entry.ts';
import { HASHES } from '../../../core/expression/hash/index.ts';
import { auditOf } from '../../../durable-objects/stubs.ts';
import { apiFor, caller, fetchWorker, tenantWithKey, testEnv } from '../../kit/testing.ts';
import type { Caller } from '../../kit/testing.ts';

const document = {
  schema: 1,
  name: 'audited',
  nodes: [{ id: 'in', name: 'in', type: 'manual', version: 1, parameters: {}, position: [0, 0] }],
  edges: [],
  settings: {},
  notes: [],
  pinned: [],
};

const sha256 = HASHES.get('sha256') as Sha256;

const records = async (api: Caller, query: Record<string, string> = {}): Promise<AuditRecord[]> =>
  (await api('GET /v1/audit', { query })).body['records'] as AuditRecord[];
/** Reads are written in groups, a moment later. */
const soon = (): Promise<void> => new Promise((done) => setTimeout(done, 400));

describe('audit log', () => {
  it('[AUD1] [AUD5] names every change by its contract, with who, what and hashes', async ({ expect }) => {
    const api = await apiFor('audit-changes');
    const made = await api('POST /v1/workflows', { body: document });
    const id = made.body['id'] as string;
    await api('PUT /v1/workflows/{id}', { params: { id }, body: { ...document, name: 'renamed' } });
    await api('DELETE /v1/workflows/{id}', { params: { id } });
    const [removed, replaced, created] = await records(api, { action: 'workflows.*' });
    expect([created, replaced, removed].map((record) => [record?.action, record?.target, record?.outcome])).toEqual([
      ['workflows.create', id, 'done'],
      ['workflows.replace', id, 'done'],
      ['workflows.remove', id, 'done'],
    ]);
    expect(created?.requestId).toBe(made.headers.get('x-request-id'));
    expect(replaced?.before).toBe(created?.after);
    expect(removed?.before).toBe(replaced?.after);
    expect(replaced?.after).not.toBe(replaced?.before);
    expect(created?.actor).toEqual({ kind: 'key', id: expect.stringMatching(/^key_/) as string });
  });

  it('[AUD1] [AUD7] notes reads and refusals, its own reading included', async ({ expect }) => {
    const key = await tenantWithKey('audit-reads', ['workflows:read', 'audit:read']);
    const api = caller(key);
    await api('GET /v1/workflows');
    await api('GET /v1/workflows/{id}', { params: { id: 'wf_of_somebody_else' } });
    await api('POST /v1/workflows', { body: document });
    await records(api);
    await soon();
    const seen = (await records(api)).map(({ action, outcome, status }) => `${action} ${outcome} ${status}`);
    expect(seen).toEqual([
      'audit.search done 200',
      'workflows.create refused 403',
      'workflows.get refused 404',
      'workflows.list done 200',
    ]);
    expect((await records(api, { outcome: 'refused', target: 'wf_of_somebody_else' })).map((r) => r.action)).toEqual([
      'workflows.get',
    ]);
  });

  it('[AUD10] finds changes alone, refused ones too, and neither reads nor what is counted', async ({ expect }) => {
    const api = await apiFor('audit-only');
    await api('POST /v1/workflows', { body: document });
    await api('GET /v1/workflows');
    await api('DELETE /v1/workflows/{id}', { params: { id: 'wf_of_nobody' } });
    await fetchWorker('/hooks/audit-only/nothing', { method: 'POST' });
    await soon();
    const actions = (await records(api, { only: 'changes' })).map(({ action }) => action);
    expect(actions).toEqual(['workflows.remove', 'workflows.create']);
    expect((await api('GET /v1/audit', { query: { only: 'reads' } })).status).toBe(400);
  });

  it('[AUD3] [AUD4] exports a chain that holds, page by page', async ({ expect }) => {
    const api = await apiFor('audit-chain');
    for (let n = 0; n < 12; n++) await api('POST /v1/hello', { body: { text: `hello ${n}` } });
    const check = new ChainCheck(sha256);
    let after = 0;
    for (;;) {
      const { body } = await api('GET /v1/audit/records', { query: { after: String(after), limit: '5' } });
      const page = body['records'] as AuditRecord[];
      if (page.length === 0) {
        expect(body['head']).toEqual(check.head);
        break;
      }
      for (const record of page) expect(check.add(record)).toBeUndefined();
      after = page.at(-1)?.seq ?? 0;
    }
    expect(after).toBeGreaterThanOrEqual(12);
  });

  it('[AUD8] counts webhook calls and uses of credentials', async ({ expect }) => {
    const api = await apiFor('audit-hooks');
    const node = (id: string, type: string, version: number, parameters: object, more = {}) => ({
      id,
      name: id,
      type,
      version,
      parameters,
      position: [0, 0],
      ...more,
    });
    const made = await api('POST /v1/credentials', {
      body: { type: 'httpHeaderAuth', name: 'key', values: { name: 'x-key', value: 'secret-value' } },
    });
    const credential = String(made.body['id']);
    const http = {
      url: 'http://127.0.0.1:9/',
      authentication: 'genericCredentialType',
      genericAuthType: 'httpHeaderAuth',
    };
    const hooked = {
      ...document,
      nodes: [
        node('in', 'webhook', 2, { httpMethod: 'POST', path: 'in', responseMode: 'onReceived', options: {} }),
        node('out', 'http-request', 4.2, http, { credentials: { httpHeaderAuth: { id: credential, name: 'key' } } }),
      ],
      edges: [{ from: { node: 'in', port: 'main', index: 0 }, to: { node: 'out', port: 'main', index: 0 } }],
    };
    const id = String((await api('POST /v1/workflows', { body: hooked })).body['id']);
    await api('POST /v1/workflows/{id}/publish', { params: { id } });
    const call = () => fetchWorker('/hooks/audit-hooks/in', { method: 'POST', body: '{}' });
    const run = (await call()).headers.get('x-millrace-run');
    await Promise.all([call(), call(), call()]);
    const find = (action: string) => records(api, { action });
    await expect
      .poll(async () => (await find('hooks.call')).reduce((sum, { count = 1 }) => sum + count, 0), { timeout: 8_000 })
      .toBe(4);
    expect((await find('hooks.call'))[0]).toMatchObject({ actor: { kind: 'caller', id: 'POST /in' }, target: id });
    await expect.poll(async () => (await find('credentials.use')).length, { timeout: 8_000 }).toBeGreaterThanOrEqual(4);
    const used = await records(api, { action: 'credentials.use', actor: run ?? '' });
    expect(used).toMatchObject([{ actor: { kind: 'run', id: run }, target: credential, outcome: 'done' }]);
  });

  it('[AUD5] never holds a value', async ({ expect }) => {
    const api = await apiFor('audit-canary');
    const canary = 'canary-7b1e';
    await api('POST /v1/workflows', { body: { ...document, name: canary } });
    const key = await api('POST /v1/keys', { body: { name: canary, scopes: ['hello:read'] } });
    const text = JSON.stringify(await records(api));
    expect(text).toContain('keys.create');
    expect(text).not.toContain(canary);
    expect(text).not.toContain(String(key.body['key']));
  });

  it('[AUD7] shows no other tenant’s log', async ({ expect }) => {
    const [ours, theirs] = [await apiFor('audit-ours'), await apiFor('audit-theirs')];
    await ours('POST /v1/hello', { body: { text: 'ours' } });
    expect(await records(theirs, { action: 'hello.*' })).toEqual([]);
    expect(await theirs('GET /v1/audit', { query: { cursor: 'abc' } })).toMatchObject({
      status: 400,
      body: { code: 'cursor-invalid' },
    });
  });

  it('[AUD6] drops its front by age, and the rest still holds', async ({ expect }) => {
    const api = await apiFor('audit-old');
    for (let n = 0; n < 6; n++) await api('POST /v1/hello', { body: { text: `hello ${n}` } });
    const log = auditOf(testEnv, 'audit-old');
    const all = await log.page(0, 100);
    const third = all[2] as AuditRecord;
    // The tests' clock may give several records one moment: cut where it changes.
    const dropped = await log.dropBefore(third.at);
    const { head, anchor } = await log.ends();
    expect(anchor.seq).toBe(dropped);
    const check = new ChainCheck(sha256, anchor);
    for (const record of await log.page(anchor.seq, 100)) expect(check.add(record)).toBeUndefined();
    expect(check.head).toEqual(head);
    expect(await log.dropBefore(Date.now() + 1_000)).toBe(all.length - dropped);
    const next = await log.append(
      [{ ...third, requestId: 'after' }].map(({ prev: _p, hash: _h, seq: _s, ...note }) => note),
    );
    expect(next.seq).toBe(head.seq + 1);
  });

  it('[AUD6] lets go by itself of what the tenant no longer keeps', async ({ expect }) => {
    await apiFor('audit-tidy');
    const log = auditOf(testEnv, 'audit-tidy');
    const note = {
      actor: { kind: 'key', id: 'k' },
      action: 'hello.list',
      status: 200,
      outcome: 'done' as const,
      requestId: 'r',
    };
    const dayMs = 86_400_000;
    // the first call also starts the tidying, so both are there when it looks
    await log.append([
      { ...note, at: Date.now() - 500 * dayMs },
      { ...note, at: Date.now() },
    ]);
    await expect.poll(async () => (await log.ends()).anchor.seq).toBe(1);
    expect((await log.page(0, 10)).map(({ seq }) => seq)).toEqual([2]);
  });
});

describe('[AUD5] hashes', () => {
  it('follow a data table and its rows, files, publications and imports', async ({ expect }) => {
    const api = await apiFor('audit-hashes');
    const columns = [{ name: 'said', type: 'string' }];
    const made = await api('POST /v1/data-tables', { body: { name: 'one', columns } });
    const params = { id: String(made.body['id']) };
    await api('POST /v1/data-tables/{id}/rows', { params, body: { rows: [{ said: 'x' }] } });
    const filter = { match: 'all', conditions: [{ column: 'said', operator: 'eq', value: 'x' }] };
    await api('PATCH /v1/data-tables/{id}', { params, body: { name: 'two' } });
    await api('DELETE /v1/data-tables/{id}/rows', { params, body: { filter } });
    await api('DELETE /v1/data-tables/{id}', { params });
    const [gone, erased, changed, inserted, created] = await records(api, { action: 'data-tables.*' });
    expect([created, inserted, changed, erased, gone].map((each) => each?.action)).toEqual([
      'data-tables.create',
      'data-tables.insert',
      'data-tables.change',
      'data-tables.erase',
      'data-tables.remove',
    ]);
    expect(created?.after).toMatch(/^[0-9a-f]{64}$/);
    expect([changed?.before, erased?.before, gone?.before]).toEqual([created?.after, inserted?.after, changed?.after]);

    const send = { query: { path: 'a.txt' }, headers: { 'content-type': 'application/octet-stream' } };
    await api('PUT /v1/files/content', { ...send, body: 'one' });
    await api('PUT /v1/files/content', { ...send, body: 'two' });
    await api('DELETE /v1/files/content', { query: { path: 'a.txt' } });
    const [removed, second, first] = await records(api, { action: 'files.*' });
    expect([first, second, removed].map((each) => each?.target)).toEqual(['a.txt', 'a.txt', 'a.txt']);
    expect(first?.after).not.toBe(second?.after);
    expect(removed?.before).toMatch(/^[0-9a-f]{64}$/);

    const { body } = await api('POST /v1/workflows', { body: document });
    const workflow = { params: { id: String(body['id']) } };
    await api('POST /v1/workflows/{id}/publish', workflow);
    await api('POST /v1/workflows/{id}/unpublish', workflow);
    const [down] = await records(api, { action: 'workflows.unpublish' });
    const [up] = await records(api, { action: 'workflows.publish' });
    expect(down?.before).toBe(up?.after);
    expect(down?.before).toBeDefined();
  });
});
