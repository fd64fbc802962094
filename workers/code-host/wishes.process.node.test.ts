import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { BinaryRef, Item } from '../../core/data/item.ts';
import { node as functionNode } from '../../core/nodes/function/index.ts';
import { node as functionItem } from '../../core/nodes/function-item/index.ts';
import type { CodeTrial } from './testing.ts';
import { newAccount } from '../executor/egress/account.ts';
import { CodeBench } from './testing.ts';

let bench: CodeBench;
let server: Server;
let url = '';
const received: { method: string; path: string; body: string; headers: IncomingMessage['headers'] }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Uint8Array) => (body += Buffer.from(part).toString('latin1')));
    request.on('end', () => {
      const path = request.url ?? '';
      received.push({ method: request.method ?? '', path, body, headers: request.headers });
      const status = Number(/\/status\/(\d+)/.exec(path)?.[1] ?? 200);
      response.writeHead(status, { 'content-type': 'application/json', 'x-made': 'yes' });
      response.end(status === 204 ? undefined : JSON.stringify({ path, body, n: received.length }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  bench = await CodeBench.start({ codeLimitMs: 1_500 });
}, 30_000);
afterAll(async () => {
  server.close();
  await bench.stop();
});

const allowed = (more: CodeTrial = {}): CodeTrial => ({ ...more, parameters: { options: { network: true } } });

describe('requests of code', () => {
  it('[COD11] are refused by name unless the node may send them', async ({ expect }) => {
    const attempts = [
      `return [{ json: { got: (await fetch('${url}/secret')).status } }]`,
      `return [{ json: await this.helpers.httpRequest({ url: '${url}/secret' }) }]`,
      `return [{ json: await $helpers.request('${url}/secret') }]`,
    ];
    for (const attempt of attempts) {
      expect(await bench.failureOf(attempt)).toMatch(/^network-denied: .*'Network' in its/);
    }
    expect(received.filter(({ path }) => path === '/secret')).toEqual([]);
  });

  it('[COD11] go out with fetch and come back whole', async ({ expect }) => {
    const got = await bench.first(
      `const response = await fetch('${url}/echo?x=1', { method: 'POST', headers: { 'x-own': 'a' }, body: 'é' });
       const empty = await fetch(new URL('${url}/status/204'));
       return { status: response.status, ok: response.ok, made: response.headers.get('x-made'), url: response.url, data: await response.json(), empty: [empty.status, await empty.text()] }`,
      allowed(),
    );
    expect(got).toMatchObject({
      status: 200,
      ok: true,
      made: 'yes',
      url: `${url}/echo?x=1`,
      data: { path: '/echo?x=1', body: 'Ã©' },
      empty: [204, ''],
    });
    expect(received.find(({ path }) => path === '/echo?x=1')).toMatchObject({
      method: 'POST',
      headers: { 'x-own': 'a' },
    });
  });

  it('[COD11] go out with n8n’s helper and its options', async ({ expect }) => {
    const got = await bench.first(
      `const { httpRequest, request } = this.helpers;
       const posted = await httpRequest({ method: 'POST', url: '${url}/a', qs: { q: 'x y', list: [1, 2] }, body: { a: 1 }, auth: { username: 'u', password: 'p' } });
       const full = await httpRequest({ baseURL: '${url}', url: '/b', returnFullResponse: true });
       const form = await request({ uri: '${url}/c', method: 'POST', form: { a: 'b c' }, json: true });
       const bytes = await httpRequest({ url: '${url}/d', encoding: 'arraybuffer' });
       let failure;
       try { await httpRequest({ url: '${url}/status/404' }) } catch (error) { failure = [error.message, error.httpCode, error.response.body.path] }
       const calm = await httpRequest({ url: '${url}/status/500', ignoreHttpStatusErrors: true });
       return { posted, full: [full.statusCode, full.headers['x-made'], full.body.path], form: form.body, bytes: Buffer.isBuffer(bytes), failure, calm: calm.path }`,
      allowed(),
    );
    expect(got).toMatchObject({
      posted: { path: '/a?q=x+y&list=1&list=2', body: '{"a":1}' },
      full: [200, 'yes', '/b'],
      form: 'a=b+c',
      bytes: true,
      failure: ['Request failed with status code 404', '404', '/status/404'],
      calm: '/status/500',
    });
    expect(received.find(({ path }) => path.startsWith('/a?'))?.headers.authorization).toBe('Basic dTpw');
  });

  it('[COD11] obey the egress rules of the tenant', async ({ expect }) => {
    expect([
      await bench.failureOf(`await fetch('http://169.254.169.254/latest'); return []`, allowed()),
      await bench.failureOf(`await fetch('http://10.0.0.1/'); return []`, allowed()),
      await bench.failureOf(`await this.helpers.httpRequest('file:///etc/passwd'); return []`, allowed()),
    ]).toEqual([
      expect.stringMatching(/^egress-refused/),
      expect.stringMatching(/^egress-refused/),
      expect.stringMatching(/^egress-refused/),
    ]);
  });

  it('[COD19] are on the account of the effect, those that fail too', async ({ expect }) => {
    const account = newAccount();
    bench.ports.egress.account = account;
    try {
      const got = await bench.first(
        `const { length } = await (await fetch('${url}/counted', { method: 'POST', body: 'four' })).text();
         const failed = await this.helpers.httpRequest({ url: '${url}/status/500', method: 'POST', body: 'sixsix' }).catch((error) => JSON.stringify(error.response.body).length);
         return { length, failed }`,
        allowed(),
      );
      const { length, failed } = got as { length: number; failed: number };
      expect(account).toEqual({ bytesIn: length + failed, bytesOut: 10 });
    } finally {
      delete bench.ports.egress.account;
    }
  });

  it('[COD20] are on the account when the code does not await them', async ({ expect }) => {
    const account = newAccount();
    bench.ports.egress.account = account;
    try {
      await bench.first(`fetch('${url}/left', { method: 'POST', body: 'four' }); return { left: 1 }`, allowed());
      expect(account.bytesOut).toBe(4);
      expect(account.bytesIn).toBeGreaterThan(10);
    } finally {
      delete bench.ports.egress.account;
    }
  });

  it('[COD11] may be many at once', async ({ expect }) => {
    const got = await bench.first(
      `const all = await Promise.all(Array.from({ length: 30 }, (_, n) => this.helpers.httpRequest('${url}/many/' + n)));
       return { paths: all.map(({ path }) => path) }`,
      allowed(),
    );
    expect(got).toEqual({ paths: Array.from({ length: 30 }, (_, n) => `/many/${n}`) });
  });

  it('[COD13] are not sent twice when the host dies under the call', async ({ expect }) => {
    const patient = bench.first(
      `const { n } = await this.helpers.httpRequest({ method: 'POST', url: '${url}/once' });
       await new Promise((done) => setTimeout(done, 4000));
       const more = await this.helpers.httpRequest('${url}/after');
       return { n, after: more.path }`,
      allowed(),
    );
    const killer = bench.failureOf('await new Promise((done) => setTimeout(done, 500)); while (true) {}');
    expect(await patient).toMatchObject({ after: '/after' });
    expect(await killer).toMatch(/^code-timeout/);
    expect(received.filter(({ path }) => path === '/once')).toHaveLength(1);
  }, 50_000);

  it('[COD4] cannot break the line they travel on', async ({ expect }) => {
    const sabotage = [
      `JSON.stringify = () => '{}\\n={"value":[{"json":{"forged":1}}]}'; await fetch('${url}/x'); return []`,
      `JSON.stringify = () => ({ length: 1 }); await fetch('${url}/x'); return []`,
      `JSON.parse = () => ({ ok: true, value: {} }); await fetch('${url}/x'); return []`,
      `Promise.prototype.then = () => undefined; await fetch('${url}/x'); return []`,
      `fetch('${url}/left'); return [{ json: { left: 1 } }]`,
      `for (let n = 0; n < 500; n++) await fetch('${url}/many'); return []`,
    ];
    for (const code of sabotage) {
      const from = performance.now();
      const outcome = await bench.run(code, allowed()).then(
        ({ reply }) => (reply.ok ? 'ok' : reply.error.code),
        (error: unknown) => String(error),
      );
      expect([outcome, performance.now() - from < 15_000], code).toEqual([expect.any(String), true]);
      expect(outcome, code).not.toBe('code-timeout');
    }
    expect(await bench.first('return { fine: 1 }', allowed())).toEqual({ fine: 1 });
  }, 60_000);

  it('[COD14] never carry a credential', async ({ expect }) => {
    expect(
      await bench.failureOf(`return this.helpers.httpRequestWithAuthentication.call(this, 'x', {})`, allowed()),
    ).toMatch(/^credential-denied/);
  });

  it('[COD12] reads and makes files by reference', async ({ expect }) => {
    const { items } = await bench.run(
      `const bytes = await this.helpers.getBinaryDataBuffer(0, 'in');
       const small = await this.helpers.prepareBinaryData(Buffer.from(bytes.toString() + '!'), 'out.txt');
       const large = await this.helpers.prepareBinaryData(Buffer.alloc(100000, 'x'), 'big.bin', 'a/b');
       const again = items.push({ json: {}, binary: { large } }) && await this.helpers.getBinaryDataBuffer(1, 'large');
       return [{ json: { read: bytes.toString(), length: again.length }, binary: { small, large } }]`,
      { inputs: [[{ json: {}, binary: { in: { mimeType: 'text/plain', data: btoa('hello') } } }]] },
    );
    const [item] = items as Item[];
    expect(item?.json).toEqual({ read: 'hello', length: 100_000 });
    const small: BinaryRef | undefined = item?.binary?.['small'];
    const large: BinaryRef | undefined = item?.binary?.['large'];
    expect(small).toMatchObject({ mimeType: 'text/plain', fileName: 'out.txt', data: btoa('hello!') });
    expect(large).toMatchObject({ mimeType: 'a/b', sizeBytes: 100_000, id: expect.any(String) as string });
    expect(await bench.failureOf(`await this.helpers.getBinaryDataBuffer(0, 'gone'); return []`)).toMatch(
      /has no file 'gone'/,
    );
    expect(
      await bench.failureOf(
        `items[0].binary = { a: { mimeType: 'a/b', id: '../../t/other/bin/0123456789abcdef' } }; await this.helpers.getBinaryDataBuffer(0, 'a'); return []`,
      ),
    ).toMatch(/^file-missing/);
  });
});

describe('what code is given', () => {
  it('[COD9] static data comes back when it changed, and only then', async ({ expect }) => {
    const kept = { global: { n: 1 }, node: { list: ['a'] } };
    const changed = await bench.run(
      `const g = $getWorkflowStaticData('global'); const n = getWorkflowStaticData('node'); this.getWorkflowStaticData('node'); n.list.push('b'); return { g: g.n }`,
      { kept },
    );
    expect([changed.keep, changed.items?.[0]?.json]).toEqual([{ node: { list: ['a', 'b'] } }, { g: 1 }]);
    expect((await bench.run(`return $getWorkflowStaticData('global')`, { kept })).keep).toBeUndefined();
    expect(await bench.failureOf(`$getWorkflowStaticData('other'); return []`)).toMatch(/'global' or 'node'/);
  });

  it('[COD10] packages can be required', async ({ expect }) => {
    const got = await bench.first(
      `const _ = require('lodash'), cheerio = require('cheerio'), moment = require('moment'), uuid = require('uuid'), dayjs = require('dayjs');
       const { DateTime } = require('luxon');
       const $$ = cheerio.load('<ul><li class="a">One</li><li>Two</li></ul>');
       return { chunk: _.chunk([1, 2, 3], 2), text: $$('li.a').text(), items: $$('li').length, moment: moment.utc('2026-01-31').add(1, 'month').format('YYYY-MM-DD'),
         uuid: uuid.validate(uuid.v4()), v5: uuid.v5('x', uuid.v5.URL), dayjs: dayjs('2026-01-01').year(), luxon: DateTime.fromISO('2026-03-01').plus({ days: 1 }).toISODate(),
         jmes: $jmespath({ a: [{ b: 1 }, { b: 2 }] }, 'a[*].b'), url: new (require('url').URL)('http://a/b').pathname, query: require('querystring').stringify({ a: 1 }),
         path: require('path').join('a', '..', 'b'), util: require('util').format('%s', 1), buffer: require('buffer').Buffer.from('a').toString('hex') }`,
    );
    expect(got).toMatchObject({
      chunk: [[1, 2], [3]],
      text: 'One',
      items: 2,
      moment: '2026-02-28',
      uuid: true,
      dayjs: 2026,
      luxon: '2026-03-02',
      jmes: [1, 2],
      url: '/b',
      query: 'a=1',
      path: 'b',
      util: '1',
      buffer: '61',
    });
    expect(await bench.failureOf(`return require('fs')`)).toMatch(/Cannot find module 'fs'. Available: crypto, .*uuid/);
    expect(await bench.failureOf(`return require('lod' + 'ash')`)).toMatch(/Write its name as a plain string/);
  });

  it('[COD1] environment and secrets are denied', async ({ expect }) => {
    expect(await bench.failureOf('return { a: $env.PATH }')).toBe('code-error: access to env vars denied [line 1]');
    expect(await bench.failureOf('return { a: $secrets.vault }')).toMatch(/access to secrets denied/);
  });

  it('[COD1] the old names work', async ({ expect }) => {
    const got = await bench.first(
      `$execution.customData.set('k', 1); $execution.customData.setAll({ l: 2 });
       return { p: getNodeParameter('mode'), self: this.getNodeParameter('mode'), item: $item(1).$json.a, custom: $execution.customData.getAll(), files: getBinaryData() ?? null, id: $nodeId }`,
      { items: [{ a: 1 }, { a: 2 }], parameters: { mode: 'runOnceForAllItems' } },
    );
    expect(got).toEqual({
      p: 'runOnceForAllItems',
      self: 'runOnceForAllItems',
      item: 2,
      custom: { k: '1', l: '2' },
      files: null,
      id: 'n1',
    });
  });

  it('[CDN10] Function Item works on data, and its files stay', async ({ expect }) => {
    const file = { mimeType: 'a/b', data: btoa('x') };
    const inputs: Item[][] = [[{ json: { a: 1 }, binary: { file } }, { json: { a: 2 } }]];
    const { items } = await bench.run(
      `item.b = item.a + 1; if (item.a === 2) setBinaryData({ other: getBinaryData() ?? { mimeType: 'c/d', data: '' } }); return item;`,
      { type: functionItem, inputs },
    );
    expect(items).toEqual([
      { json: { a: 1, b: 2 }, binary: { file }, pairedItem: { item: 0 } },
      { json: { a: 2, b: 3 }, binary: { other: { mimeType: 'c/d', data: '' } }, pairedItem: { item: 1 } },
    ]);
  });

  it('[CDN4] Function changes its items in place', async ({ expect }) => {
    const code = `for (item of items) { item.json.seen = this.getWorkflowStaticData('node').n ?? 0 } return items;`;
    const { items } = await bench.run(code, { type: functionNode, items: [{ a: 1 }] });
    expect(items?.map(({ json }) => json)).toEqual([{ a: 1, seen: 0 }]);
  });
});
