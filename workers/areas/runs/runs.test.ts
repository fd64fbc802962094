import { describe, it } from 'vitest';
import { apiFor, caller, fetchWorker, tenantWithKey } from '../../kit/testing.ts';
import type { Caller } from '../../kit/testing.ts';
import { chain, echo, node, setNode } from '../workflows/testing.ts';

const quick = (mark = 'one') => chain('Quick', node('Start', 'manual', 1), setNode('Mark', 'mark', mark));
const waitingForever = chain(
  'Waits',
  node('Start', 'manual', 1),
  node('Wait', 'wait', 1.1, { resume: 'webhook' }),
  setNode('After', 'after', 'yes'),
);

async function created(api: Caller, document: unknown): Promise<string> {
  return (await api('POST /v1/workflows', { body: document })).body['id'] as string;
}

const start = (api: Caller, id: string, body: unknown = undefined, wait = '5s') =>
  api('POST /v1/workflows/{id}/runs', {
    params: { id },
    query: wait === '' ? {} : { wait },
    ...(body === undefined ? {} : { body }),
  });

describe('starting a run', () => {
  it('[RNS1] answers with the id, or with the run at rest', async ({ expect }) => {
    const api = await apiFor('runs-start');
    const id = await created(api, quick());
    const accepted = await start(api, id, undefined, '');
    expect(accepted).toMatchObject({
      status: 202,
      body: { id: expect.stringMatching(/^run_/) as string, duplicate: false },
    });
    const done = await api('GET /v1/runs/{id}', {
      params: { id: accepted.body['id'] as string },
      query: { wait: '5s' },
    });
    expect(done.body).toMatchObject({ status: 'success', workflow: id, mode: 'manual' });
    const waited = await start(api, id, { input: [{ n: 1 }, { json: { n: 2 } }] });
    expect(waited).toMatchObject({ status: 200, body: { status: 'success' } });
    expect(waited.headers.get('x-millrace-run')).toBe(waited.body['id']);
    const nodes = waited.body['nodes'] as { nodeName: string; outputs: { json: unknown }[][] }[];
    expect(nodes.at(-1)?.outputs[0]?.map(({ json }) => json)).toEqual([
      { n: 1, mark: 'one' },
      { n: 2, mark: 'one' },
    ]);
  });

  it('[RNS1] is once for one idempotency key, in body or header', async ({ expect }) => {
    const api = await apiFor('runs-once');
    const id = await created(api, quick());
    const first = await start(api, id, { idempotencyKey: 'k' }, '');
    const again = await api('POST /v1/workflows/{id}/runs', { params: { id }, headers: { 'idempotency-key': 'k' } });
    expect(again.body).toEqual({ id: first.body['id'], duplicate: true });
    expect((await api('GET /v1/runs')).body['runs']).toHaveLength(1);
  });

  it('uses the published version unless told otherwise', async ({ expect }) => {
    const api = await apiFor('runs-version');
    const id = await created(api, quick('one'));
    await api('POST /v1/workflows/{id}/publish', { params: { id } });
    await api('PUT /v1/workflows/{id}', { params: { id }, body: quick('two') });
    const mark = async (version?: number | 'draft') => {
      const { body } = await start(api, id, version === undefined ? {} : { version });
      const last = (body['nodes'] as { outputs: { json: { mark: string } }[][] }[]).at(-1);
      return [body['version'], body['mode'], last?.outputs[0]?.[0]?.json.mark];
    };
    expect(await mark()).toEqual(['1', 'production', 'one']);
    expect(await mark(1)).toEqual(['1', 'production', 'one']);
    expect(await mark('draft')).toEqual([expect.stringMatching(/^draft:/), 'manual', 'two']);
    expect((await start(api, id, { version: 2 })).body).toMatchObject({ code: 'version-unknown' });
  });

  it('says what is wrong with the request', async ({ expect }) => {
    const api = await apiFor('runs-bad');
    const id = await created(api, quick());
    expect((await start(api, id, {}, '5 minutes')).body).toMatchObject({ errors: [{ pointer: '?wait' }] });
    expect((await start(api, id, {}, '3m')).body).toMatchObject({ errors: [{ pointer: '?wait' }] });
    expect(
      (await start(api, id, { input: [{ json: {}, binary: { data: { mimeType: 'a/b', id: 'somebody-elses' } } }] }))
        .body,
    ).toMatchObject({ code: 'input-not-items' });
    expect((await start(api, 'wf_none')).body).toMatchObject({ code: 'workflow-unknown' });
    expect((await start(api, id, { version: 'latest', runs: 5 })).body).toMatchObject({
      errors: [{ pointer: '/version' }, { pointer: '/runs' }],
    });
  });
});

