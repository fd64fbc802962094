import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Item, JsonObject } from '../../../../core/data/item.ts';
import type { NodeType } from '../../../../core/node/kit.ts';
import { node as graphql } from '../../../../core/nodes/graphql/index.ts';
import { node as rss } from '../../../../core/nodes/rss-feed-read/index.ts';
import { node as rssTrigger } from '../../../../core/nodes/rss-feed-read-trigger/index.ts';
import { NOW_MS, type Trial, compileFor, stepOf } from '../../../../core/nodes/testing.ts';
import { perform } from '../../perform.ts';
import { LOCAL, fakePorts } from '../../testing/fakes.ts';

const RSS = `<?xml version="1.0"?><rss version="2.0" xmlns:itunes="x"><channel><title>F</title>
<item><title>Two &amp; more</title><link>https://e.test/2</link><guid isPermaLink="false">g2</guid>
<pubDate>Mon, 02 Mar 2026 10:00:00 +0100</pubDate><dc:creator>Ada</dc:creator><category>a</category><category>b</category>
<description><![CDATA[<p>Hi &eacute;</p><p>there</p>]]></description><content:encoded><![CDATA[<b>x</b>]]></content:encoded>
<enclosure url="https://e.test/a.mp3" length="5" type="audio/mpeg"/><itunes:duration>5</itunes:duration>
<media:thing url="u"/></item>
<item><title>One</title><pubDate>Sat, 28 Feb 2026 10:00:00 GMT</pubDate></item></channel></rss>`;
const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">A</title><id>i</id>
<link rel="self" href="s"/><link href="https://e.test/a"/><published>2026-03-01T00:00:00Z</published>
<updated>2026-03-02T00:00:00Z</updated><author><name>Bob</name></author><content type="html">&lt;i&gt;c&lt;/i&gt;</content></entry></feed>`;

let answers: Record<string, { type: string; body: string | Buffer; status?: number }> = {};
let asked: { url: string; body: string; type: string | undefined }[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    asked.push({ url: request.url ?? '', body, type: request.headers['content-type'] });
    const found = answers[new URL(request.url ?? '/', 'http://x').pathname];
    response.writeHead(found?.status ?? (found ? 200 : 404), { 'content-type': found?.type ?? 'text/plain' });
    response.end(found?.body ?? 'no');
  });
});
let base = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

interface Outcome {
  items: JsonObject[];
  keep: JsonObject | undefined;
}

/** Runs a node with the executor performing its effects. */
async function run(type: NodeType, trial: Trial): Promise<Outcome> {
  const ports = fakePorts();
  const executor = compileFor(type, trial);
  const step = stepOf(type, trial);
  let result = executor.run(step);
  while (result.kind === 'effect') {
    const reply = await perform({ tenant: 't1', effect: result.effect, key: 'k', policy: LOCAL }, ports);
    if (!reply.ok) throw Object.assign(new Error(reply.error.message), { code: reply.error.code });
    const next = executor.resume?.(step, { kind: 'reply', value: structuredClone(reply.value) });
    if (!next) throw new Error('The node cannot go on.');
    result = next;
  }
  if (result.kind !== 'output') throw new Error(`The node answered ${result.kind}.`);
  return { items: (result.outputs[0] ?? []).map((item: Item) => item.json), keep: result.keep?.node };
}

describe('feeds', () => {
  it('[RSS1] reads RSS and Atom entries with the fields n8n gives them', async ({ expect }) => {
    answers = { '/rss': { type: 'application/rss+xml', body: RSS }, '/atom': { type: 'text/xml', body: ATOM } };
    const options = { customFields: 'media:thing' };
    const { items } = await run(rss, {
      parameters: { url: '={{ $json.u }}', options },
      items: [{ u: `${base}/rss` }, { u: `${base}/atom` }],
    });
    expect(items).toEqual([
      {
        creator: 'Ada',
        title: 'Two & more',
        link: 'https://e.test/2',
        pubDate: 'Mon, 02 Mar 2026 10:00:00 +0100',
        'content:encoded': '<b>x</b>',
        'content:encodedSnippet': 'x',
        'dc:creator': 'Ada',
        'media:thing': { $: { url: 'u' } },
        enclosure: { url: 'https://e.test/a.mp3', length: '5', type: 'audio/mpeg' },
        content: '<p>Hi &eacute;</p><p>there</p>',
        contentSnippet: 'Hi é\nthere',
        guid: 'g2',
        categories: ['a', 'b'],
        isoDate: '2026-03-02T09:00:00.000Z',
        itunes: { duration: '5' },
      },
      { title: 'One', pubDate: 'Sat, 28 Feb 2026 10:00:00 GMT', isoDate: '2026-02-28T10:00:00.000Z' },
      {
        title: 'A',
        link: 'https://e.test/a',
        author: 'Bob',
        id: 'i',
        pubDate: '2026-03-01T00:00:00.000Z',
        isoDate: '2026-03-01T00:00:00.000Z',
        content: '<i>c</i>',
        contentSnippet: 'c',
      },
    ]);
  });

  it('[RSS2] believes the encoding the feed declares', async ({ expect }) => {
    const body = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?><rss><channel><item><title>gr\xfcn</title></item></channel></rss>',
      'latin1',
    );
    answers = { '/rss': { type: 'application/xml; charset=utf-8', body } };
    expect((await run(rss, { parameters: { url: `${base}/rss` } })).items).toEqual([{ title: 'grün' }]);
  });

  it('[RSS3] says what is no feed, and goes on when told to', async ({ expect }) => {
    answers = { '/html': { type: 'text/html', body: '<html><p>x</html>' }, '/xml': { type: 'text/xml', body: '<a/>' } };
    const read = (path: string): Promise<Outcome> => run(rss, { parameters: { url: `${base}${path}` } });
    await expect(read('/xml')).rejects.toMatchObject({ code: 'no-feed' });
    await expect(read('/html')).rejects.toMatchObject({ code: 'bad-xml' });
    await expect(read('/none')).rejects.toMatchObject({ code: 'http-status' });
    await expect(run(rss, { parameters: { url: 'ftp://x' } })).rejects.toMatchObject({ code: 'bad-url' });
    answers['/rss'] = { type: 'text/xml', body: '<rss><channel><item><title>t</title></item></channel></rss>' };
    const items = ['/xml', '/none', '/rss'].map((path) => ({ u: base + path }));
    const made = await run(rss, {
      parameters: { url: '={{ $json.u }}' },
      items: [...items, { u: '' }],
      continueOnFail: true,
    });
    expect(made.items.map((json) => json['title'] ?? String(json['error']).slice(0, 60))).toEqual([
      'Feed not recognized as RSS 1 or 2.',
      expect.stringContaining('404'),
      't',
      'The parameter "URL" has to be set!',
    ]);
  });

  it('[RSS4] starts with entries newer than the last look, each once', async ({ expect }) => {
    answers = { '/rss': { type: 'text/xml', body: RSS } };
    const parameters = { feedUrl: `${base}/rss` };
    const titles = async (trial: Trial): Promise<[unknown[], JsonObject | undefined]> => {
      const { items, keep } = await run(rssTrigger, { parameters, ...trial });
      return [items.map(({ title }) => title), keep];
    };
    const [first, kept] = await titles({ nowMs: NOW_MS });
    expect(first).toEqual(['Two & more']);
    expect(kept).toEqual({ url: `${base}/rss`, since: '2026-03-02T09:00:00.000Z', ids: [] });
    expect((await titles({ kept: { node: kept ?? {} } }))[0]).toEqual([]);
    answers = {
      '/rss': {
        type: 'text/xml',
        body: '<rss><channel><item><guid>a</guid></item><item><guid>b</guid></item></channel></rss>',
      },
    };
    const [, undated] = await titles({ kept: { node: kept ?? {} } });
    expect(undated).toMatchObject({ ids: ['a', 'b'] });
    answers = {
      '/rss': {
        type: 'text/xml',
        body: '<rss><channel><item><guid>c</guid><title>C</title></item><item><guid>b</guid></item></channel></rss>',
      },
    };
    expect((await titles({ kept: { node: undated ?? {} } }))[0]).toEqual(['C']);
    expect((await run(rssTrigger, { parameters, mode: 'manual' })).items).toEqual([{ guid: 'c', title: 'C' }]);
  });
});

describe('GraphQL', () => {
  const send = (parameters: JsonObject, trial: Trial = {}): Promise<Outcome> =>
    run(graphql, { parameters: { endpoint: `${base}/graphql`, query: '{ a }', ...parameters }, ...trial });

  it('[GQL1] sends queries as JSON, as GraphQL or in the address', async ({ expect }) => {
    answers = { '/graphql': { type: 'application/json', body: '{"data":{"a":1}}' } };
    asked = [];
    const made = await send({ variables: '{"n":1}', operationName: 'q' });
    expect(made.items).toEqual([{ data: { a: 1 } }]);
    await send({}, { version: 1 });
    await send({ requestMethod: 'GET', variables: { n: 2 } });
    expect(asked).toEqual([
      { url: '/graphql', body: '{"query":"{ a }","variables":{"n":1},"operationName":"q"}', type: 'application/json' },
      { url: '/graphql', body: '{ a }', type: 'application/graphql' },
      { url: '/graphql?query=%7B%20a%20%7D&variables=%7B%22n%22%3A2%7D', body: '', type: undefined },
    ]);
    expect((await send({ responseFormat: 'string', dataPropertyName: 't' })).items).toEqual([
      { t: '{"data":{"a":1}}' },
    ]);
  });

  it('[GQL2] errors in the answer fail the item, whatever the status', async ({ expect }) => {
    answers = { '/graphql': { type: 'application/json', body: '{"errors":[{"message":"bad"},{"message":"worse"}]}' } };
    await expect(send({})).rejects.toThrow('bad, worse');
    expect((await send({}, { continueOnFail: true })).items).toEqual([{ error: 'bad, worse' }]);
    answers = { '/graphql': { type: 'text/html', body: '<html>' } };
    await expect(send({})).rejects.toMatchObject({ code: 'bad-json' });
    await expect(send({ variables: '{' })).rejects.toMatchObject({ code: 'bad-json-parameter' });
    await expect(send({ endpoint: '' })).rejects.toMatchObject({ code: 'bad-url' });
    await expect(send({ authentication: 'headerAuth' })).rejects.toMatchObject({ code: 'credential-missing' });
  });
});
