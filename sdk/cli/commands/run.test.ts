import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'vitest';
import { code, n8nChain, set, start, testWorld } from '../testing.ts';

const run = (workflow: object, ...more: string[]) => {
  const world = testWorld();
  return world.run('run', world.file('flow.json', workflow), ...more);
};

describe('run', () => {
  it('[CLI10] prints each step and the final items', async ({ expect }) => {
    const { code: exit, out, err } = await run(n8nChain(start, set('Greet', 'text', '={{ "hi " + 1 }}')));
    expect([exit, err]).toEqual([0, '']);
    expect(out.replaceAll(/\d+ ms/g, 'N ms')).toBe(
      '✓ Start 1 items, N ms\n✓ Greet 1 items, N ms\n[\n  {\n    "text": "hi 1"\n  }\n]\n',
    );
  });

  it('[CLI10] prints one JSON document a step with --json', async ({ expect }) => {
    const { documents } = await run(n8nChain(start, set('Greet', 'text', 'hi')), '--json');
    expect(documents.map(({ event, node, status }) => [event, node, status])).toEqual([
      ['step', 'Start', 'success'],
      ['step', 'Greet', 'success'],
      ['end', undefined, 'success'],
    ]);
    expect(documents.at(-1)?.['items']).toMatchObject([{ json: { text: 'hi' } }]);
  });

  it('[CLI11] gives the first node what --input says', async ({ expect }) => {
    const world = testWorld({ input: '[{"n":1},{"json":{"n":2}},3]' });
    const file = world.file(
      'flow.json',
      n8nChain(start, set('Twice', 'n', '={{ String(($json.n ?? $json.value) * 2) }}')),
    );
    const { documents } = await world.run('run', file, '--input', '-', '--json');
    expect(documents.at(-1)?.['items']).toMatchObject([
      { json: { n: '2' } },
      { json: { n: '4' } },
      { json: { n: '6' } },
    ]);
  });

  it('[CLI11] starts at --node', async ({ expect }) => {
    const { documents } = await run(n8nChain(start, set('A', 'x', 'a'), set('B', 'y', 'b')), '--node', 'B', '--json');
    expect(documents.map(({ node }) => node)).toEqual(['B', undefined]);
    const missing = await run(n8nChain(start), '--node', '__proto__');
    expect(missing.code).toBe(2);
    expect(missing.err).toContain('Nodes: "Start"');
  });

  it('[CLI12] ends with 1 and names the node when the run fails', async ({ expect }) => {
    const { code: exit, err } = await run(n8nChain(start, code('throw new Error("no luck")')));
    expect(exit).toBe(1);
    expect(err).toContain('"Code": no luck [line 1]');
  });

  it('[CLI12] says so when a run waits for what cannot come', async ({ expect }) => {
    const { code: exit, err } = await run(n8nChain(start, ['Ask', 'wait', 1.1, { resume: 'webhook' }]));
    expect(exit).toBe(1);
    expect(err).toContain('waits for webhook');
  });

  it('[CLI13] sends HTTP requests from here, with the idempotency key', async ({ expect }) => {
    const seen: unknown[] = [];
    const server = createServer((request, response) => {
      seen.push([request.method, request.url, typeof request.headers['idempotency-key']]);
      response.setHeader('content-type', 'application/json');
      response.statusCode = request.url === '/broken' ? 500 : 200;
      response.end('{"price":100}');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ask = (path: string) =>
      ['HTTP', 'httpRequest', 4.2, { method: 'POST', url: base + path, options: {} }] as [
        string,
        string,
        number,
        object,
      ];
    try {
      const { documents } = await run(n8nChain(start, ask('/item')), '--json');
      expect(documents.at(-1)?.['items']).toMatchObject([{ json: { price: 100 } }]);
      expect(seen).toEqual([['POST', '/item', 'string']]);
      const { code: exit, err } = await run(n8nChain(start, ask('/broken')));
      expect([exit, err.includes('Request failed with status 500')]).toEqual([1, true]);
    } finally {
      server.close();
    }
  });

  it('[CLI14] runs code with the prelude of the server’s isolates', async ({ expect }) => {
    const text = `const rows = $input.all().map((item) => ({ json: { n: item.json.n + 1, day: DateTime.fromISO('2026-01-02').day, hex: Buffer.from('a').toString('hex'), from: $('Start').first().json.n } }));
      return rows;`;
    const world = testWorld({ input: '{"n":1}' });
    const { documents } = await world.run(
      'run',
      world.file('f.json', n8nChain(start, code(text))),
      '--input',
      '-',
      '--json',
    );
    expect(documents.at(-1)?.['items']).toMatchObject([{ json: { n: 2, day: 2, hex: '61', from: 1 } }]);
  });

  it('[CLI15] keeps code away from files, processes and the environment', async ({ expect }) => {
    const attempts = {
      file: `(await import('node:fs')).readFileSync('/etc/hostname', 'utf8')`,
      eval: `(await new Function("return import('node:fs')")()).readFileSync('/etc/hostname', 'utf8')`,
      child: `(await new Function("return import('node:child_process')")()).execSync('id').toString()`,
      thread: `new (await new Function("return import('node:worker_threads')")()).Worker('1', { eval: true }) && 'thread'`,
      signal: `new Function("return process")().kill(1, 0)`,
      builtin: `new Function("return process")().getBuiltinModule('fs').readFileSync('/etc/hostname', 'utf8')`,
      environment: `JSON.stringify(new Function("return process")().env.PATH.length)`,
    };
    const body = Object.entries(attempts).map(
      ([name, text]) => `try { out.${name} = String(${text}); } catch (error) { out.${name} = 'refused'; }`,
    );
    const { documents } = await run(
      n8nChain(start, code(`const out = {};\n${body.join('\n')}\nreturn [{ json: out }];`)),
      '--json',
    );
    expect(documents.at(-1)?.['items']).toMatchObject([
      { json: Object.fromEntries(Object.keys(attempts).map((name) => [name, 'refused'])) },
    ]);
  });

  it('[CLI18] calls the workflows given with --with, by file or name', async ({ expect }) => {
    const world = testWorld();
    const call = (workflow: string) =>
      world.file('main.json', n8nChain(start, ['Call', 'executeWorkflow', 1.2, { workflowId: workflow }]));
    const trigger: [string, string, number, object] = [
      'Called',
      'executeWorkflowTrigger',
      1.1,
      { inputSource: 'passthrough' },
    ];
    world.file('child.json', { ...n8nChain(trigger, set('Set', 'from', 'child')), name: 'My child' });
    for (const name of ['child.json', 'My child']) {
      const { documents, err } = await world.run('run', call(name), '--with', 'child.json', '--json');
      expect([err, documents.at(-1)?.['items']]).toMatchObject(['', [{ json: { from: 'child' } }]]);
    }
    const { code: exit, err } = await world.run('run', call('child.json'));
    expect([exit, err.includes('child.json')]).toEqual([1, true]);
  });

  it('[CLI16] refuses a file with errors before anything runs', async ({ expect }) => {
    const {
      code: exit,
      err,
      out,
    } = await run({ schema: 1, name: 'x', nodes: [], edges: 5, settings: {}, notes: [], pinned: [] });
    expect([exit, out]).toEqual([1, '']);
    expect(err).toContain('/edges');
  });
});