describe('the list', () => {
  it('[RNS2] filters, and pages through every run once', async ({ expect }) => {
    const api = await apiFor('runs-list');
    const [a, b] = [await created(api, quick()), await created(api, waitingForever)];
    for (let index = 0; index < 4; index++) await start(api, a);
    await start(api, b);
    const ids = async (query: Record<string, string>) =>
      ((await api('GET /v1/runs', { query })).body['runs'] as { id: string }[]).map(({ id }) => id);
    expect(await ids({})).toHaveLength(5);
    expect(await ids({ workflow: b })).toHaveLength(1);
    expect(await ids({ status: 'waiting,error' })).toHaveLength(1);
    expect(await ids({ status: 'canceled' })).toEqual([]);
    expect(await ids({ until: '1000' })).toEqual([]);
    expect(await ids({ text: a.toUpperCase() })).toHaveLength(4);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await api('GET /v1/runs', { query: { limit: '2', ...(cursor ? { cursor } : {}) } });
      seen.push(...(body['runs'] as { id: string }[]).map(({ id }) => id));
      cursor = body['cursor'] as string | undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(await ids({}));
    expect((await api('GET /v1/runs', { query: { status: 'done' } })).status).toBe(400);
    expect((await api('GET /v1/runs', { query: { cursor: 'x' } })).body).toMatchObject({ code: 'cursor-invalid' });
  });
});

describe('who started a run', () => {
  it('[RNS6] [AUD11] is in the run, the list and the log; who runs it again is the starter of that', async ({
    expect,
  }) => {
    const api = await apiFor('runs-who');
    const other = await api('POST /v1/keys', { body: { name: 'other', scopes: ['*'] } });
    const asOther = caller(other.body['key'] as string);
    const first = (await start(api, await created(api, quick()))).body;
    const run = first['id'] as string;
    const again = await asOther('POST /v1/runs/{id}/rerun', { params: { id: run }, body: { wait: '5s' } });
    const second = again.body['run'] as string;
    const starterOf = async (id: string) =>
      (await api('GET /v1/runs/{id}', { params: { id } })).body['startedBy'] as { kind: string; id: string };
    const mine = await starterOf(run);
    expect(mine).toEqual({ kind: 'key', id: expect.stringMatching(/^key_/) as string });
    expect(await starterOf(second)).toEqual({ kind: 'key', id: other.body['id'] });

    const listed = async (startedBy: string) =>
      ((await api('GET /v1/runs', { query: { startedBy } })).body['runs'] as { id: string }[]).map(({ id }) => id);
    expect(await listed(mine.id)).toEqual([run]);
    expect(await listed(other.body['id'] as string)).toEqual([second]);
    expect(await listed(run)).toEqual([]);

    const { body: log } = await api('GET /v1/audit', { query: { target: second } });
    expect((log['records'] as { action: string }[]).find(({ action }) => action === 'runs.rerun')).toMatchObject({
      actor: { kind: 'key', id: other.body['id'] },
      target: run,
      run: second,
    });
    const { body: begun } = await api('GET /v1/audit', { query: { target: run, action: 'workflows.start' } });
    expect(begun['records']).toMatchObject([{ actor: mine, target: first['workflow'], run }]);
  });
});

