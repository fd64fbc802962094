import { describe, it } from 'vitest';
import type { Overrides } from '../../../core/quota/plan.ts';
import { meterOf, runnerOf } from '../../../durable-objects/stubs.ts';
import { notify } from './notify.ts';
import { d1Members } from '../../members/store.ts';
import { apiFor, fetchWorker, testEnv } from '../../kit/testing.ts';

const document = {
  schema: 1,
  name: 'counted',
  nodes: [
    { id: 'in', name: 'In', type: 'manual', version: 1, parameters: {}, position: [0, 0] },
    {
      id: 'set',
      name: 'Set it',
      type: 'set',
      version: 3.4,
      parameters: {
        assignments: { assignments: [{ id: 'a', name: 'n', type: 'number', value: '={{ $json.n * 2 }}' }] },
        options: {},
      },
      position: [200, 0],
    },
  ],
  edges: [{ from: { node: 'in', port: 'main', index: 0 }, to: { node: 'set', port: 'main', index: 0 } }],
  settings: {},
  notes: [],
  pinned: [],
};

const operator = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetchWorker(path, { ...init, headers: { 'x-deployment-key': 'test-deployment-key', ...init.headers } });

const setPlan = (tenant: string, body: { plan: string; overrides?: Overrides } | object): Promise<Response> =>
  operator(`/internal/organizations/${tenant}/plan`, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

async function withRuns(tenant: string, runs: number) {
  const api = await apiFor(tenant);
  const made = await api('POST /v1/workflows', { body: document });
  const id = made.body['id'] as string;
  const started: string[] = [];
  for (let run = 0; run < runs; run++) {
    const reply = await api('POST /v1/workflows/{id}/runs', {
      params: { id },
      query: { wait: '5s' },
      body: { input: { n: 1 } },
    });
    started.push(reply.body['id'] as string);
  }
  return { api, id, started };
}

describe('usage', () => {
  it('[USE1] shows what was used, by meter, by day and by workflow', async ({ expect }) => {
    const { api, id } = await withRuns('usage-shows', 3);
    const { body } = await api('GET /v1/usage');
    const meters = body['meters'] as { meter: string; used: number }[];
    const used = Object.fromEntries(meters.map((each) => [each.meter, each.used]));
    expect(used).toMatchObject({ runs: 3, steps: 6 });
    expect(used['cpuMs']).toBeGreaterThan(0.1);
    const amounts = expect.objectContaining({ runs: 3, steps: 6 }) as object;
    expect((await api('GET /v1/usage/series', { query: { by: 'hour' } })).body).toEqual({
      points: [{ at: expect.any(Number) as number, amounts }],
    });
    const byWorkflow = await api('GET /v1/usage/workflows');
    expect(byWorkflow.body).toEqual({ workflows: [{ workflow: id, amounts }] });
  });

  it('exports it as CSV', async ({ expect }) => {
    const key = 'usage-exports';
    const { id } = await withRuns(key, 2);
    await runnerOf(testEnv, key, 0).settle();
    const { usageCsv } = await import('./csv.ts');
    const call = { by: 'day' as const, sinceMs: 0, untilMs: Date.now() + 1, split: true, limit: 10 };
    const [head, line] = usageCsv(await meterOf(testEnv, key).series(call)).split('\r\n');
    expect(head).toBe('at,workflow,runs,steps,cpu_ms,egress_bytes,api_calls,ai_tokens');
    expect(line).toMatch(new RegExp(`^\\d{4}-\\d\\d-\\d\\dT00:00:00.000Z,${id},2,4,`));
  });

  it('[USE8] says what one run cost, node by node, and that the sum is what the tenant used', async ({ expect }) => {
    const { api, started } = await withRuns('usage-costs', 1);
    const { body } = await api('GET /v1/usage/runs/{id}', { params: { id: started[0] ?? '' } });
    expect(body).toMatchObject({
      amounts: { runs: 1, steps: 2 },
      nodes: [
        { node: 'In', amounts: { steps: 1 } },
        { node: 'Set it', amounts: { steps: 1 } },
      ],
    });
    const summary = (await api('GET /v1/usage')).body['meters'] as { meter: string; used: number }[];
    expect(summary.find(({ meter }) => meter === 'cpuMs')?.used).toBe((body['amounts'] as { cpuMs: number }).cpuMs);
    const foreign = await (
      await apiFor('usage-other')
    )('GET /v1/usage/runs/{id}', { params: { id: started[0] ?? '' } });
    expect(foreign).toMatchObject({ status: 404, body: { code: 'run-unknown' } });
  });

  it('refuses spans that make no sense', async ({ expect }) => {
    const api = await apiFor('usage-spans');
    const query = { since: '20', until: '10' };
    expect(await api('GET /v1/usage/series', { query })).toMatchObject({ status: 400, body: { code: 'span-invalid' } });
    const long = { by: 'hour', since: '0' };
    expect(await api('GET /v1/usage/series', { query: long })).toMatchObject({ status: 400 });
  });
});

describe('plans', () => {
  it('[USE3] are the operator’s to give; over a limit a start answers 429 and when to come back', async ({
    expect,
  }) => {
    const tenant = 'usage-plans';
    const { api, id } = await withRuns(tenant, 1);
    const changed = await setPlan(tenant, { plan: 'free', overrides: { meters: { runs: { hard: 2 } } } });
    expect(changed.status).toBe(200);
    const calls = [];
    for (let run = 0; run < 3; run++) {
      calls.push(await api('POST /v1/workflows/{id}/runs', { params: { id }, body: { input: { n: 1 } } }));
    }
    expect(calls.map(({ status }) => status)).toEqual([202, 429, 429]);
    const refused = calls.at(-1);
    expect(refused?.body).toMatchObject({ code: 'quota-exhausted', meter: 'runs', limit: 2 });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused?.headers.get('ratelimit')).toMatch(/^"runs";r=0;t=\d+$/);
    expect(refused?.headers.get('ratelimit-policy')).toBe('"runs";q=2');
    const { body } = await api('GET /v1/usage');
    expect(body['plan']).toBe('free');
    expect(body['meters']).toContainEqual({ meter: 'runs', used: 2, hard: 2, percent: 100 });
    const notices = await api('GET /v1/usage/notices');
    const told = notices.body['notices'] as { meter: string; percent: number }[];
    expect(told.map(({ meter, percent }) => `${meter} ${percent}`)).toEqual(['runs 100', 'runs 80']);
  });

  it('cannot be set without the deployment’s key, for nobody, or to nonsense', async ({ expect }) => {
    await apiFor('usage-guards');
    const path = '/internal/organizations/usage-guards/plan';
    expect((await fetchWorker(path, { method: 'PUT', body: '{"plan":"free"}' })).status).toBe(401);
    expect((await setPlan('usage-nobody', { plan: 'free' })).status).toBe(404);
    expect((await setPlan('usage-guards', { plan: 'golden' })).status).toBe(400);
    const bad = await setPlan('usage-guards', { plan: 'free', overrides: { meters: { runs: { hard: -1 } } } });
    expect(bad.status).toBe(400);
    expect(await bad.json()).toMatchObject({ errors: [{ pointer: '/overrides/meters/runs/hard' }] });
    expect((await operator('/internal/plans')).status).toBe(200);
  });
});

