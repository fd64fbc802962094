import { afterAll, beforeAll, describe, it } from 'vitest';
import { chain, code, hook, http, manual, node, respond, set, workflow } from './documents.ts';
import { Remote } from './remote.ts';
import { Server, itemsOf, readAnswer, sleep, stepOf } from './server.ts';
import type { RunView } from './server.ts';
import { eventually } from '../harness/processes.ts';

let server: Server;
let remote: Remote;
beforeAll(async () => {
  [server, remote] = await Promise.all([Server.start(), Remote.start()]);
});
afterAll(async () => {
  remote.stop();
  await server.stop();
});

const waitNode = (parameters = {}) =>
  node('wait', 'wait', 1.1, { resume: 'webhook', httpMethod: 'POST', responseMode: 'onReceived', ...parameters });

const startOnly = async (workflowId: string, body: object = {}): Promise<string> =>
  String((await server.ok('POST', `/v1/workflows/${workflowId}/runs`, { input: {}, ...body }))['id']);

describe('triggers', () => {
  it('fires every second, and stops when it is unpublished', async ({ expect }) => {
    const rule = { interval: [{ field: 'seconds', secondsInterval: 1 }] };
    const id = await server.publish(chain('Clock', [node('tick', 'schedule', 1.2, { rule }), set('after', { n: 1 })]));
    await eventually('two ticks', async () => (await server.runsOf(id)).length >= 2);
    const [run] = await server.runsOf(id);
    expect((await server.run(run?.id ?? '')).mode).toBe('production');
    await server.ok('POST', `/v1/workflows/${id}/unpublish`);
    await sleep(1_500);
    const before = (await server.runsOf(id)).length;
    await sleep(2_500);
    expect((await server.runsOf(id)).length).toBe(before);
  });

  it('runs at most once for an idempotency key, at the API and at a webhook', async ({ expect }) => {
    const id = await server.publish(chain('Once', [hook('once', 'lastNode'), set('after', { done: 'yes' })]));
    const headers = { 'idempotency-key': 'order-7' };
    const first = await server.hook('once', { n: 1 }, { headers });
    const again = await Promise.all([1, 2, 3].map(() => server.hook('once', { n: 2 }, { headers })));
    const runs = new Set([first, ...again].map((answer) => answer.headers.get('x-millrace-run')));
    expect([runs.size, (await server.runsOf(id)).length]).toEqual([1, 1]);
    const [one, two] = await Promise.all([1, 2].map(() => startOnly(id, { idempotencyKey: 'api-7' })));
    expect(one).toBe(two);
  });
});