describe('steering', () => {
  it('cancels for good', async ({ expect }) => {
    const api = await apiFor('runs-cancel');
    const run = (await start(api, await created(api, waitingForever))).body['id'] as string;
    const canceled = await api('POST /v1/runs/{id}/cancel', { params: { id: run }, body: { reason: 'not needed' } });
    expect(canceled).toMatchObject({ status: 200, body: { id: run, status: 'canceled' } });
    for (const order of ['cancel', 'pause', 'resume']) {
      expect((await api(`POST /v1/runs/{id}/${order}`, { params: { id: run } })).status, order).toBe(409);
    }
  });

  it('pauses and resumes', async ({ expect }) => {
    const api = await apiFor('runs-pause');
    const run = (await start(api, await created(api, waitingForever))).body['id'] as string;
    expect((await api('POST /v1/runs/{id}/pause', { params: { id: run } })).body).toMatchObject({ status: 'paused' });
    expect((await api('POST /v1/runs/{id}/resume', { params: { id: run } })).body).toMatchObject({ status: 'waiting' });
  });

  it('[RNS8] says of a repetition what it repeats, and of that by what it was repeated', async ({ expect }) => {
    const api = await apiFor('runs-again');
    const run = (await start(api, await created(api, quick()))).body['id'] as string;
    const again = async (id: string) =>
      (await api('POST /v1/runs/{id}/rerun', { params: { id }, body: { wait: '5s' } })).body['run'] as string;
    const view = async (id: string) => (await api('GET /v1/runs/{id}', { params: { id } })).body;
    expect(await view(run)).not.toHaveProperty('reruns');
    const second = await again(run);
    const third = await again(run);
    const fourth = await again(second);
    const { reruns } = await view(run);
    expect(new Set(reruns as string[])).toEqual(new Set([second, third]));
    expect(await view(second)).toMatchObject({ rerunOf: run, reruns: [fourth] });
    expect(await view(fourth)).toMatchObject({ rerunOf: second });
    expect(await view(fourth)).not.toHaveProperty('reruns');
    expect(await view(run)).not.toHaveProperty('rerunOf');
    const { runs } = (await api('GET /v1/runs')).body as { runs: { id: string; rerunOf?: string }[] };
    expect(runs.find(({ id }) => id === third)?.rerunOf).toBe(run);
  });

  it('runs again from a node, in a new run', async ({ expect }) => {
    const api = await apiFor('runs-rerun');
    const run = (await start(api, await created(api, quick()))).body['id'] as string;
    const again = await api('POST /v1/runs/{id}/rerun', { params: { id: run }, body: { node: 'Mark', wait: '5s' } });
    expect(again.status).toBe(200);
    const other = again.body['run'] as string;
    expect(other).not.toBe(run);
    expect((await api('GET /v1/runs/{id}', { params: { id: other }, query: { wait: '5s' } })).body).toMatchObject({
      status: 'success',
    });
  });

  it('moves a live run to another version only when that version exists', async ({ expect }) => {
    const api = await apiFor('runs-migrate');
    const id = await created(api, waitingForever);
    await api('POST /v1/workflows/{id}/publish', { params: { id } });
    const run = (await start(api, id)).body['id'] as string;
    const longer = chain(
      'Waits',
      node('Start', 'manual', 1),
      node('Wait', 'wait', 1.1, { resume: 'webhook' }),
      setNode('After', 'after', 'other'),
    );
    await api('PUT /v1/workflows/{id}', { params: { id }, body: longer });
    await api('POST /v1/workflows/{id}/publish', { params: { id } });
    expect((await api('POST /v1/runs/{id}/migrate', { params: { id: run }, body: { version: 9 } })).status).toBe(404);
    expect(
      (await api('POST /v1/runs/{id}/migrate', { params: { id: run }, body: { version: 2, dryRun: true } })).status,
    ).toBe(200);
    expect((await api('GET /v1/runs/{id}', { params: { id: run } })).body).toMatchObject({ version: '1' });
    expect((await api('POST /v1/runs/{id}/migrate', { params: { id: run }, body: { version: 2 } })).status).toBe(200);
    expect((await api('GET /v1/runs/{id}', { params: { id: run } })).body).toMatchObject({
      version: '2',
      status: 'waiting',
    });
  });

  it('resolves only what is in doubt', async ({ expect }) => {
    const api = await apiFor('runs-resolve');
    const run = (await start(api, await created(api, waitingForever))).body['id'] as string;
    const resolve = (body: unknown) => api('POST /v1/runs/{id}/resolve', { params: { id: run }, body });
    expect((await resolve({ step: 1, decision: 'retry' })).status).toBe(409);
    expect((await resolve({ step: -1, decision: 'maybe' })).body).toMatchObject({
      errors: [{ pointer: '/step' }, { pointer: '/decision' }],
    });
  });

  it('answers what waits, says who did, and never twice or another step', async ({ expect }) => {
    const api = await apiFor('runs-answer');
    const asking = chain('Asks', node('Start', 'manual', 1), node('Ask', 'approval', 1, { title: 'Pay?' }));
    const run = (await start(api, await created(api, asking))).body['id'] as string;
    const answer = (of: string, body: object) => api('POST /v1/runs/{id}/answer', { params: { id: of }, body });
    expect((await api('GET /v1/runs', { query: { waitingFor: 'approval' } })).body['runs']).toMatchObject([
      { id: run },
    ]);
    expect((await answer(run, {})).body).toMatchObject({ status: 409, code: 'run-not-waiting' });
    expect((await answer(run, { approved: true, step: 0 })).status).toBe(409);
    expect((await answer(run, { approved: true, step: 1, remark: 'go' })).status).toBe(200);
    const done = (await api('GET /v1/runs/{id}', { params: { id: run }, query: { wait: '5s' } })).body;
    expect(done).toMatchObject({ status: 'success' });
    const approval = { approved: true, remark: 'go', by: expect.stringMatching(/./) as string };
    expect((done['nodes'] as { outputs: unknown }[]).at(-1)?.outputs).toMatchObject([[{ json: { approval } }], []]);
    expect((await answer(run, { approved: true })).status).toBe(409);
    const calling = (await start(api, await created(api, waitingForever))).body['id'] as string;
    expect((await answer(calling, { approved: false, data: { n: 1 } })).status).toBe(200);
    const called = (await api('GET /v1/runs/{id}', { params: { id: calling }, query: { wait: '5s' } })).body;
    expect((called['nodes'] as { outputs: unknown }[]).at(-1)?.outputs).toMatchObject([
      [{ json: { query: { approved: 'false' }, body: { n: 1 } } }],
    ]);
  });

  it('[RNS3] does not know ids that are malformed or of nobody', async ({ expect }) => {
    const api = await apiFor('runs-unknown');
    for (const id of [
      'x',
      'run_',
      'run_0_0_0',
      'run_0_zzzzz_0',
      'run_9_0_0',
      'run_zzzz_0_0',
      'RUN_0_0_0',
      '__proto__',
      'run_0_0_0/../x',
      'run_-1_0_0',
    ]) {
      for (const key of [
        'GET /v1/runs/{id}',
        'POST /v1/runs/{id}/cancel',
        'POST /v1/runs/{id}/rerun',
        'GET /v1/runs/{id}/events',
      ]) {
        expect(await api(key, { params: { id } }), `${key} ${id}`).toMatchObject({ status: 404 });
      }
    }
  });
});

