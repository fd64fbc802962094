import { describe, it } from 'vitest';
import { apiFor, type Caller } from '../../kit/testing.ts';
import { chain, node, setNode } from '../workflows/testing.ts';
import { viewerOf } from './testing.ts';

/** A workflow that fails and has an error workflow, and a run of it that nobody sits in front of: those are told of. */
async function failed(api: Caller) {
  const made = async (body: unknown) => (await api('POST /v1/workflows', { body })).body['id'] as string;
  const handler = await made(chain('Tell', node('Start', 'error-trigger', 1), setNode('Mark', 'mark', 'x')));
  await api('POST /v1/workflows/{id}/publish', { params: { id: handler }, body: {} });
  const broken = chain('Broken', node('Start', 'manual', 1), node('Stop', 'stop-and-error', 1, { errorMessage: 'no' }));
  const workflow = await made({ ...broken, settings: { errorWorkflow: handler } });
  const started = await api('POST /v1/workflows/{id}/runs', {
    params: { id: workflow },
    query: { wait: '60s' },
    body: {},
  });
  const params = { id: started.body['id'] as string };
  const again = await api('POST /v1/runs/{id}/rerun', { params, body: { wait: '60s' } });
  return { handler, workflow, id: again.body['run'] as string };
}

const read = async (
  api: Caller,
  id: string,
): Promise<{ errorRun?: string; errorRunDue?: true; errorOf?: string; mode?: string }> =>
  (await api('GET /v1/runs/{id}', { params: { id } })).body;

describe('the run of an error workflow', () => {
  it('[RNS9] is named by the run that failed, and names it', async ({ expect }) => {
    const api = await apiFor('error-run');
    const { id, handler } = await failed(api);
    await expect.poll(async () => (await read(api, id)).errorRun, { timeout: 20_000 }).toBeTypeOf('string');
    const { errorRun = '', errorOf } = await read(api, id);
    expect(errorOf).toBeUndefined();
    const told = await read(api, errorRun);
    expect(told).toMatchObject({ workflow: handler, mode: 'error', errorOf: id });
    expect(told).not.toHaveProperty('errorRun');
    const again = await api('POST /v1/runs/{id}/rerun', { params: { id: errorRun }, body: {} });
    expect(await read(api, again.body['run'] as string)).not.toHaveProperty('errorOf');
  });

  it('[RNS9] is due from the failure on until it is named', async ({ expect }) => {
    const api = await apiFor('error-run-due');
    const { id } = await failed(api);
    for (let view = await read(api, id); ; view = await read(api, id)) {
      expect(view).toHaveProperty('status', 'error');
      expect([view.errorRunDue, view.errorRun].filter((each) => each !== undefined)).toHaveLength(1);
      if (view.errorRun === undefined) continue;
      expect(await read(api, view.errorRun)).not.toHaveProperty('errorRunDue');
      return;
    }
  });

  it('[RNS9] is for those who may see it, and so is the run that failed', async ({ expect }) => {
    const api = await apiFor('error-run-seen');
    const { id, handler, workflow } = await failed(api);
    await expect.poll(async () => (await read(api, id)).errorRun, { timeout: 20_000 }).toBeTypeOf('string');
    const { errorRun = '' } = await read(api, id);
    const [ofBroken, ofHandler] = [await viewerOf(api, workflow), await viewerOf(api, handler)];
    expect((await read(ofBroken, id)) as object).toMatchObject({ id, status: 'error' });
    expect(await read(ofBroken, id)).not.toHaveProperty('errorRun');
    expect((await read(ofHandler, errorRun)) as object).toMatchObject({ id: errorRun });
    expect(await read(ofHandler, errorRun)).not.toHaveProperty('errorOf');
  });
});
