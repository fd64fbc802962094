import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { Canary } from '../served/canary.ts';
import { chain, hook, http, manual, set } from '../served/documents.ts';
import { canReadMemory, peakMbDuring } from '../served/memory.ts';
import { Remote } from '../served/remote.ts';
import { eventually } from '../harness/processes.ts';
import { Server, itemsOf, sleep, stepOf } from '../served/server.ts';
import type { RunView } from '../served/server.ts';

let server: Server;
let canary: Canary;
let remote: Remote;
beforeAll(async () => {
  [server, remote] = await Promise.all([Server.start(), Remote.start()]);
  canary = await Canary.of(server);
});
afterAll(async () => {
  remote.stop();
  await server.stop();
});

const fetches = async (url: string, parameters = {}, extra = {}, input: unknown = {}): Promise<RunView> =>
  server.start(await server.publish(chain('Fetch', [manual(), http('call', { url, ...parameters }, extra)])), {
    input: input as never,
  });

describe('hostile servers', () => {
  it.runIf(canReadMemory)('cuts off 2 GB, declared or not, within bounded memory', async ({ expect }) => {
    for (const url of [`${remote.url}/huge?bytes=${2 * 1024 ** 3}`, `${remote.url}/declared`]) {
      remote.sentBytes = 0;
      const { result, peakMb } = await peakMbDuring(server, () => canary.during(() => fetches(url)));
      expect(result.error?.code).toBe('response-too-large');
      expect(remote.sentBytes).toBeLessThan(200 * 1024 ** 2);
      expect(peakMb).toBeLessThan(1_200);
    }
  });

  it('fails a hanging server by the node timeout and by the request timeout', async ({ expect }) => {
    const [byNode, byRequest, byBody] = await canary.during(() =>
      Promise.all([
        fetches(`${remote.url}/hang`, {}, { timeoutMs: 1_000 }),
        fetches(`${remote.url}/hang`, { options: { timeout: 1_000 } }),
        fetches(`${remote.url}/hang-body`, { options: { timeout: 1_000 } }),
      ]),
    );
    for (const run of [byNode, byRequest, byBody]) expect(run.error?.code).toBe('timeout');
  });

  it('stops a redirect loop, a reset and a closed port by name', async ({ expect }) => {
    expect((await fetches(`${remote.url}/loop`)).error?.code).toBe('too-many-redirects');
    expect((await fetches(`${remote.url}/reset`)).error?.code).toBe('connect-failed');
    expect((await fetches('http://127.0.0.1:1/')).error?.code).toMatch(/egress-refused|connect-failed/);
    expect((await fetches('http://127.0.0.1:59999/')).error?.code).toBe('connect-failed');
  });

  it.for([
    'http://10.0.0.1/',
    'http://192.168.1.1/',
    'http://172.16.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://0251.0376.0251.0376/',
    'http://169.254.43518/',
    'http://[::ffff:169.254.169.254]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://metadata.google.internal/',
    'http://metadata/',
    'http://169.254.169.254.nip.io/',
    'http://127.0.0.2/',
    'http://0.0.0.0/',
    'http://[::]/',
    'http://１６９.254.169.254/',
    'http://169。254。169。254/',
    'http://user:pass@127.0.0.1/',
    'http://127.0.0.1@10.0.0.1/',
    'http://127.0.0.1\\@10.0.0.1/',
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'gopher://127.0.0.1:70/_x',
    'data:text/plain,hi',
    'javascript:1',
    'unix:/tmp/x.sock',
    'http:///127.0.0.1',
    'http://127.0.0.1:22/',
    'http://127.0.0.1:6379/',
    'http://100.100.100.200/',
  ])('refuses %s, directly and after a redirect', async (target, { expect }) => {
    const direct = await fetches(target);
    expect(direct.error?.code).toMatch(/^(egress-refused|bad-url)$/);
    // A Location header is ASCII; and what a browser reads as the allowed loopback address may be followed there.
    if (!/^[\x20-\x7e]*$/.test(target) || new URL(target, remote.url).hostname === '127.0.0.1') return;
    const redirected = await fetches(`${remote.url}/to?target=${encodeURIComponent(target)}`);
    expect(redirected.error?.code).toMatch(/^(egress-refused|bad-url)$/);
  });

  it('ends a pagination that never says it is complete', async ({ expect }) => {
    const parameter = { type: 'qs', name: 'page', value: '={{ $pageCount }}' };
    const pagination = {
      paginationMode: 'updateAParameterInEachRequest',
      parameters: { parameters: [parameter] },
      paginationCompleteWhen: 'other',
      completeExpression: '={{ false }}',
    };
    const run = await canary.during(() =>
      fetches(`${remote.url}/echo`, { options: { pagination: { pagination } } }, { timeoutMs: 10_000 }),
    );
    expect(run.status).toBe('error');
    expect(run.error?.code).toMatch(/^[a-z-]+$/);
    expect(remote.calls.get('/echo')).toBeLessThan(20_000);
  });

  it('refuses request headers that would split a request', async ({ expect }) => {
    for (const [name, value] of [
      ['x-a', 'b\r\nx-injected: 1'],
      ['x-b\r\nx-injected', '1'],
      ['x c', '1'],
    ]) {
      const headerParameters = { parameters: [{ name: name ?? '', value: value ?? '' }] };
      const run = await fetches(`${remote.url}/echo`, { sendHeaders: true, headerParameters });
      expect(run.status === 'error' ? run.error?.code : itemsOf(run, 'call')[0]).not.toHaveProperty(
        'headers.x-injected',
      );
    }
  });
});