describe('following a run', () => {
  it('streams its steps and ends with it', async ({ expect }) => {
    const key = await tenantWithKey('runs-events');
    const api = caller(key);
    const run = (await start(api, await created(api, echo('x')))).body['id'] as string;
    const response = await fetchWorker(`/v1/runs/${run}/events`, { headers: { authorization: `Bearer ${key}` } });
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const text = await response.text();
    expect(text.match(/^event: step$/gm)).toHaveLength(2);
    expect(text).toMatch(/event: run\ndata: .*"status":"success"/);
  });
});

describe('following the list', () => {
  /** Events as they come, and the way to stop. */
  const follow = async (key: string) => {
    const response = await fetchWorker('/v1/runs/events', { headers: { authorization: `Bearer ${key}` } });
    const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const reading = (async () => {
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) text += piece.value;
    })();
    return {
      response,
      events: () =>
        [...text.matchAll(/^event: runs\ndata: (.*)$/gm)].map(
          ([, data]) =>
            JSON.parse(data ?? '') as { runs: { id: string; status: string; workflow: string }[]; more: boolean },
        ),
      stop: async () => {
        await reader.cancel();
        await reading;
      },
    };
  };

  it('[RNS5] tells what changed, together', async ({ expect }) => {
    const key = await tenantWithKey('runs-follow');
    const api = caller(key);
    const id = await created(api, quick());
    const list = await follow(key);
    expect(list.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const runs = await Promise.all([1, 2, 3].map(async (n) => (await start(api, id, { input: [{ n }] })).body['id']));
    await expect
      .poll(() => list.events().flatMap((each) => each.runs.filter(({ status }) => status === 'success')).length, {
        timeout: 5_000,
      })
      .toBe(3);
    const told = list.events().flatMap((each) => each.runs);
    expect(new Set(told.map((run) => run.id))).toEqual(new Set(runs));
    expect(told[0]).not.toHaveProperty('last');
    await list.stop();
  });

  it('[RNS5] says that there is more instead of telling everything', async ({ expect }) => {
    const key = await tenantWithKey('runs-follow-many');
    const api = caller(key);
    await api('POST /v1/workflows/{id}/publish', { params: { id: await created(api, echo('many')) } });
    const list = await follow(key);
    await Promise.all(
      Array.from({ length: 120 }, () => fetchWorker('/hooks/runs-follow-many/many', { method: 'POST' })),
    );
    await expect.poll(() => list.events().some(({ more }) => more), { timeout: 5_000 }).toBe(true);
    expect(Math.max(...list.events().map(({ runs }) => runs.length))).toBeLessThanOrEqual(50);
    await list.stop();
  });

  it('[RNS5] is of one organisation, and needs the right to read runs', async ({ expect }) => {
    const key = await tenantWithKey('runs-follow-own');
    const other = await apiFor('runs-follow-other');
    const list = await follow(key);
    await start(other, await created(other, quick()));
    const api = caller(key);
    const mine = (await start(api, await created(api, quick()))).body['id'];
    await expect.poll(() => list.events().length, { timeout: 5_000 }).toBeGreaterThan(0);
    expect(new Set(list.events().flatMap(({ runs }) => runs.map((run) => run.id)))).toEqual(new Set([mine]));
    await list.stop();
    const unable = await tenantWithKey('runs-follow-scope', ['workflows:read']);
    expect((await follow(unable)).response.status).toBe(403);
  });
});

