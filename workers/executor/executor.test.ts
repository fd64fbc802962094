import { exports } from 'cloudflare:workers';
import { describe, it } from 'vitest';
import type { JsonObject } from '../../core/data/item.ts';
import type { EffectReply } from '../../core/node/kit.ts';
import type { PerformRequest } from './ports.ts';

/** The entrypoint as runners call it: over RPC, on workerd. */
const executor = (exports as unknown as { Executor: { perform(request: PerformRequest): Promise<EffectReply> } })
  .Executor;
const POLICY = { allow: [], deny: [] };

const META = {
  mode: 'all',
  continueOnFail: false,
  runIndex: 0,
  nowMs: 0,
  zone: 'UTC',
  node: { name: 'Code', version: 2, parameters: {} },
  workflow: { id: 'w', name: 'W', active: true },
  execution: { id: 'run', mode: 'test' },
  runMode: 'manual',
  vars: {},
  previous: null,
};
function run(code: string, more: { language?: 'javascript' | 'python'; network?: boolean } = {}): Promise<EffectReply> {
  const { language = 'javascript', network = false } = more;
  const payload = {
    code,
    language,
    network,
    metaJson: JSON.stringify({ ...META, network }),
    itemsJson: '[{"json":{"a":1}}]',
    nodesJson: '{}',
    continueOnFail: false,
    round: 0,
    names: [],
  };
  return executor.perform({
    tenant: 'acme',
    effect: { kind: 'code', class: 'pure', payload },
    key: 'k',
    policy: POLICY,
  });
}
function get(url: string): Promise<EffectReply> {
  const payload = {
    requests: [{ itemIndex: 0, method: 'GET', url, query: [], headers: [] }],
    options: {
      format: 'autodetect',
      neverError: false,
      acceptStatuses: [],
      timeoutMs: 2_000,
      redirect: { follow: true, max: 5 },
      batch: { size: 0, intervalMs: 0 },
      delayMs: 0,
      continueOnFail: false,
    },
    state: null,
  };
  return executor.perform({
    tenant: 'acme',
    effect: { kind: 'http', class: 'idempotent', payload: payload as JsonObject },
    key: 'k',
    policy: POLICY,
  });
}

describe('executor on workerd', () => {
  it('runs code in its own isolates when there is no code host', async ({ expect }) => {
    expect(
      await run('const items = $input.all(); return [{ n: items.length, day: DateTime.fromMillis(0).weekday }]'),
    ).toMatchObject({
      ok: true,
      value: { outputJson: '{"value":[{"n":1,"day":4}]}', round: 0, names: [] },
    });
  });

  it('[PYT1] runs Python in its own isolates', async ({ expect }) => {
    const python = { language: 'python' as const };
    expect(await run('print("hi")\nreturn {"n": _json.a + 1}', python)).toMatchObject({
      ok: true,
      value: { outputJson: '{"value":{"n":2},"logs":["hi"]}' },
    });
    expect(await run('return 1 / 0', python)).toMatchObject({
      ok: false,
      error: { code: 'code-error', message: 'divide by zero [line 1]' },
    });
  });

  it('[COD11] grants requests of code under the egress rules, and only where allowed', async ({ expect }) => {
    const code = 'return { status: (await fetch("http://10.0.0.1/")).status }';
    expect(await run(code)).toMatchObject({ ok: false, error: { code: 'network-denied' } });
    expect(await run(code, { network: true })).toMatchObject({ ok: false, error: { code: 'egress-refused' } });
  });

  it('[COD12] reads and makes files', async ({ expect }) => {
    const code = `const file = await this.helpers.prepareBinaryData(Buffer.alloc(100000, 'x'), 'a.txt');
      items[0].binary = { file };
      return { length: (await this.helpers.getBinaryDataBuffer(0, 'file')).length, id: typeof file.id }`;
    expect(await run(code)).toMatchObject({
      ok: true,
      value: { outputJson: '{"value":{"length":100000,"id":"string"}}' },
    });
  });

  it('[COD2] says where code fails', async ({ expect }) => {
    expect(await run('const a = 1;\nnope()')).toMatchObject({
      ok: false,
      error: { code: 'code-error', message: 'nope is not defined [line 2]' },
    });
    expect(await run('const = 1')).toMatchObject({
      ok: false,
      error: { code: 'code-error', message: "SyntaxError: Unexpected token '=' [line 1]" },
    });
  });

  it('[COD1] gives code no way out', async ({ expect }) => {
    expect(await run('return [{ r: await (await fetch("http://example.com/")).text() }]')).toMatchObject({
      ok: false,
      error: { code: 'network-denied' },
    });
    expect(await run('return [{ r: (await globalThis.fetch("http://example.com/")).status }]')).toMatchObject({
      ok: false,
      error: { code: 'code-error' },
    });
  });

  it('[COD15] says what failing code printed', async ({ expect }) => {
    expect(await run('console.log("one", { a: 1 });\nnope()')).toMatchObject({
      error: { detail: 'Console before it failed:\none {"a":1}' },
    });
  });

  it('[EGR2] refuses private addresses and says so without throwing', async ({ expect }) => {
    const replies = await Promise.all(
      ['http://127.0.0.1:8787/', 'http://[::ffff:7f00:1]/', 'http://2852039166/', 'http://metadata/'].map(get),
    );
    expect(replies.map((reply) => (reply.ok ? 'ok' : reply.error.code))).toEqual(Array(4).fill('egress-refused'));
  });
});
