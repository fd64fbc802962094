import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { flagsOf } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { n8nChain, set, start, testWorld } from './testing.ts';

const connected = (answer: (request: { url: string; init: RequestInit }) => Response) => {
  const sent: { url: string; init: RequestInit }[] = [];
  const world = testWorld({
    env: { MILLRACE_URL: 'http://127.0.0.1:9', MILLRACE_KEY: 'mr_local_x' },
    fetch: async (url, init) => {
      sent.push({ url, init });
      return answer({ url, init });
    },
  });
  return { ...world, sent };
};

const head = (id: string, status: string) => ({
  id,
  status,
  workflow: 'wf_1',
  version: '1',
  mode: 'manual',
  trigger: 'webhook',
  startedAt: 1_000,
  steps: 2,
});

describe('help', () => {
  it('[CLI1] is there for every command and names all it takes', async ({ expect }) => {
    const { run } = testWorld();
    for (const command of COMMANDS) {
      const { code, out } = await run(command.name, '--help');
      expect(code).toBe(0);
      for (const name of [
        ...Object.keys(flagsOf(command)).map((flag) => `--${flag}`),
        ...command.args.map((arg) => arg.name),
      ]) {
        expect(out, `${command.name} help`).toContain(name);
      }
    }
    const { out } = await run('--help');
    for (const { name, summary } of COMMANDS) {
      expect(out).toMatch(new RegExp(`^  ${name} +${summary.replaceAll('.', '\\.')}$`, 'm'));
    }
  });

  it('[CLI1] is what `help COMMAND` shows too', async ({ expect }) => {
    const { run } = testWorld();
    expect((await run('help', 'run')).out).toBe((await run('run', '--help')).out);
  });
});

describe('the command line', () => {
  it('[CLI2] ends with 2 and a hint when it makes no sense', async ({ expect }) => {
    const { run } = testWorld();
    for (const argv of [
      ['frob'],
      ['run'],
      ['cancel', 'a', 'b'],
      ['runs', '--limit', 'many'],
      ['runs', '--frob'],
      ['tail'],
    ]) {
      const { code, out, err } = await run(...argv, '--url', 'http://x', '--key', 'k');
      expect([argv, code, out]).toEqual([argv, 2, '']);
      expect(err).toMatch(/^error .+\n.+/);
    }
  });

  it('[CLI2] says errors as JSON on standard error with --json', async ({ expect }) => {
    const { err, code } = await testWorld().run('runs', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'usage', message: 'No server is known' } });
  });

  it('[CLI2] does not take names of the prototype for commands or flags', async ({ expect }) => {
    const { run } = testWorld();
    expect((await run('constructor')).code).toBe(2);
    expect((await run('runs', '--__proto__', 'x')).code).toBe(2);
  });
});

