import { afterAll, beforeAll, describe, it } from 'vitest';
import { Canary } from '../served/canary.ts';
import { chain, code, http, manual, set } from '../served/documents.ts';
import { canReadMemory, peakMbDuring } from '../served/memory.ts';
import { Remote } from '../served/remote.ts';
import { Server, itemsOf } from '../served/server.ts';
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

const runCode = async (jsCode: string): Promise<RunView> =>
  server.start(await server.publish(chain('Hostile code', [manual(), code('evil', jsCode)])), { input: {} });

/** Probes turn their own failure into text, so that one run asks many things. */
const probe = (expression: string): string =>
  `await (async () => { try { return ${expression} } catch (error) { return 'refused: ' + error.message } })()`;

describe('hostile Code nodes', () => {
  it('stops an infinite loop as code-timeout while others are answered and runs in flight go on', async ({
    expect,
  }) => {
    const slow = await server.publish(
      chain('In flight', [
        manual(),
        http('call', { url: `${remote.url}/slow?ms=3000` }),
        set('after', { done: 'yes' }),
      ]),
    );
    const honest = await server.publish(
      chain('Honest code', [manual(), code('sum', 'return [{ json: { sum: 6 * 7 } }]')]),
    );
    const [looped, inFlight, beside] = await canary.during(() =>
      Promise.all([runCode('for (;;) {}'), server.start(slow, { input: {} }), server.start(honest, { input: {} })]),
    );
    expect(looped.error).toMatchObject({ code: 'code-timeout', node: 'evil' });
    expect(itemsOf(inFlight, 'after')).toMatchObject([{ done: 'yes' }]);
    expect(itemsOf(beside, 'sum')).toEqual([{ sum: 42 }]);
    // What a loop in the product's own process would cost is the whole limit, ten seconds.
    expect(canary.slowestMs).toBeLessThan(5_000);
  });

  it.runIf(canReadMemory)('stops code that allocates without end, within bounded memory', async ({ expect }) => {
    const work = () => canary.during(() => runCode('const a = []; for (;;) a.push(new Array(1e6).fill(a.length));'));
    const { result, peakMb } = await peakMbDuring(server, work);
    expect(['code-timeout', 'code-memory']).toContain(result.error?.code);
    expect(peakMb).toBeLessThan(2_000);
  });

  it('refuses 100 MB of output by name', async ({ expect }) => {
    const run = await canary.during(() => runCode('return [{ json: { big: "x".repeat(100 * 1024 * 1024) } }]'));
    expect(run.error?.code).toBe('code-output-too-large');
  });

  it('gives code no network, no environment, no files and no bindings', async ({ expect }) => {
    const probes = {
      fetch: `(await fetch(${JSON.stringify(`${server.ready.url}/health`)})).status`,
      environment: 'Object.keys(process.env).length',
      nodeEnvironment: "Object.keys((await import('node:process')).env).length",
      bindings: "Object.keys((await import('cloudflare:workers')).env).length",
      exports: "Object.keys((await import('cloudflare:workers')).exports).join()",
      file: "(await import('node:fs')).readFileSync('/etc/passwd', 'utf8').length",
      socket: `await (await import('cloudflare:sockets')).connect(${JSON.stringify(new URL(server.ready.url).host)}).opened`,
      dynamic: "await (async () => {}).constructor('return 1')()",
      global: "Function('return this')()",
      spawn: "(await import('node:child_process')).execSync('id').toString()",
      websocket: `new WebSocket(${JSON.stringify(server.ready.url.replace('http', 'ws'))}).readyState`,
    };
    const fields = Object.entries(probes).map(([name, expression]) => `${name}: ${probe(expression)}`);
    const run = await canary.during(() => runCode(`return [{ json: { ${fields.join(', ')} } }]`));
    expect({ status: run.status, error: run.error }).toEqual({ status: 'success', error: undefined });
    const found = itemsOf(run, 'evil')[0] ?? {};
    for (const name of ['fetch', 'file', 'socket', 'dynamic', 'global', 'spawn']) {
      expect(found[name], name).toContain('refused');
    }
    expect(found).toMatchObject({ environment: 0, nodeEnvironment: 0, bindings: 0 });
    // Its own entrypoint, in its own isolate: nothing it does not have already.
    expect(found['exports']).toMatch(/^(default)?$/);
    expect(String(found['websocket'])).toMatch(/refused|^0$|^3$/);
  });

  it('contains code that breaks its own world', async ({ expect }) => {
    const sabotage = [
      'Object.prototype.polluted = "yes"; return [{ json: { ok: 1 } }]',
      'JSON.stringify = () => "{}"; Array.prototype.map = () => ["evil"]; return [{ json: { ok: 1 } }]',
      'Promise.prototype.then = function () {}; return [{ json: { ok: 1 } }]',
      'const { abortIsolate } = await import("cloudflare:workers"); abortIsolate("bye"); return []',
      'setTimeout(() => { for (;;) {} }, 50); return [{ json: { ok: 1 } }]',
      'await new Promise(() => {}); return []',
      'throw Object.assign(new Error("boo"), { toString() { for (;;) {} } })',
      'return [{ json: { get trap() { throw new Error("boo") } } }]',
      'const item = { json: {} }; item.json.self = item; return [item]',
      'for (let i = 0; i < 100000; i++) console.log("x".repeat(1000)); return [{ json: { ok: 1 } }]',
      'throw null',
      'return Symbol("x")',
      'return { __proto__: { json: {} } }',
      '}; for (;;) {} ; {',
      'import fs from "node:fs"',
    ];
    await canary.during(async () => {
      for (const jsCode of sabotage) {
        const run = await runCode(jsCode);
        expect(['success', 'error'], jsCode).toContain(run.status);
        if (run.status === 'error') expect(run.error?.code, jsCode).toMatch(/^[a-z-]+$/);
        const after = await runCode(
          'return [{ json: { clean: ({}).polluted === undefined, sum: [1, 2].map((n) => n + 1) } }]',
        );
        expect(itemsOf(after, 'evil'), `after ${jsCode}`).toEqual([{ clean: true, sum: [2, 3] }]);
      }
    });
  });
});