describe('[USE12] storage', () => {
  it('over the hard limit takes no new file, and takes one again when others are deleted', async ({ expect }) => {
    const tenant = 'usage-storage';
    const api = await apiFor(tenant);
    const put = (path: string, bytes: number) =>
      api('PUT /v1/files/content', {
        query: { path },
        body: 'x'.repeat(bytes),
        headers: { 'content-type': 'application/octet-stream' },
      });
    await put('a.txt', 60_000);
    const before = (await meterOf(testEnv, tenant).summary()).used.storageBytes;
    expect(before).toBeGreaterThanOrEqual(60_000);
    const storageBytes = { hard: before + 50_000 };
    await meterOf(testEnv, tenant).setPlan({ plan: 'unlimited', overrides: { meters: { storageBytes } } });
    expect((await put('b.txt', 40_000)).status).toBeLessThan(300);
    const full = await put('c.txt', 40_000);
    expect(full).toMatchObject({ status: 403, body: { code: 'storage-full' } });
    expect((await api('DELETE /v1/files/content', { query: { path: 'a.txt' } })).status).toBe(204);
    await new Promise((done) => setTimeout(done, 5_100));
    expect((await put('c.txt', 40_000)).status).toBeLessThan(300);
  });
});

describe('[USE7] notices', () => {
  it('reach those who answer for the organisation', async ({ expect }) => {
    const told: { to: string; subject: string; text: string }[] = [];
    const join = async (email: string, role: string, language: string | null = null): Promise<void> => {
      const user =
        'INSERT INTO users (id, name, email, language, created_at, updated_at) VALUES (?1, ?1, ?1, ?2, ?3, ?3)';
      const member = 'INSERT INTO members (tenant_id, user_id, role, joined_at) VALUES (?, ?, ?, ?)';
      await testEnv.DB.batch([
        testEnv.DB.prepare(user).bind(email, language, new Date().toISOString()),
        testEnv.DB.prepare(member).bind('usage-told', email, role, ++joined),
      ]);
    };
    let joined = 0;
    await join('owner@notice.test', 'owner');
    // more than are written to: who answers for it may have come last
    for (let n = 0; n < 201; n++) await join(`editor-${n}@notice.test`, 'editor');
    await join('admin@notice.test', 'admin', 'de');
    const notice = {
      period: '2026-11',
      meter: 'cpuUs',
      percent: 80,
      kind: 'hard',
      limit: 9_000,
      used: 8_000,
      at: 1,
    } as const;
    await notify('acme', notice, {
      members: d1Members(testEnv.DB, 'usage-told'),
      mail: async (message) => void told.push(message),
    });
    expect(told.map(({ to }) => to)).toEqual(['owner@notice.test', 'admin@notice.test']);
    expect(told[0]?.subject).toBe('acme: 80 % of ms of CPU used in November 2026');
    expect(told[0]?.text).toContain('8 of 9 ms of CPU');
    expect(told[1]?.subject).toBe('acme: im November 2026 sind 80 % von ms CPU verbraucht');
    expect(told[1]?.text).toContain('Ist die Grenze erreicht');
  });
});

describe('[USE13] members', () => {
  it('over the hard limit are not invited', async ({ expect }) => {
    const tenant = 'usage-members';
    const api = await apiFor(tenant);
    const body = { email: 'more@members.test', role: 'viewer' };
    const meter = meterOf(testEnv, tenant);
    await meter.setPlan({ plan: 'unlimited', overrides: { meters: { members: { hard: 0 } } } });
    expect(await api('POST /v1/invitations', { body })).toMatchObject({ status: 409, body: { code: 'members-full' } });
    await meter.setPlan({ plan: 'unlimited', overrides: { meters: { members: { hard: 1 } } } });
    expect((await api('POST /v1/invitations', { body })).status).toBe(201);
  });
});
