import { describe, it } from 'vitest';
import { caller, fetchWorker } from '../kit/testing.ts';
import type { Seeded } from './index.ts';
import { QUICK_START_ID } from './quick-start.ts';

const KEY = 'test-deployment-key';

async function seed(body: unknown = {}, key = KEY): Promise<{ status: number; seeded: Seeded }> {
  const headers = { 'x-deployment-key': key, 'content-type': 'application/json' };
  const response = await fetchWorker('/internal/seed', { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, seeded: await response.json() };
}

async function send(path: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetchWorker(path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: response.status, body: await response.json(), run: response.headers.get('x-millrace-run') };
}

describe('seeding', () => {
  it('is for the holder of the deployment key alone', async ({ expect }) => {
    expect((await seed({}, 'wrong')).status).toBe(401);
    expect((await seed({}, '')).status).toBe(401);
    expect((await fetchWorker('/internal/seed')).status).toBe(405);
    expect((await fetchWorker('/internal/other', { method: 'POST' })).status).toBe(404);
  });

  it('makes a tenant whose first webhook answers at once', async ({ expect }) => {
    const { seeded } = await seed();
    expect(seeded).toMatchObject({ tenant: 'local', hookPath: '/hooks/local/quick-start' });
    const push = {
      ref: 'refs/heads/main',
      repository: { full_name: 'ada/engine' },
      pusher: { name: 'ada' },
      commits: [{}, {}],
    };
    const answer = await send(seeded.hookPath, JSON.stringify(push), { 'x-github-event': 'push' });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      received: true,
      kind: 'push',
      repository: 'ada/engine',
      branch: 'main',
      commits: 2,
      summary: 'ada pushed 2 commit(s) to ada/engine',
    });
    const view = await caller(seeded.apiKey)('GET /v1/runs/{id}', { params: { id: answer.run ?? '' } });
    expect(view.body).toMatchObject({ id: answer.run, status: 'success', workflow: QUICK_START_ID });
  });

  it('answers whatever JSON it is sent', async ({ expect }) => {
    const { seeded } = await seed();
    const kinds = [];
    for (const body of [
      '{"a":1}',
      '[1,2]',
      '"text"',
      '7',
      'null',
      'true',
      '{"__proto__":{"x":1}}',
      '{"commits":5}',
      '',
    ]) {
      const answer = await send(seeded.hookPath, body);
      expect(answer).toMatchObject({ status: 200, body: { received: true } });
      kinds.push((answer.body as { kind: string }).kind);
    }
    expect(kinds).toEqual(['object', 'list', 'string', 'number', 'null', 'boolean', 'object', 'object', 'object']);
  });

  it('gives the same key back to who has it, and a new one to who lost it', async ({ expect }) => {
    const { seeded } = await seed();
    expect((await seed({ apiKey: seeded.apiKey })).seeded.apiKey).toBe(seeded.apiKey);
    const forged = seeded.apiKey.slice(0, -1) + (seeded.apiKey.endsWith('A') ? 'B' : 'A');
    const other = (await seed({ apiKey: forged })).seeded.apiKey;
    expect(other).not.toBe(forged);
    expect((await caller(forged)('GET /v1/tenant')).status).toBe(401);
    for (const key of [other, seeded.apiKey]) {
      expect((await caller(key)('GET /v1/tenant')).body).toMatchObject({ id: 'local' });
    }
  });

  it('leaves alone what people deleted', async ({ expect }) => {
    const { seeded } = await seed();
    const api = caller(seeded.apiKey);
    await api('DELETE /v1/workflows/{id}', { params: { id: QUICK_START_ID } });
    await seed();
    expect((await api('GET /v1/workflows/{id}', { params: { id: QUICK_START_ID } })).status).toBe(404);
    expect((await send(seeded.hookPath, '{}')).status).toBe(404);
  });
});