describe('waiting and resuming', () => {
  it('waits for its resume URL, and goes on with what was sent there', async ({ expect }) => {
    const id = await server.publish(
      chain('Waiter', [manual(), waitNode(), set('after', { got: '={{ $json.body.answer }}' })]),
    );
    const waiting = await server.start(id, { input: {} });
    expect([waiting.status, waiting.waitingFor]).toEqual(['waiting', 'webhook']);
    const url = waiting.resumeUrls?.[0]?.url ?? '';
    expect(url).toMatch(/^http/);
    expect((await fetch(url, { method: 'HEAD' })).status).toBeLessThan(300);
    expect((await server.run(waiting.id, '0s')).status).toBe('waiting');
    const wrong = `${url.slice(0, -3)}xyz`;
    expect((await readAnswer(await fetch(wrong, { method: 'POST' }))).status).toBe(404);
    const headers = { 'content-type': 'application/json' };
    const resumed = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ answer: 42 }) });
    expect(resumed.status).toBe(200);
    const done = await server.run(waiting.id);
    expect([done.status, String(itemsOf(done, 'after')[0]?.['got'])]).toEqual(['success', '42']);
    expect((await fetch(url, { method: 'POST', headers, body: '{}' })).status).toBe(409);
  });

  it('takes an approval or a refusal without a form: two branches by the query of the resume URL', async ({
    expect,
  }) => {
    const approved = {
      options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
      combinator: 'and',
      conditions: [
        {
          id: '1',
          leftValue: '={{ $json.query.approved }}',
          rightValue: 'true',
          operator: { type: 'string', operation: 'equals' },
        },
      ],
    };
    const id = await server.publish(
      workflow(
        'Approval',
        [
          manual(),
          waitNode({ httpMethod: 'GET' }),
          node('if', 'if', 2, { conditions: approved, options: {} }),
          set('yes', { said: 'yes' }),
          set('no', { said: 'no' }),
        ],
        [
          ['start', 'wait'],
          ['wait', 'if'],
          ['if:0', 'yes'],
          ['if:1', 'no'],
        ],
      ),
    );
    for (const said of ['true', 'false']) {
      const waiting = await server.start(id, { input: {} });
      await fetch(`${waiting.resumeUrls?.[0]?.url ?? ''}?approved=${said}`);
      const done = await server.run(waiting.id);
      expect(done.nodes.at(-1)?.node).toBe(said === 'true' ? 'yes' : 'no');
    }
  });

  it('finishes a waiting run on its version while a new one is published; migrates and rolls back', async ({
    expect,
  }) => {
    const version = (said: string) =>
      chain('Versions', [hook('versions', 'onReceived'), waitNode(), set('after', { said })]);
    const id = await server.publish(version('one'));
    const start = async (): Promise<string> => (await server.hook('versions')).headers.get('x-millrace-run') ?? '';
    // HOOK3: by the clock and not by the load, after it nobody is answered from what was known before.
    const startASecondLater = async (): Promise<string> => {
      await sleep(1_100);
      return start();
    };
    const [stays, moves] = [await start(), await start()];
    await server.ok('PUT', `/v1/workflows/${id}`, version('two'));
    await server.ok('POST', `/v1/workflows/${id}/publish`);
    const fresh = await startASecondLater();
    const resume = async (run: string): Promise<RunView> => {
      const { resumeUrls } = await server.run(run);
      await fetch(resumeUrls?.[0]?.url ?? '', { method: 'POST' });
      return server.run(run);
    };
    const proof = await server.ok('POST', `/v1/runs/${moves}/migrate`, { version: 2, dryRun: true });
    expect(proof['compatible']).toBe(true);
    await server.ok('POST', `/v1/runs/${moves}/migrate`, { version: 2 });
    const said = async (run: string): Promise<[string, unknown]> => {
      const done = await resume(run);
      return [done.version, itemsOf(done, 'after')[0]?.['said']];
    };
    expect(await said(stays)).toEqual(['1', 'one']);
    expect(await said(moves)).toEqual(['2', 'two']);
    expect(await said(fresh)).toEqual(['2', 'two']);
    expect((await server.api('POST', `/v1/runs/${stays}/migrate`, { body: { version: 2 } })).status).toBe(409);
    await server.ok('POST', `/v1/workflows/${id}/rollback`, { version: 1 });
    expect(await said(await startASecondLater())).toEqual(['1', 'one']);
    const { versions } = (await server.ok('GET', `/v1/workflows/${id}/versions`)) as unknown as {
      versions: { version: number; published: boolean }[];
    };
    expect(versions.filter(({ published }) => published).map((each) => each.version)).toEqual([1]);
  });

  it('refuses to migrate a run to a version its journal does not fit', async ({ expect }) => {
    const id = await server.publish(chain('Unfit', [manual(), set('before', { n: 1 }), waitNode()]));
    const waiting = await server.start(id, { input: {} });
    await server.ok('PUT', `/v1/workflows/${id}`, chain('Unfit', [manual(), set('other', { n: 1 }), waitNode()]));
    await server.ok('POST', `/v1/workflows/${id}/publish`);
    const refused = await server.api('POST', `/v1/runs/${waiting.id}/migrate`, { body: { version: 2 } });
    expect(refused.status).toBe(409);
    expect((await server.run(waiting.id, '0s')).version).toBe('1');
    await server.ok('POST', `/v1/runs/${waiting.id}/cancel`);
  });
});

