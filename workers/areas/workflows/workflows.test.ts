import { describe, it } from 'vitest';
import { apiFor, fetchWorker } from '../../kit/testing.ts';
import type { Caller } from '../../kit/testing.ts';
import { chain, echo, node, setNode, webhookNode } from './testing.ts';

async function created(api: Caller, document: unknown): Promise<string> {
  const { status, body } = await api('POST /v1/workflows', { body: document });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body['id'] as string;
}

async function published(api: Caller, document: unknown): Promise<string> {
  const id = await created(api, document);
  await api('POST /v1/workflows/{id}/publish', { params: { id } });
  return id;
}

async function call(path: string, body: unknown = {}) {
  const response = await fetchWorker(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('drafts', () => {
  it('are stored as they are and read back', async ({ expect }) => {
    const api = await apiFor('wf-store');
    const document = echo('a');
    const made = await api('POST /v1/workflows', { body: document });
    expect(made).toMatchObject({ status: 201, body: { name: 'Echo a', revision: 1, published: null } });
    const id = made.body['id'] as string;
    expect(made.headers.get('location')).toBe(`/v1/workflows/${id}`);
    const read = await api('GET /v1/workflows/{id}', { params: { id } });
    expect(read.body).toMatchObject({ id, document });
    expect(read.headers.get('etag')).toBe('"1"');
  });

  it('[WF1] with faults are refused with every fault and its place', async ({ expect }) => {
    const api = await apiFor('wf-faults');
    const document = {
      ...chain('x', setNode('A', 'f', 'v'), setNode('A', 'f', 'v')),
      extra: 1,
      settings: { timezone: 'Mars/Base' },
    };
    const refused = await api('POST /v1/workflows', { body: document });
    expect(refused).toMatchObject({ status: 400, body: { code: 'document-invalid' } });
    const pointers = (refused.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/settings/timezone', '/nodes/1/id', '/nodes/1/name']));
    expect((await api('GET /v1/workflows')).body['workflows']).toEqual([]);
    const checked = await api('POST /v1/workflows/validate', { body: document });
    expect(checked).toMatchObject({ status: 200, body: { ok: false } });
  });

  it('are listed with where they lie, their tags and who made them, and found by name', async ({ expect }) => {
    const api = await apiFor('wf-listed');
    const [one, two] = [await created(api, echo('Alpha')), await created(api, echo('beta'))];
    const project = (await api('POST /v1/projects', { body: { name: 'P' } })).body['id'] as string;
    const folder = (await api('POST /v1/folders', { body: { project, name: 'F' } })).body['id'] as string;
    const at = { kind: 'workflow', id: one };
    await api('PUT /v1/placements/{kind}/{id}', { params: at, body: { project, folder } });
    await api('PUT /v1/tags/{kind}/{id}', { params: at, body: { tags: ['night', 'billing'] } });
    const list = async (query: object) => (await api('GET /v1/workflows', { query: { ...query } })).body['workflows'];
    expect(await list({ text: 'ALPHA' })).toMatchObject([
      { id: one, project, folder, tags: ['billing', 'night'], createdBy: expect.stringMatching(/^key:./) as string },
    ]);
    expect(await list({ text: 'echo' })).toMatchObject([
      { id: two, project: null, folder: null, tags: [] },
      { id: one },
    ]);
    expect(await list({ text: '%' })).toEqual([]);
    expect(await list({ text: 'echo', tag: 'night' })).toMatchObject([{ id: one }]);
  });

  it('are narrowed to what is live in an environment, or is not, page by page', async ({ expect }) => {
    const api = await apiFor('wf-live');
    const [one, two] = [await created(api, echo('One')), await created(api, echo('Two'))];
    for (const id of [one, two]) {
      await api('POST /v1/workflows/{id}/publish', { params: { id }, query: { environment: 'staging' } });
    }
    const three = await published(api, echo('Three'));
    const list = async (query: object) => (await api('GET /v1/workflows', { query: { ...query } })).body;
    expect(await list({ state: 'live' })).toMatchObject({ workflows: [{ id: three, published: 1 }] });
    expect(await list({ state: 'draft', text: 'echo' })).toMatchObject({
      workflows: [
        { id: two, published: null },
        { id: one, published: null },
      ],
    });
    const first = await list({ state: 'live', environment: 'staging', limit: 1 });
    expect(first).toMatchObject({ workflows: [{ id: two, published: 1 }] });
    const rest = await list({ state: 'live', environment: 'staging', limit: 1, cursor: first['cursor'] });
    expect(rest).toMatchObject({ workflows: [{ id: one, published: 1 }] });
    expect(rest['cursor']).toBeUndefined();
    expect(await list({ environment: 'nowhere' })).toMatchObject({ workflows: [{ published: null }, {}, {}] });
  });

  it('[WF1] survive hostile names, and refuse those that no editor could show', async ({ expect }) => {
    const api = await apiFor('wf-names');
    for (const name of ['__proto__', 'constructor', 'toString', '👩‍🚀 Ω', 'a"b\\c', ' x']) {
      const id = await created(api, chain(name, node(name, 'manual', 1), setNode(`${name} 2`, name, 'v')));
      const { body } = await api('GET /v1/workflows/{id}', { params: { id } });
      expect(body).toMatchObject({ name, document: { nodes: [{ id: name, name }, { name: `${name} 2` }] } });
    }
    for (const name of ['', 'x'.repeat(1024 * 1024)]) {
      const refused = await api('POST /v1/workflows', { body: chain('ok', node(name, 'manual', 1)) });
      expect(refused).toMatchObject({ status: 400, body: { code: 'document-invalid' } });
      expect(JSON.stringify(refused.body).length).toBeLessThan(5_000);
    }
    for (const body of ['null', '[]', '"x"', '{}', '{"nodes":{}}', '{"__proto__":{"nodes":[]}}']) {
      expect(await api('POST /v1/workflows', { body }), body).toMatchObject({
        status: 400,
        body: { code: 'document-invalid' },
      });
    }
  });

  it('larger than a row are refused with a way out', async ({ expect }) => {
    const api = await apiFor('wf-large');
    const nodes = Array.from({ length: 20 }, (_, index) => setNode(`N${index}`, 'f', 'x'.repeat(100_000)));
    expect(await api('POST /v1/workflows', { body: chain('large', ...nodes) })).toMatchObject({
      status: 413,
      body: { code: 'document-too-large' },
    });
  });

  it('[WF2] are replaced only on the revision that was read', async ({ expect }) => {
    const api = await apiFor('wf-match');
    const id = await created(api, echo('a'));
    const put = (name: string, match?: string) =>
      api('PUT /v1/workflows/{id}', {
        params: { id },
        body: { ...echo('a'), name },
        headers: match === undefined ? {} : { 'if-match': match },
      });
    expect(await put('second', '"1"')).toMatchObject({ status: 200, body: { revision: 2, name: 'second' } });
    expect(await put('late', '"1"')).toMatchObject({
      status: 412,
      body: { code: 'revision-conflict', detail: expect.stringContaining('revision 2') as string },
    });
    expect((await put('bad', 'abc')).status).toBe(400);
    expect(await put('any')).toMatchObject({ status: 200, body: { revision: 3 } });
    const both = await Promise.all([put('x', '"3"'), put('y', '"3"')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('are listed by last change, page by page', async ({ expect }) => {
    const api = await apiFor('wf-list');
    const ids: string[] = [];
    for (const path of ['a', 'b', 'c', 'd', 'e']) ids.push(await created(api, echo(path)));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await api('GET /v1/workflows', { query: { limit: '2', ...(cursor ? { cursor } : {}) } });
      seen.push(...(page.body['workflows'] as { id: string }[]).map(({ id }) => id));
      cursor = page.body['cursor'] as string | undefined;
    } while (cursor);
    expect(seen.toSorted()).toEqual(ids.toSorted());
    expect((await api('GET /v1/workflows', { query: { cursor: 'AAAA' } })).body).toMatchObject({
      code: 'cursor-invalid',
    });
    expect((await api('GET /v1/workflows', { query: { limit: '201' } })).status).toBe(400);
  });
});

describe('versions', () => {
  it('are read with their document; of one that is not there nothing is said', async ({ expect }) => {
    const api = await apiFor('wf-version');
    const document = echo('first');
    const id = await published(api, document);
    await api('PUT /v1/workflows/{id}', { params: { id }, body: echo('second') });
    const read = (version: number | string, of = id) =>
      api('GET /v1/workflows/{id}/versions/{version}', { params: { id: of, version: String(version) } });
    expect((await read(1)).body).toMatchObject({ version: 1, document });
    expect((await read(2)).body).toMatchObject({ status: 404, code: 'version-unknown' });
    expect((await read(1, 'wf_nobody')).status).toBe(404);
    expect((await read('__proto__')).status).toBe(400);
  });
});

describe('importing', () => {
  const n8n = (name: string, path: string) => ({
    name,
    nodes: [
      {
        name: 'Hook',
        type: 'n8n-nodes-base.webhook',
        typeVersion: 2,
        position: [0, 0],
        parameters: { httpMethod: 'POST', path, responseMode: 'lastNode' },
      },
      { name: 'Slack', type: 'n8n-nodes-base.slack', typeVersion: 2.2, position: [200, 0], parameters: {} },
    ],
    connections: { Hook: { main: [[{ node: 'Slack', type: 'main', index: 0 }]] } },
  });

  it('stores what it is given and reports on every node', async ({ expect }) => {
    const api = await apiFor('wf-import');
    const made = await api('POST /v1/workflows/import', { body: [n8n('One', 'one'), n8n('Two', 'two')] });
    expect(made).toMatchObject({ status: 201, body: { workflows: [{ name: 'One' }, { name: 'Two' }] } });
    expect(made.body['report']).toMatchObject({
      nodes: [
        { name: 'Hook', status: 'runs' },
        { name: 'Slack', status: 'needs-connector' },
      ],
    });
    const read = await api('GET /v1/workflows/{id}', { params: { id: made.body['id'] as string } });
    expect(read.body).toMatchObject({ name: 'One' });
  });

  it('gives an import back as its file, and one that is bound as well', async ({ expect }) => {
    const api = await apiFor('wf-export');
    const file = { ...n8n('Three', 'three'), pinData: {}, meta: { of: 'theirs' } };
    const id = String((await api('POST /v1/workflows/import', { body: file })).body['id']);
    const exported = () => api('GET /v1/workflows/{id}/export', { params: { id } });
    expect(await exported()).toMatchObject({ status: 200, body: file });
    const { document } = (await api('GET /v1/workflows/{id}', { params: { id } })).body as {
      document: { nodes: { binding?: object }[] };
    };
    const [, slack] = document.nodes;
    if (slack) slack.binding = { type: 'fixed-items', parameters: { items: [{ ok: true }] } };
    expect((await api('PUT /v1/workflows/{id}', { params: { id }, body: document })).status).toBe(200);
    expect((await exported()).body).toEqual(file);
    expect(await api('GET /v1/workflows/{id}/export', { params: { id: 'wf_none' } })).toMatchObject({ status: 404 });
  });

  it('[DOC18] publishes what a placeholder trigger is bound to', async ({ expect }) => {
    const api = await apiFor('wf-bound');
    const file = { nodes: [{ name: 'Mail', type: 'n8n-nodes-base.acmeTrigger', typeVersion: 1, position: [0, 0] }] };
    const id = String((await api('POST /v1/workflows/import', { body: file })).body['id']);
    const { document } = (await api('GET /v1/workflows/{id}', { params: { id } })).body as {
      document: { nodes: { binding?: object }[] };
    };
    const [mail] = document.nodes;
    if (mail) mail.binding = { type: 'webhook', parameters: { httpMethod: 'PUT', path: 'bound-mail' } };
    expect((await api('PUT /v1/workflows/{id}', { params: { id }, body: document })).body).toMatchObject({
      warnings: [],
    });
    expect(await api('POST /v1/workflows/{id}/publish', { params: { id } })).toMatchObject({
      status: 200,
      body: { hooks: [{ method: 'PUT', url: expect.stringContaining('bound-mail') as string }] },
    });
  });

  it('takes repeated keys, as n8n’s own reader does', async ({ expect }) => {
    const api = await apiFor('wf-import-twice');
    const text = JSON.stringify(n8n('One', 'one')).replace('"name":"One"', '"name":"Zero","name":"One"');
    expect(await api('POST /v1/workflows/import', { body: text })).toMatchObject({
      status: 201,
      body: { workflows: [{ name: 'One' }] },
    });
  });

  it('says so when there is nothing to import', async ({ expect }) => {
    const api = await apiFor('wf-import-none');
    for (const body of ['{}', '[]', 'null', '7', '{"nodes":5}']) {
      expect(await api('POST /v1/workflows/import', { body }), body).toMatchObject({
        status: 400,
        body: { code: 'import-empty' },
      });
    }
  });
});

describe('publishing', () => {
  it('[HOOK3] makes the webhook answer at once, and a new version soon', async ({ expect }) => {
    const api = await apiFor('wf-publish');
    const id = await created(api, echo('orders'));
    expect(await call('/hooks/wf-publish/orders')).toMatchObject({
      status: 404,
      body: { code: 'hook-not-found', hint: expect.stringContaining('publish') as string },
    });
    const starts = async (): Promise<unknown> =>
      (await api('GET /v1/workflows/{id}/starts', { params: { id } })).body['hooks'];
    const address = { method: 'POST', url: 'https://millrace.test/hooks/wf-publish/orders' };
    expect(await starts()).toMatchObject([{ ...address, live: false }]);
    const first = await api('POST /v1/workflows/{id}/publish', { params: { id }, body: { note: 'first' } });
    expect(await starts()).toMatchObject([{ ...address, live: true }]);
    expect(first).toMatchObject({
      status: 200,
      body: {
        version: 1,
        hooks: [{ method: 'POST', url: 'https://millrace.test/hooks/wf-publish/orders' }],
        schedules: [],
      },
    });
    expect(await call('/hooks/wf-publish/orders', { a: 1 })).toMatchObject({
      status: 200,
      body: { mark: 'one', body: { a: 1 } },
    });
    await api('PUT /v1/workflows/{id}', { params: { id }, body: echo('orders', 'two') });
    expect((await call('/hooks/wf-publish/orders')).body['mark']).toBe('one');
    await api('POST /v1/workflows/{id}/publish', { params: { id } });
    expect((await call('/hooks/wf-publish/orders')).body['mark']).toBe('two');
  });

  it('[WF3] gives the same text the same version', async ({ expect }) => {
    const api = await apiFor('wf-same');
    const id = await published(api, echo('a'));
    expect((await api('POST /v1/workflows/{id}/publish', { params: { id } })).body['version']).toBe(1);
    const both = await Promise.all([1, 2].map(() => api('POST /v1/workflows/{id}/publish', { params: { id } })));
    expect(both.map(({ body }) => body['version'])).toEqual([1, 1]);
    expect((await api('GET /v1/workflows/{id}/versions', { params: { id } })).body['versions']).toMatchObject([
      { version: 1, published: true, note: '' },
    ]);
  });

  it('[WF4] refuses an address that another workflow has, by name', async ({ expect }) => {
    const api = await apiFor('wf-taken');
    const first = await published(api, echo('users/:id'));
    const second = await created(api, echo('users/:name'));
    const refused = await api('POST /v1/workflows/{id}/publish', { params: { id: second } });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'hook-path-taken', title: expect.stringContaining(first) as string },
    });
    await api('POST /v1/workflows/{id}/unpublish', { params: { id: first } });
    expect((await api('POST /v1/workflows/{id}/publish', { params: { id: second } })).status).toBe(200);
  });

  it('[WF5] refuses to open a webhook that its author protected', async ({ expect }) => {
    const api = await apiFor('wf-auth');
    for (const authentication of ['basicAuth', 'headerAuth', 'jwtAuth']) {
      const hook = webhookNode('guarded', { authentication });
      const id = await created(api, chain('guarded', hook, setNode('M', 'm', 'v')));
      expect((await api('POST /v1/workflows/{id}/publish', { params: { id } })).body).toMatchObject({
        code: 'hook-credential-missing',
      });
    }
    expect((await call('/hooks/wf-auth/guarded')).status).toBe(404);
  });

  it('[WF6] goes back to an earlier version and leaves the draft', async ({ expect }) => {
    const api = await apiFor('wf-rollback');
    const id = await published(api, echo('a', 'one'));
    await api('PUT /v1/workflows/{id}', { params: { id }, body: echo('a', 'two') });
    await api('POST /v1/workflows/{id}/publish', { params: { id } });
    const back = await api('POST /v1/workflows/{id}/rollback', { params: { id }, body: { version: 1 } });
    expect(back).toMatchObject({ status: 200, body: { version: 1, hooks: [{ method: 'POST' }] } });
    expect((await call('/hooks/wf-rollback/a')).body['mark']).toBe('one');
    const { body } = await api('GET /v1/workflows/{id}', { params: { id } });
    expect(body).toMatchObject({ published: 1, revision: 2, document: echo('a', 'two') });
    expect(
      (await api('POST /v1/workflows/{id}/rollback', { params: { id }, body: { version: 9 } })).body,
    ).toMatchObject({ code: 'version-unknown' });
  });

  it('[WF7] ends with unpublishing and deleting', async ({ expect }) => {
    const api = await apiFor('wf-delete');
    const id = await published(api, echo('a'));
    expect((await api('POST /v1/workflows/{id}/unpublish', { params: { id } })).status).toBe(204);
    expect((await call('/hooks/wf-delete/a')).status).toBe(404);
    await api('POST /v1/workflows/{id}/publish', { params: { id } });
    expect((await api('DELETE /v1/workflows/{id}', { params: { id } })).status).toBe(204);
    expect((await call('/hooks/wf-delete/a')).status).toBe(404);
    for (const key of [
      'GET /v1/workflows/{id}',
      'DELETE /v1/workflows/{id}',
      'GET /v1/workflows/{id}/versions',
      'POST /v1/workflows/{id}/publish',
    ]) {
      expect(await api(key, { params: { id } }), key).toMatchObject({
        status: 404,
        body: { code: 'workflow-unknown' },
      });
    }
  });

  it('shows the next starts of schedules', async ({ expect }) => {
    const api = await apiFor('wf-clock');
    const clock = node('Clock', 'schedule', 1.2, { rule: { interval: [{ field: 'hours', hoursInterval: 1 }] } });
    const id = await created(api, chain('Clock', clock, setNode('M', 'm', 'v')));
    const { body } = await api('POST /v1/workflows/{id}/publish', { params: { id } });
    const [schedule] = body['schedules'] as { node: string; zone: string; next: number[] }[];
    expect(schedule).toMatchObject({ node: 'Clock', zone: 'UTC' });
    expect(schedule?.next).toHaveLength(3);
    expect(schedule?.next[0]).toBeGreaterThan(Date.now());
    const bad = node('Clock', 'schedule', 1.2, {
      rule: { interval: [{ field: 'cronExpression', expression: 'every now and then' }] },
    });
    const badId = await created(api, chain('Bad clock', bad, setNode('M', 'm', 'v')));
    expect((await api('POST /v1/workflows/{id}/publish', { params: { id: badId } })).body).toMatchObject({
      code: 'document-invalid',
    });
  });

  it('[TEN6] starts runs by the clock, each time once, until it is unpublished', async ({ expect }) => {
    const api = await apiFor('wf-ticks');
    const clock = node('Clock', 'schedule', 1.2, { rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] } });
    const id = await published(api, chain('Ticks', clock, setNode('M', 'm', 'v')));
    await scheduler.wait(2_300);
    await api('POST /v1/workflows/{id}/unpublish', { params: { id } });
    const runs = (await api('GET /v1/runs', { query: { workflow: id } })).body['runs'] as Record<string, unknown>[];
    expect(runs.length).toBeGreaterThanOrEqual(1);
    expect(runs.length).toBeLessThanOrEqual(3);
    for (const run of runs) expect(run).toMatchObject({ mode: 'production', trigger: 'schedule', version: '1' });
    const view = await api('GET /v1/runs/{id}', { params: { id: runs[0]?.['id'] as string }, query: { wait: '5s' } });
    const last = (view.body['nodes'] as { outputs: { json: Record<string, unknown> }[][] }[]).at(-1);
    expect(last?.outputs[0]?.[0]?.json).toMatchObject({ m: 'v', Timezone: 'UTC (UTC+00:00)' });
    const before = runs.length;
    await scheduler.wait(1_300);
    expect((await api('GET /v1/runs', { query: { workflow: id } })).body['runs']).toHaveLength(before);
  });
});