describe('server commands', () => {
  it('[CLI3] pass a refusal of the API on, with its hint, and end with 3', async ({ expect }) => {
    const problem = { code: 'run-unknown', title: 'There is no such run', hint: 'Look again.', requestId: 'req_1' };
    const { run } = connected(() => Response.json(problem, { status: 404 }));
    const { code, err } = await run('cancel', 'run_0_0_0');
    expect(code).toBe(3);
    expect(err).toBe('error There is no such run (404 run-unknown, request req_1)\nLook again.\n');
  });

  it('[CLI3] end with 4 when nobody answers', async ({ expect }) => {
    const { run } = testWorld({
      fetch: () => Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })),
    });
    const { code, err } = await run('workflows', '--url', 'http://127.0.0.1:1', '--key', 'k');
    expect(code).toBe(4);
    expect(err).toContain('http://127.0.0.1:1 cannot be reached: ECONNREFUSED');
  });

  it('[CLI4] list runs page by page up to the limit', async ({ expect }) => {
    const { run, sent } = connected(({ url }) => {
      const at = Number(new URL(url).searchParams.get('cursor') ?? 0);
      return Response.json({ runs: [head(`run_0_0_${at}`, 'error')], cursor: String(at + 1) });
    });
    const { documents, code } = await run('runs', '--status', 'error,waiting', '--limit', '3', '--json');
    expect(code).toBe(0);
    expect(documents.map(({ id }) => id)).toEqual(['run_0_0_0', 'run_0_0_1', 'run_0_0_2']);
    expect(sent.map(({ url }) => new URL(url).search)).toEqual([
      '?status=error&status=waiting&limit=3',
      '?status=error&status=waiting&limit=2&cursor=1',
      '?status=error&status=waiting&limit=1&cursor=2',
    ]);
  });

  it('[CLI5] keep control characters of strangers away from the terminal', async ({ expect }) => {
    const evil = '\u001b[2J\u001b]0;gone\u0007\nnext';
    const { run } = connected(() =>
      Response.json({ workflows: [{ id: 'wf_1', name: evil, published: null, updatedAt: 0 }] }),
    );
    const { out } = await run('workflows');
    // oxlint-disable-next-line no-control-regex -- that is the question
    expect(out.trimEnd()).not.toMatch(/[\u0000-\u001f]/);
  });

  it('[CLI6] follow a run to its end and end as it did', async ({ expect }) => {
    const step = { index: 0, nodeName: 'Webhook', status: 'success', durationMs: 3, outputs: [[{ json: {} }]] };
    const frames = [
      'retry: 1000\n\n',
      `event: step\ndata: ${JSON.stringify(step)}\n\n`,
      `event: step\ndata: ${JSON.stringify(step)}\n\n`,
      `event: run\r\ndata: ${JSON.stringify({ ...head('run_0_0_0', 'error'), error: { code: 'x', message: 'broke' } })}\r\n\r\n`,
    ];
    const { run } = connected(() => new Response(frames.join('')));
    const { out, code } = await run('tail', 'run_0_0_0');
    expect(code).toBe(1);
    expect(out).toBe('✓ Webhook 1 items, 3 ms\nrun_0_0_0 ended: error x: broke\n');
  });

  it('[CLI7] remember a login for the user alone, once the server has accepted it', async ({ expect }) => {
    let status = 401;
    const world = testWorld({
      input: 'mr_local_secret\n',
      fetch: async () => Response.json(status === 200 ? { id: 'local' } : { code: 'key-invalid' }, { status }),
    });
    const argv = ['login', '--url', 'http://127.0.0.1:8787', '--key', '-'];
    const path = join(world.folder, '.config/millrace/config.json');
    expect((await world.run(...argv)).code).toBe(3);
    expect(() => statSync(path)).toThrow();
    status = 200;
    const { code, out, err } = await world.run(...argv);
    expect([code, err]).toEqual([0, '']);
    expect(out).not.toContain('secret');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ url: 'http://127.0.0.1:8787', key: 'mr_local_secret' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('[CLI8] import a folder, report every file, and end with 1 when one failed', async ({ expect }) => {
    const { run, file, sent, folder } = connected(() =>
      Response.json(
        {
          id: 'wf_1',
          report: {},
          workflows: [{ id: 'wf_1', name: 'chain', report: { counts: { runs: 2 } } }],
          problems: [],
        },
        { status: 201 },
      ),
    );
    file('a.json', n8nChain(start, set('Set', 'x', '1')));
    file('b.json', '{"nodes":');
    const { code, out } = await run('import', '.', '--report', 'report.json');
    expect(code).toBe(1);
    expect(out).toContain('1 workflows from 2 files, 1 failed. Nodes: 2 run, 0 need a credential');
    expect(sent.map(({ url }) => new URL(url).pathname)).toEqual(['/v1/workflows/import']);
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as {
      file: string;
      workflows: unknown[];
    }[];
    expect(report.map((each) => [each.file, each.workflows.length])).toEqual([
      ['a.json', 1],
      ['b.json', 0],
    ]);
  });
});

describe('Ctrl-C', () => {
  it('[CLI19] ends what follows with 130', async ({ expect }) => {
    const controller = new AbortController();
    const world = testWorld({
      interrupted: controller.signal,
      fetch: async () => {
        setTimeout(() => controller.abort(), 10);
        return Response.json({ runs: [] });
      },
    });
    const { code, err } = await world.run('tail', '--all', '--url', 'http://x', '--key', 'k');
    expect([code, err]).toEqual([130, 'Following all runs; Ctrl-C ends it.\n']);
  });

  it('[CLI19] ends a local run that waits', async ({ expect }) => {
    const controller = new AbortController();
    const world = testWorld({
      interrupted: controller.signal,
      out: (text) => void (text.includes('Start') && controller.abort()),
    });
    const flow = world.file('flow.json', n8nChain(start, ['Wait', 'wait', 1.1, { amount: 1, unit: 'hours' }]));
    expect((await world.run('run', flow)).code).toBe(130);
  });
});

describe('validate', () => {
  it('[CLI9] ends with 0 for good files and 1 for bad ones, and says where', async ({ expect }) => {
    const { run, file } = testWorld();
    file('good.json', n8nChain(start, set('Set', 'x', '1')));
    file('bad.json', { schema: 1, name: 'x', nodes: [{ id: 'a' }], edges: [], settings: {}, notes: [], pinned: [] });
    expect((await run('validate', 'good.json')).code).toBe(0);
    const { code, documents } = await run('validate', 'good.json', 'bad.json', '--json');
    expect(code).toBe(1);
    expect(documents.map(({ ok }) => ok)).toEqual([true, false]);
    expect(JSON.stringify(documents[1]?.['problems'])).toContain('/nodes/0');
  });
});