describe('looking', () => {
  it('answers at once about a run that is at rest already', async ({ expect }) => {
    const id = await server.publish(chain('Rest', [manual(), waitNode()]));
    const waiting = await server.start(id, { input: {} });
    const startedAt = performance.now();
    expect((await server.run(waiting.id, '60s')).status).toBe('waiting');
    expect(performance.now() - startedAt).toBeLessThan(30_000);
    await server.ok('POST', `/v1/runs/${waiting.id}/cancel`);
  });
});

describe('steering', () => {
  it('pauses, resumes, cancels and runs again', async ({ expect }) => {
    const id = await server.publish(
      chain('Steered', [manual(), http('slow', { url: `${remote.url}/slow?ms=1500` }), set('after', { done: 'yes' })]),
    );
    const paused = await startOnly(id);
    await server.ok('POST', `/v1/runs/${paused}/pause`);
    // its step ended meanwhile, and no other began
    await sleep(2_000);
    const held = await server.run(paused, '0s');
    expect([held.status, held.nodes.some((step) => step.node === 'after')]).toEqual(['paused', false]);
    expect((await server.api('POST', `/v1/runs/${paused}/pause`)).status).toBe(409);
    await server.ok('POST', `/v1/runs/${paused}/resume`);
    expect((await server.run(paused)).status).toBe('success');

    const canceled = await startOnly(id);
    await server.ok('POST', `/v1/runs/${canceled}/cancel`, { reason: 'enough' });
    await sleep(1_000);
    const gone = await server.run(canceled);
    expect([gone.status, gone.nodes.some((step) => step.node === 'after')]).toEqual(['canceled', false]);
    expect((await server.api('POST', `/v1/runs/${canceled}/cancel`)).json?.['code']).toBe('run-finished');

    const calls = remote.calls.get('/slow') ?? 0;
    const again = await server.ok('POST', `/v1/runs/${paused}/rerun`, { node: 'after', wait: '20s' });
    const rerun = await server.run(String(again['run']));
    expect([rerun.status, rerun.mode, remote.calls.get('/slow')]).toEqual(['success', 'retry', calls]);
  });

  it('streams the steps of a run as server-sent events until it ends', async ({ expect }) => {
    const id = await server.publish(
      chain('Streamed', [manual(), http('slow', { url: `${remote.url}/slow?ms=400` }), set('after', { done: 'yes' })]),
    );
    const run = await startOnly(id);
    const headers = { authorization: `Bearer ${server.ready.apiKey}` };
    const stream = await fetch(`${server.ready.url}/v1/runs/${run}/events`, { headers });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const text = await stream.text();
    const events = [...text.matchAll(/event: (\w+)\ndata: (.*)\n/g)].map(([, name, data]) => ({
      name,
      data: JSON.parse(data ?? '{}') as { node?: string; status?: string },
    }));
    const steps = events.filter(({ name }) => name === 'step').map(({ data }) => data.node);
    expect(steps).toEqual(['start', 'slow', 'after']);
    expect(events.at(-1)).toMatchObject({ name: 'run', data: { status: 'success' } });
  });
});

describe('workflows that call workflows', () => {
  it('waits for a sub-workflow or lets it go', async ({ expect }) => {
    const child = await server.publish(
      chain('Child', [
        node('trigger', 'execute-workflow-trigger', 1),
        http('slow', { url: `${remote.url}/slow?ms=500` }),
        set('made', { made: 'by child' }),
      ]),
    );
    const caller = (wait: boolean) =>
      chain('Caller', [
        manual(),
        node('call', 'execute-workflow', 1.1, { workflowId: child, options: { waitForSubWorkflow: wait } }),
        set('after', { done: 'yes' }),
      ]);
    const waited = await server.start(await server.publish(caller(true)), { input: { mine: 1 } });
    expect(itemsOf(waited, 'after')).toMatchObject([{ made: 'by child', slow: true, done: 'yes' }]);
    const detached = await server.start(await server.publish(caller(false)), { input: { mine: 1 } });
    expect(itemsOf(detached, 'after')).toMatchObject([{ mine: 1, done: 'yes' }]);
    await eventually(
      'both children',
      async () =>
        (await server.runsOf(child)).filter(({ status, mode }) => status === 'success' && mode === 'child').length ===
        2,
    );
  });

  it('starts the error workflow of a run that failed, with what failed', async ({ expect }) => {
    const handler = await server.publish(
      chain('Handler', [
        node('failed', 'error-trigger', 1),
        set('report', { code: '={{ $json.execution.error.code }}', last: '={{ $json.execution.lastNodeExecuted }}' }),
      ]),
    );
    const stop = node('stop', 'stop-and-error', 1, { errorMessage: 'on purpose' });
    const failing = await server.publish(chain('Failing', [manual(), stop], { errorWorkflow: handler }));
    const failed = await server.start(failing, { input: {} });
    expect(failed.status).toBe('error');
    await eventually('the error run', async () =>
      (await server.runsOf(handler)).some(({ status }) => status === 'success'),
    );
    const [head] = await server.runsOf(handler);
    const run = await server.run(head?.id ?? '');
    expect(run.mode).toBe('error');
    expect(itemsOf(run, 'report')[0]).toMatchObject({ last: 'stop', code: failed.error?.code });
  });
});