describe('hostile callers', () => {
  it('finishes the run of a client that went away', async ({ expect }) => {
    const id = await server.publish(
      chain('Leaver', [
        hook('leaver', 'lastNode'),
        http('call', { url: `${remote.url}/slow?ms=800` }),
        set('after', { done: 'yes' }),
      ]),
    );
    await canary.during(async () => {
      const left = httpRequest(server.hookAddress('leaver'), { method: 'POST' });
      left.on('error', () => undefined);
      left.end('{}');
      await eventually('its run', async () => (await server.runsOf(id)).length > 0);
      left.destroy();
    });
    const [head] = await server.runsOf(id);
    const run = await server.run(head?.id ?? '');
    expect(run.status).toBe('success');
    expect(stepOf(run, 'after').status).toBe('success');
  });

  it('does not start a run for a body that never came', async ({ expect }) => {
    const id = await server.publish(chain('Half', [hook('half', 'lastNode'), set('after', { done: 'yes' })]));
    await canary.during(async () => {
      const headers = { 'content-type': 'application/json', 'content-length': '1000' };
      const half = httpRequest(server.hookAddress('half'), { method: 'POST', headers });
      half.on('error', () => undefined);
      half.write('{"a":');
      await sleep(300);
      half.destroy();
      await sleep(200);
    });
    expect(await server.runsOf(id)).toEqual([]);
  });

  it('answers unknown addresses, wrong methods and wrong keys by name', async ({ expect }) => {
    await server.publish(chain('Post only', [hook('post-only', 'lastNode')]));
    const draft = await server.create(chain('Draft', [hook('draft-only', 'lastNode')]));
    const unpublished = await server.publish(chain('Gone', [hook('gone', 'lastNode')]));
    await server.ok('POST', `/v1/workflows/${unpublished}/unpublish`);
    expect(draft).not.toBe('');
    for (const path of ['draft-only', 'nowhere', '__proto__', 'constructor', '%', '%ff', 'a'.repeat(4_000)]) {
      const answer = await server.hook(path);
      expect([answer.status, answer.json?.['code']], path).toEqual([404, 'hook-not-found']);
    }
    // HOOK3: within a second, by the clock and not by the load: after it nobody is answered from what was known before.
    await sleep(1_100);
    expect((await server.hook('gone')).status).toBe(404);
    const wrong = await server.hook('post-only', {}, { method: 'PUT' });
    expect([wrong.status, wrong.headers.get('allow')?.includes('POST')]).toEqual([405, true]);
    expect(wrong.headers.get('content-type')).toContain('application/problem+json');
  });

  it('refuses missing, wrong and foreign keys with 401', async ({ expect }) => {
    const keys = [
      undefined,
      '',
      'Bearer',
      'Bearer x',
      'Bearer mr_local_wrong',
      'Bearer mr_other_abcdefgh',
      'Basic abc',
      `Bearer ${'a'.repeat(5_000)}`,
    ];
    for (const key of [...keys, `Bearer ${server.ready.apiKey}x`, `Bearer ${server.ready.apiKey.slice(0, -1)}`]) {
      const answer = await fetch(`${server.ready.url}/v1/runs`, {
        headers: key === undefined ? {} : { authorization: key },
      });
      const { code } = (await answer.json()) as { code: string };
      expect([answer.status, code.startsWith('key-')], key ?? 'none').toEqual([401, true]);
    }
  });

  it('tells nothing about runs that are not there: 404 for any id', async ({ expect }) => {
    const ids = [
      'x',
      'run_0_0_0',
      'run_9_1_1',
      'run_zzzz_zzzzzzzzzzz_zzzzzz',
      'run_-1_0_0',
      '__proto__',
      '%2e%2e%2f',
      'run_0_1_1%00',
      "run_0_1_1'--",
      'a'.repeat(3_000),
    ];
    await canary.during(async () => {
      for (const id of ids) {
        for (const [method, tail] of [
          ['GET', ''],
          ['GET', '/events'],
          ['POST', '/cancel'],
          ['POST', '/rerun'],
        ] as const) {
          const answer = await server.api(method, `/v1/runs/${id}${tail}`);
          expect(answer.status, `${method} ${id}${tail} ${answer.text.slice(0, 200)}`).toBe(404);
        }
      }
      for (const id of ['x', '__proto__', "wf_'--", 'wf_aaaaaaaaaaaaaaaa']) {
        expect((await server.api('GET', `/v1/workflows/${id}`)).json?.['code']).toBe('workflow-unknown');
        expect((await server.api('POST', `/v1/workflows/${id}/runs`, { body: {} })).json?.['code']).toBe(
          'workflow-unknown',
        );
      }
    });
  });
});