describe('files of a run', () => {
  const PAGE = '<script>alert(1)</script>';
  const hooked = async (tenant: string) => {
    const key = await tenantWithKey(tenant);
    const api = caller(key);
    const id = await created(api, chain('Takes files', node('Hook', 'webhook', 2, { path: 'up', httpMethod: 'POST' })));
    await api('POST /v1/workflows/{id}/publish', { params: { id } });
    const form = new FormData();
    form.set('doc', new File([PAGE], "a'b; x=y\u202e.html", { type: 'text/html' }));
    const hook = await fetchWorker(`/hooks/${tenant}/up`, { method: 'POST', body: form });
    const run = hook.headers.get('x-millrace-run') ?? '';
    const { body } = await api('GET /v1/runs/{id}', { params: { id: run }, query: { wait: '5s' } });
    const [trigger] = body['nodes'] as { outputs: { binary: Record<string, { id: string }> }[][] }[];
    const file = trigger?.outputs[0]?.[0]?.binary['doc']?.id ?? '';
    return { key, api, run, file };
  };
  const get = (path: string, key: string) => fetchWorker(path, { headers: { authorization: `Bearer ${key}` } });

  it('[RNS4] are downloads that nothing can be run from, as large as they are', async ({ expect }) => {
    const { key, run, file } = await hooked('runs-file');
    const answer = await get(`/v1/runs/${run}/files/${file}`, key);
    expect([answer.status, await answer.text()]).toEqual([200, PAGE]);
    const headers = Object.fromEntries(answer.headers);
    expect(headers).toMatchObject({
      'content-type': 'text/html',
      'content-length': String(PAGE.length),
      'content-security-policy': expect.stringMatching(/^sandbox; default-src 'none'/) as string,
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''a%27b[\w%.]+$/);
  });

  it('[RNS4] are of this run and this organisation only', async ({ expect }) => {
    const { api, run, file } = await hooked('runs-file-own');
    const foreign = await hooked('runs-file-other');
    const status = async (who: Caller, id: string, name: string) =>
      (await who('GET /v1/runs/{id}/files/{file}', { params: { id, file: name } })).status;
    const { body } = await api('GET /v1/runs', {});
    const workflow = (body['runs'] as { workflow: string }[])[0]?.workflow ?? '';
    const other = (await start(api, workflow, { input: [{ a: 1 }] })).body['id'] as string;
    expect(await status(api, other, file)).toBe(404);
    expect(await status(api, run, foreign.file)).toBe(404);
    expect(await status(foreign.api, run, file)).toBe(404);
    expect(await status(foreign.api, foreign.run, file)).toBe(404);
    for (const name of ['__proto__', '../../files/x', 'x', 'constructor']) {
      expect(await status(api, run, name), name).toBe(404);
    }
    expect(await status(await apiFor('runs-file-scope', ['workflows:read']), run, file)).toBe(403);
  });
});
