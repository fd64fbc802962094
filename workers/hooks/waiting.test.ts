import { describe, it } from 'vitest';
import { runnerOf } from '../../durable-objects/stubs.ts';
import { chain, node, setNode } from '../areas/workflows/testing.ts';
import { apiFor, fetchWorker, testEnv } from '../kit/testing.ts';

const approval = chain(
  'Approval',
  node('Start', 'manual', 1),
  node('Wait', 'wait', 1.1, { resume: 'webhook' }),
  setNode('After', 'after', 'yes'),
);

/** A run that waits, with the address that continues it. */
async function waiting(tenant: string) {
  const api = await apiFor(tenant);
  const { body } = await api('POST /v1/workflows', { body: approval });
  const start = () =>
    api('POST /v1/workflows/{id}/runs', { params: { id: body['id'] as string }, query: { wait: '5s' } });
  const view = (await start()).body;
  const [resume] = view['resumeUrls'] as { url: string }[];
  const url = resume?.url ?? '';
  return { api, start, view, run: view['id'] as string, path: url.slice(url.indexOf('/waiting/')) };
}

describe('resume addresses', () => {
  it('[HOOK11] continue their run once, with what was sent', async ({ expect }) => {
    const { api, view, run, path } = await waiting('waits-once');
    expect(view).toMatchObject({ status: 'waiting', waitingFor: 'webhook' });
    const send = () =>
      fetchWorker(`${path}?by=ada`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"ok":true}',
      });
    const resumed = await send();
    expect([resumed.status, await resumed.json()]).toEqual([200, { resumed: true, run }]);
    const done = await api('GET /v1/runs/{id}', { params: { id: run }, query: { wait: '5s' } });
    expect(done.body).toMatchObject({ status: 'success' });
    const last = (done.body['nodes'] as { outputs: { json: object }[][] }[]).at(-1);
    expect(last?.outputs[0]?.[0]?.json).toMatchObject({ body: { ok: true }, query: { by: 'ada' }, after: 'yes' });
    expect((await send()).status).toBeGreaterThanOrEqual(400);
  });

  it('[HOOK11] are not followed by a look', async ({ expect }) => {
    const { api, run, path } = await waiting('waits-look');
    for (const method of ['HEAD', 'OPTIONS']) expect((await fetchWorker(path, { method })).status).toBe(204);
    expect((await api('GET /v1/runs/{id}', { params: { id: run } })).body).toMatchObject({ status: 'waiting' });
  });

  it('[HOOK11] are refused with another token, run or tenant', async ({ expect }) => {
    const { api, start, run, path } = await waiting('waits-wrong');
    await apiFor('waits-other');
    const other = (await start()).body['id'] as string;
    const token = path.split('/').at(-1) ?? '';
    const flipped = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
    for (const wrong of [
      path.replace(token, flipped),
      path.replace(token, ''),
      path.replace(token, 'x'),
      path.replace(run, other),
      path.replace(run, 'run_0_zzzz_0'),
      path.replace(run, 'run_5_0_0'),
      path.replace(run, '__proto__'),
      path.replace('waits-wrong', 'waits-other'),
      path.replace('waits-wrong', 'waits-nobody'),
    ]) {
      const { status } = await fetchWorker(wrong, { method: 'POST' });
      expect([401, 403, 404], wrong).toContain(status);
    }
    for (const id of [run, other]) {
      expect((await api('GET /v1/runs/{id}', { params: { id } })).body).toMatchObject({ status: 'waiting' });
    }
  });

  it('[HOOK18] answer with what the run makes of the call, where the node asks for it', async ({ expect }) => {
    const api = await apiFor('waits-reply');
    const wait = node('Wait', 'wait', 1.1, { resume: 'webhook', httpMethod: 'POST', responseMode: 'lastNode' });
    const document = chain('Ask', node('Start', 'manual', 1), wait, setNode('After', 'after', 'yes'));
    const { body } = await api('POST /v1/workflows', { body: document });
    const started = await api('POST /v1/workflows/{id}/runs', {
      params: { id: body['id'] as string },
      query: { wait: '5s' },
    });
    const [resume] = started.body['resumeUrls'] as { url: string }[];
    const url = resume?.url ?? '';
    const answer = await fetchWorker(url.slice(url.indexOf('/waiting/')), { method: 'POST', body: 'hi' });
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ body: 'hi', after: 'yes' })]);
  });

  it('[HOOK17] want the proof that the waiting node asks for, and hide it', async ({ expect }) => {
    const api = await apiFor('waits-proof');
    const values = { name: 'x-key', value: 'canary-resume-1' };
    const made = await api('POST /v1/credentials', { body: { type: 'httpHeaderAuth', name: 'Door', values } });
    const wait = node('Wait', 'wait', 1.1, { resume: 'webhook', incomingAuthentication: 'headerAuth' });
    wait.credentials = { httpHeaderAuth: { id: made.body['id'] as string } };
    const document = chain('Guarded', node('Start', 'manual', 1), wait, setNode('After', 'after', 'yes'));
    const { body } = await api('POST /v1/workflows', { body: document });
    const params = { id: body['id'] as string };
    const view = (await api('POST /v1/workflows/{id}/runs', { params, query: { wait: '5s' } })).body;
    const url = (view['resumeUrls'] as { url: string }[])[0]?.url ?? '';
    const path = url.slice(url.indexOf('/waiting/'));
    const send = (headers: Record<string, string>) => fetchWorker(path, { method: 'POST', headers });
    expect((await send({})).status).toBe(401);
    expect((await send({ 'x-key': 'wrong' })).status).toBe(403);
    const run = { params: { id: view['id'] as string }, query: { wait: '5s' } };
    // Whoever looked before the run waited has checked nothing; an earlier step's proof is for that step.
    const token = path.split('/').at(-1) ?? '';
    for (const step of [undefined, 0, 99]) {
      const call = { token, items: [], ...(step === undefined ? {} : { step }) };
      const taken = await runnerOf(testEnv, 'waits-proof', 0).resume(run.params.id, call);
      expect(taken).toMatchObject({ ok: false, error: { status: 409 } });
    }
    expect((await api('GET /v1/runs/{id}', { ...run, query: { wait: '0s' } })).body).toMatchObject({
      status: 'waiting',
    });
    expect((await send({ 'x-key': 'canary-resume-1' })).status).toBe(200);
    const done = await api('GET /v1/runs/{id}', run);
    expect(done.body).toMatchObject({ status: 'success' });
    expect(JSON.stringify(done.body)).not.toContain('canary');
  });
});