describe('failures', () => {
  it('retries with backoff until it works, with one idempotency key', async ({ expect }) => {
    const retry = { maxTries: 5, waitMs: 50, backoff: 2 };
    const id = await server.publish(
      chain('Flaky', [
        manual(),
        http('call', { url: `${remote.url}/flaky-1` }, { retry }),
        set('after', { n: '={{ $json.count }}' }),
      ]),
    );
    const run = await server.start(id, { input: {} });
    expect([run.status, stepOf(run, 'call').attempts, String(itemsOf(run, 'after')[0]?.['n'])]).toEqual([
      'success',
      3,
      '3',
    ]);
    const few = await server.publish(
      chain('Flaky', [manual(), http('call', { url: `${remote.url}/flaky-2` }, { retry: { ...retry, maxTries: 2 } })]),
    );
    const failed = await server.start(few, { input: {} });
    expect([failed.status, failed.error?.code, stepOf(failed, 'call').attempts]).toEqual(['error', 'http-status', 2]);
  });

  it('stops, continues or takes the error output, as the node says', async ({ expect }) => {
    const url = `${remote.url}/fail`;
    const made = (onError?: 'stop' | 'continue' | 'error-output') =>
      workflow(
        'On error',
        [
          manual(),
          http('call', { url }, onError ? { onError } : {}),
          set('good', { branch: 'good' }),
          set('bad', { branch: 'bad' }),
        ],
        [
          ['start', 'call'],
          ['call:0', 'good'],
          ['call:1', 'bad'],
        ],
      );
    const run = async (onError?: 'stop' | 'continue' | 'error-output'): Promise<RunView> =>
      server.start(await server.publish(made(onError)), { input: {} });
    const stopped = await run();
    expect([stopped.status, stopped.error?.code, stopped.nodes.length]).toEqual(['error', 'http-status', 2]);
    const went = await run('continue');
    expect([went.status, went.nodes.at(-1)?.node]).toEqual(['success', 'good']);
    expect(JSON.stringify(itemsOf(went, 'good')[0]?.['error'])).toContain('500');
    const split = await run('error-output');
    expect([split.status, split.nodes.at(-1)?.node]).toEqual(['success', 'bad']);
  });
});

