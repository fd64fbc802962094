import { afterAll, beforeAll, describe, it } from 'vitest';
import { Launcher, type Ready, removeDataDir, temporaryDataDir } from '../harness/launcher.ts';
import { chain, hook, node } from './documents.ts';
import { freePort, readAnswer } from './server.ts';

const dataDir = temporaryDataDir();
let launcher: Launcher;
let ready: Ready;

const boot = async (): Promise<void> => {
  launcher = new Launcher({ dataDir, env: { PORT: String(await freePort()) } });
  ready = await launcher.ready();
};
beforeAll(boot);
afterAll(async () => {
  await launcher.stop();
  removeDataDir(dataDir);
});

async function api(method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${ready.apiKey}`, 'content-type': 'application/json' };
  const answer = await readAnswer(
    await fetch(ready.url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
  );
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.json ?? {};
}

async function publish(document: object): Promise<void> {
  const { id } = await api('POST', '/v1/workflows', document);
  await api('POST', `/v1/workflows/${String(id)}/publish`);
}

const call = async (path: string, body: unknown, headers: Record<string, string> = {}) =>
  readAnswer(
    await fetch(`${ready.url}/hooks/${ready.tenant}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );

describe('what workflows keep', () => {
  it('[TBL5] rows of data tables and values seen outlive the server', async ({ expect }) => {
    const { apiKey } = ready;
    const table = await api('POST', '/v1/data-tables', {
      name: 'orders',
      columns: [{ name: 'number', type: 'number' }],
    });
    const rows = { mappingMode: 'defineBelow', value: { number: '={{ $json.body.n }}' } };
    await publish(
      chain('Orders', [
        hook('order', 'lastNode'),
        node('new', 'remove-duplicates', 2, {
          operation: 'removeItemsSeenInPreviousExecutions',
          dedupeValue: '={{ $json.body.n }}',
        }),
        node('row', 'data-table', 1.1, { dataTableId: { __rl: true, mode: 'name', value: 'orders' }, columns: rows }),
      ]),
    );
    for (const n of [1, 2, 1]) await call('order', { n });
    await launcher.stop();
    await boot();
    ready = { ...ready, apiKey: ready.apiKey || apiKey };
    for (const n of [2, 3]) await call('order', { n });
    const kept = await api('GET', `/v1/data-tables/${String(table['id'])}/rows`);
    expect((kept['rows'] as { number: number }[]).map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('[HOOK16] nobody passes for a listed address by saying so', async ({ expect }) => {
    await publish(chain('Far', [hook('far', 'lastNode', { options: { ipWhitelist: '203.0.113.7' } })]));
    const claims = {
      'cf-connecting-ip': '203.0.113.7',
      'x-forwarded-for': '203.0.113.7',
      'mf-cf-blob': '{"clientIp":"203.0.113.7"}',
    };
    for (const headers of [{}, claims]) {
      const answer = await call('far', {}, headers);
      expect([answer.status, answer.json?.['code']]).toEqual([403, 'hook-refused']);
    }
  });
});
