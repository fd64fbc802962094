import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { JsonObject } from '../../core/data/item.ts';
import type { WorkflowNode } from '../../core/graph/document.ts';
import { chain, manual, node, set } from './documents.ts';
import { Server, itemsOf } from './server.ts';

const FEED =
  '<rss><channel><item><title>New</title><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate></item><item><title>Old</title></item></channel></rss>';

let server: Server;
const remote = createServer((request, response) => {
  const isFeed = request.url === '/feed';
  response.writeHead(200, { 'content-type': isFeed ? 'application/rss+xml' : 'application/json' });
  response.end(isFeed ? FEED : '{"data":{"ok":true}}');
});
let base = '';
beforeAll(async () => {
  await new Promise<void>((done) => remote.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(remote.address() as AddressInfo).port}`;
  server = await Server.start();
});
afterAll(async () => {
  remote.close();
  await server.stop();
});

/** Runs nodes one after the other; the json of the last one's items. */
async function outcome(name: string, nodes: WorkflowNode[]): Promise<JsonObject[]> {
  const run = await server.start(await server.create(chain(name, nodes)));
  if (run.status !== 'success') throw new Error(`${name}: ${JSON.stringify(run.error)}`);
  return itemsOf(run, nodes.at(-1)?.id ?? '');
}

describe('text in the served product', () => {
  it('[XML1] [XML5] reads and writes XML', async ({ expect }) => {
    const made = await outcome('XML', [
      manual(),
      set('data', { data: '<a b="1">x</a>' }),
      node('read', 'xml', 1, { options: {} }),
      node('write', 'xml', 1, { mode: 'jsonToxml', options: { headless: true } }),
    ]);
    expect(made).toEqual([{ data: '<a>\n  <b>1</b>\n  x\n</a>' }]);
  });

  it('[HTM1] [MRK1] [MRK3] takes HTML apart, and writes Markdown', async ({ expect }) => {
    const values = [{ key: 'part', cssSelector: 'b', returnValue: 'html' }];
    const made = await outcome('HTML', [
      manual(),
      node('page', 'html', 1.2, { html: '<p><b>x <i>y</i></b></p>' }),
      node('take', 'html', 1.2, {
        operation: 'extractHtmlContent',
        dataPropertyName: 'html',
        extractionValues: { values },
        options: {},
      }),
      node('markdown', 'markdown', 1, { html: '={{ $json.part }}', destinationKey: 'md', options: {} }),
      node('back', 'markdown', 1, { mode: 'markdownToHtml', markdown: '={{ $json.md }}', options: {} }),
    ]);
    expect(made).toEqual([{ part: 'x <i>y</i>', md: 'x _y_', data: '<p>x <em>y</em></p>' }]);
  });

  it('[JWT1] [OTP1] [CRY3] proves things with stored credentials, which no run shows', async ({ expect }) => {
    const store = async (type: string, values: JsonObject): Promise<JsonObject> => {
      const { id, name } = await server.ok('POST', '/v1/credentials', { type, name: `My ${type}`, values });
      return { [type]: { id, name } } as JsonObject;
    };
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    const nodes = [
      manual(),
      node(
        'sign',
        'jwt',
        1,
        { claims: { subject: 's' }, options: {} },
        { credentials: await store('jwtAuth', { secret }) },
      ),
      node(
        'mac',
        'crypto',
        2,
        { action: 'hmac', type: 'SHA256', value: 'x' },
        { credentials: await store('crypto', { hmacSecret: secret }) },
      ),
      node('code', 'totp', 1, { options: {} }, { credentials: await store('otpApi', { secret }) }),
    ];
    const run = await server.start(await server.create(chain('Proofs', nodes)));
    expect(run.status).toBe('success');
    expect(itemsOf(run, 'mac')).toEqual([
      {
        token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        data: createHmac('sha256', secret).update('x').digest('hex'),
      },
    ]);
    expect(itemsOf(run, 'code')).toEqual([
      { token: expect.stringMatching(/^\d{6}$/), secondsRemaining: expect.any(Number) },
    ]);
    expect(JSON.stringify(run)).not.toContain(secret);
  });

  it('[QCH3] [QRC1] draws with WebAssembly', async ({ expect }) => {
    const look = node('look', 'edit-image', 1, { operation: 'information' });
    const chart = node('chart', 'quick-chart', 1, { data: [1, 2, 3], chartType: 'pie' });
    expect(await outcome('Chart', [manual(), chart, look])).toMatchObject([
      { format: 'PNG', size: { width: 1000, height: 600 } },
    ]);
    const code = node('code', 'qr-code', 1, { text: 'hello' });
    expect(await outcome('QR', [manual(), code, look])).toMatchObject([{ format: 'PNG', size: { width: 232 } }]);
  });

  it('[RSS1] [RSS4] [GQL1] reads feeds and asks GraphQL', async ({ expect }) => {
    const read = await outcome('Feed', [
      manual(),
      node('rss', 'rss-feed-read', 1.2, { url: `${base}/feed`, options: {} }),
    ]);
    expect(read).toEqual([
      { title: 'New', pubDate: 'Mon, 02 Mar 2026 10:00:00 GMT', isoDate: '2026-03-02T10:00:00.000Z' },
      { title: 'Old' },
    ]);
    const shown = await outcome('Trigger', [node('new', 'rss-feed-read-trigger', 1, { feedUrl: `${base}/feed` })]);
    expect(shown).toMatchObject([{ title: 'New' }]);
    const asked = node('ask', 'graphql', 1.1, { endpoint: `${base}/graphql`, query: '{ ok }' });
    expect(await outcome('GraphQL', [manual(), asked])).toEqual([{ data: { ok: true } }]);
  });

  it('[TOL3] runs code tools', async ({ expect }) => {
    const tool = node('tool', 'tool-code', 1.3, { jsCode: '// counts\nreturn String(query.length)' });
    expect(await outcome('Tool', [manual(), set('ask', { query: 'abcd' }), tool])).toEqual([{ response: '4' }]);
  });
});