describe('limits of a workflow', () => {
  const slowChain = (name: string, path: string, settings: object) =>
    chain(
      name,
      [
        hook(path, 'onReceived'),
        http('slow', { url: `${remote.url}/slow?ms=300` }),
        set('after', { n: '={{ $("hook").first().json.body.n }}' }),
      ],
      settings,
    );
  const send = async (path: string, bodies: object[]): Promise<string[]> => {
    const runs: string[] = [];
    for (const body of bodies) runs.push((await server.hook(path, body)).headers.get('x-millrace-run') ?? '');
    return runs;
  };
  const finished = async (ids: string[]): Promise<RunView[]> => Promise.all(ids.map((id) => server.run(id, '60s')));
  const span = (run: RunView): { from: number; to: number } => {
    const step = stepOf(run, 'slow') as unknown as { startedAt: number; durationMs: number };
    return { from: step.startedAt, to: step.startedAt + step.durationMs };
  };

  it('a concurrency limit of one lets one run at a time, each key for itself', async ({ expect }) => {
    await server.publish(
      slowChain('Single file', 'single', { concurrency: { limit: 1, key: '={{ $json.body.key }}' } }),
    );
    const ids = await send('single', [{ key: 'a' }, { key: 'a' }, { key: 'a' }, { key: 'b' }]);
    const runs = await finished(ids);
    expect(runs.map(({ status }) => status)).toEqual(['success', 'success', 'success', 'success']);
    const [first, second, third] = runs.map(span);
    expect((second?.from ?? 0) >= (first?.to ?? Infinity)).toBe(true);
    expect((third?.from ?? 0) >= (second?.to ?? Infinity)).toBe(true);
  });

  it('a higher priority goes first among those who wait', async ({ expect }) => {
    await server.publish(slowChain('Queue', 'queue', { concurrency: { limit: 1 }, priority: '={{ $json.body.p }}' }));
    const ids = await send('queue', [{ p: 0 }, { p: 1 }, { p: 5 }, { p: 3 }]);
    const runs = await finished(ids);
    const order = runs.map((run, index) => ({ index, ...span(run) })).sort((a, b) => a.from - b.from);
    expect(order.map(({ index }) => index)).toEqual([0, 2, 3, 1]);
  });

  it('a rate limit spreads runs out and loses none', async ({ expect }) => {
    await server.publish(slowChain('Slowly', 'slowly', { rateLimit: { limit: 2, periodMs: 2_000 } }));
    const runs = await finished(await send('slowly', [{}, {}, {}, {}]));
    expect(runs.every(({ status }) => status === 'success')).toBe(true);
    const starts = runs.map((run) => span(run).from).sort((a, b) => a - b);
    // Two at once, then one a second.
    expect((starts[3] ?? 0) - (starts[0] ?? 0)).toBeGreaterThanOrEqual(1_900);
  });

  it('a debounce keeps the last of several triggers', async ({ expect }) => {
    await server.publish(slowChain('Settle', 'settle', { debounce: { delayMs: 800, key: '={{ $json.body.key }}' } }));
    const ids = await send('settle', [
      { key: 'a', n: 1 },
      { key: 'a', n: 2 },
      { key: 'b', n: 9 },
      { key: 'a', n: 3 },
    ]);
    const runs = await finished(ids);
    expect(runs.map(({ status }) => status)).toEqual(['superseded', 'superseded', 'success', 'success']);
    expect(String(itemsOf(runs[3] as RunView, 'after')[0]?.['n'])).toBe('3');
  });

  it('a run limit in time and in steps stops a run by name', async ({ expect }) => {
    const slow = await server.publish(
      chain('Too slow', [manual(), http('slow', { url: `${remote.url}/slow?ms=5000` })], { timeoutMs: 500 }),
    );
    expect((await server.start(slow, { input: {} })).error?.code).toBe('run-timeout');
    const long = await server.publish(
      chain('Too long', [manual(), set('a', { n: 1 }), set('b', { n: 2 }), set('c', { n: 3 })], { maxSteps: 2 }),
    );
    expect((await server.start(long, { input: {} })).error?.code).toBe('too-many-steps');
  });
});

describe('what a webhook answers', () => {
  it('answers as soon as it responds, and goes on', async ({ expect }) => {
    const id = await server.publish(
      chain('Early', [
        hook('early', 'responseNode'),
        respond({ respondWith: 'json', responseBody: '={{ { got: $json.body.n } }}' }),
        http('slow', { url: `${remote.url}/slow?ms=600` }),
        code('sum', 'return [{ json: { sum: 1 + 1 } }]'),
      ]),
    );
    const answer = await server.hook('early', { n: 5 });
    expect([answer.status, answer.json]).toEqual([200, { got: 5 }]);
    const run = await server.run(answer.headers.get('x-millrace-run') ?? '');
    expect([run.status, itemsOf(run, 'sum')]).toEqual(['success', [{ sum: 2 }]]);
    expect((await server.runsOf(id)).length).toBe(1);
  });
});
