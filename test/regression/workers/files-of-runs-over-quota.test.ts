import { describe, it } from 'vitest';
import { meterOf } from '../../../durable-objects/stubs.ts';
import { apiFor, fetchWorker, testEnv } from '../../../workers/kit/testing.ts';

const node = (id: string, type: string, version: number, parameters: object = {}) => ({
  id,
  name: id,
  type,
  version,
  parameters,
  position: [0, 0],
});

const chain = (name: string, first: object & { id: string }, second: object & { id: string }) => ({
  schema: 1,
  name,
  nodes: [first, second],
  edges: [{ from: { node: first.id, port: 'main', index: 0 }, to: { node: second.id, port: 'main', index: 0 } }],
  settings: {},
  notes: [],
  pinned: [],
});

describe('[USE12] files that come in by webhooks or are made by runs', () => {
  it('were kept however little room the plan had', async ({ expect }) => {
    const tenant = 'quota-run-files';
    const api = await apiFor(tenant);
    const hook = node('hook', 'webhook', 2, { httpMethod: 'POST', path: 'up', responseMode: 'lastNode', options: {} });
    const taken = chain('Takes', hook, node('end', 'no-op', 1));
    const making = chain(
      'Makes',
      node('start', 'manual', 1),
      node('file', 'convert-to-file', 1.1, { operation: 'toText', sourceProperty: 'text' }),
    );
    const id = String((await api('POST /v1/workflows', { body: taken })).body['id']);
    await api('POST /v1/workflows/{id}/publish', { params: { id } });
    const makes = String((await api('POST /v1/workflows', { body: making })).body['id']);
    const upload = async () => {
      const headers = { 'content-type': 'application/octet-stream' };
      const response = await fetchWorker(`/hooks/${tenant}/up`, { method: 'POST', headers, body: 'x'.repeat(100_000) });
      return { status: response.status, code: ((await response.json()) as { code?: string }).code };
    };
    const make = async () => {
      const sent = { params: { id: makes }, query: { wait: '20s' }, body: { input: { text: 'y'.repeat(100_000) } } };
      return (await api('POST /v1/workflows/{id}/runs', sent)).body as { status: string; error?: { code: string } };
    };
    expect(await upload()).toMatchObject({ status: 200 });
    expect(await make()).toMatchObject({ status: 'success' });
    const used = (await meterOf(testEnv, tenant).summary()).used.storageBytes;
    const storageBytes = { hard: used + 150_000 };
    await meterOf(testEnv, tenant).setPlan({ plan: 'unlimited', overrides: { meters: { storageBytes } } });
    expect(await upload()).toMatchObject({ status: 200 });
    expect(await upload()).toEqual({ status: 403, code: 'storage-full' });
    expect(await make()).toMatchObject({ status: 'error', error: { code: 'storage-full' } });
  });
});
