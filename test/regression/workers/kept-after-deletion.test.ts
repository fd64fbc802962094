import { runInDurableObject } from 'cloudflare:test';
import { describe, it } from 'vitest';
import { apiFor, testEnv } from '../../../workers/kit/testing.ts';

const node = (id: string, type: string, version: number, parameters: object = {}) => ({
  id,
  name: id,
  type,
  version,
  parameters,
  position: [0, 0],
});
const edge = (from: string, to: string) => ({
  from: { node: from, port: 'main', index: 0 },
  to: { node: to, port: 'main', index: 0 },
});

/** Remembers the values it saw, in runs of its published version. */
const document = (name: string) => ({
  schema: 1,
  name,
  nodes: [
    node('start', 'manual', 1),
    node('wait', 'wait', 1.1, { amount: '={{ $json.seconds }}', unit: 'seconds' }),
    node('new', 'remove-duplicates', 2, {
      operation: 'removeItemsSeenInPreviousExecutions',
      dedupeValue: '={{ $json.n }}',
    }),
  ],
  edges: [edge('start', 'wait'), edge('wait', 'new')],
  settings: {},
  notes: [],
  pinned: [],
});

/** Names under which the runner keeps something. */
const keptBy = (tenant: string) =>
  runInDurableObject(testEnv.RUNNER.getByName(`${tenant}/shard-0`), (_, { storage }) =>
    storage.sql
      .exec<{ name: string }>('SELECT name FROM kept')
      .toArray()
      .map(({ name }) => name),
  );

describe('[WF7] what a deleted workflow kept from run to run', () => {
  it('stayed for good, in every environment, and grew by runs that ended later', async ({ expect }) => {
    const api = await apiFor('kept-deleted');
    const made = async (name: string) => {
      const id = String((await api('POST /v1/workflows', { body: document(name) })).body['id']);
      for (const environment of ['production', 'staging']) {
        await api('POST /v1/workflows/{id}/publish', { params: { id }, query: { environment } });
      }
      return id;
    };
    const [gone, stays] = [await made('Gone'), await made('Stays')];
    const start = async (id: string, seconds: number, environment = 'production') => {
      const body = { input: { n: 1, seconds }, environment };
      return (await api('POST /v1/workflows/{id}/runs', { params: { id }, query: { wait: '10s' }, body })).body;
    };
    expect(await start(gone, 0)).toMatchObject({ status: 'success' });
    await start(gone, 0, 'staging');
    await start(stays, 0);
    expect(await keptBy('kept-deleted')).toHaveLength(3);

    const body = { input: { n: 2, seconds: 2 } };
    const late = await api('POST /v1/workflows/{id}/runs', { params: { id: gone }, body });
    expect((await api('DELETE /v1/workflows/{id}', { params: { id: gone } })).status).toBe(204);
    const left = [expect.stringContaining(stays) as string];
    expect(await keptBy('kept-deleted')).toEqual(left);
    // A run under way ends as it would have, and leaves nothing.
    const params = { id: String(late.body['id']) };
    await expect
      .poll(async () => (await api('GET /v1/runs/{id}', { params })).body['status'], { timeout: 15_000 })
      .toBe('success');
    expect(await keptBy('kept-deleted')).toEqual(left);
  });
});
