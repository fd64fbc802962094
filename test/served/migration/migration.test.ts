import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { JsonObject } from '../../../core/data/item.ts';
import { Server, readAnswer, type Answer, type RunView } from '../server.ts';
import { Mailbox } from './mailbox.ts';
import { edit, importReal, missing, publish, put } from './real-file.ts';
import { jsonText, StandIn } from './stand-in.ts';

const SUGGESTIONS = ['n8n tutorial', 'n8n vs zapier', 'n8n <self> "hosted"'];
const BREACH = { Name: 'Adobe', Title: 'Adobe', BreachDate: '2013-10-04', PwnCount: 152_445_165 };
const STORIES = [
  ['1.', 'A browser in a spreadsheet', 'https://example.com/1'],
  ['2.', 'Show HN: Mills that race', 'https://example.com/2'],
  ['3.', 'Show HN: Ünïcode & co', 'https://example.com/3'],
];
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

let server: Server;
let world: StandIn;
beforeAll(async () => {
  if (missing !== undefined) return;
  server = await Server.start();
  world = await StandIn.start({
    quotes: () => jsonText([{ q: 'Simplicity is the soul of efficiency.', a: 'Austin Freeman' }]),
    google: () => ({
      type: 'text/xml; charset=UTF-8',
      body: `<?xml version="1.0"?><toplevel>${SUGGESTIONS.map(
        (text) => `<CompleteSuggestion><suggestion data="${escaped(text)}"/></CompleteSuggestion>`,
      ).join('')}</toplevel>`,
    }),
    pwned: () => jsonText(BREACH),
    hackernews: () => ({
      type: 'text/html',
      body: `<table>${STORIES.map(
        ([rank, title, url]) =>
          `<tr class="athing"><td><span class="rank">${rank}</span></td><td><a class="storylink" href="${url}">${title}</a></td></tr>`,
      ).join('')}</table>`,
    }),
    novita: ({ body }) => {
      const { messages } = JSON.parse(body) as { messages: { content: string }[] };
      return jsonText({ choices: [{ message: { content: ` You said: ${messages.at(-1)?.content} ` } }] });
    },
  });
});
afterAll(async () => {
  world?.stop();
  await server?.stop();
});

const get = async (url: string): Promise<Answer> => readAnswer(await fetch(url));
const itemsBy = (run: RunView, name: string): JsonObject[] => {
  const step = run.nodes.findLast((each) => each.nodeName === name);
  if (!step) throw new Error(`"${name}" did not run: ${run.status} ${JSON.stringify(run.error)}`);
  return (step.outputs[0] ?? []).map((item) => item.json);
};

describe.skipIf(missing !== undefined)(`real n8n workflows (${missing ?? 'from ../shared/data'})`, () => {
  it('quotes on demand: an API behind a webhook that answers at once', async ({ expect }) => {
    const { id } = await importReal(server, '131835ac8be32cec', { 'https://zenquotes.io': `${world.url}/quotes` });
    const answer = await get(await publish(server, id));
    expect(answer.json).toEqual({ message: 'Workflow was started' });
    const run = await server.run(answer.headers.get('x-millrace-run') ?? '');
    expect(itemsBy(run, 'Format data')).toMatchObject([
      { quotes: '"Simplicity is the soul of efficiency." - Austin Freeman' },
    ]);
    expect(run.status).toBe('success');
  });

  it('a webhook that checks its sender’s signature over the raw body', async ({ expect }) => {
    const { id } = await importReal(server, '2b5ba9ea29a53fb4');
    const url = await publish(server, id);
    const body = '{"event":"update",  "row":"Ü"}';
    const post = (signature: string) =>
      fetch(url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'x-seatable-signature': `sha256=${signature}` },
      });
    // The file's secret is left empty, as shared files do.
    expect((await post(createHmac('sha256', '').update(body).digest('hex'))).status).toBe(200);
    expect((await post('0'.repeat(64))).status).toBe(403);
  });

  it('JSON answered as XML, from the first generation of nodes', async ({ expect }) => {
    const { id } = await importReal(server, 'd2e71c1a3b6e9930');
    const answer = await get(await publish(server, id));
    expect(answer.headers.get('content-type')).toMatch(/^application\/xml/);
    expect(answer.text.replace(/>\s+</g, '><')).toContain('<number>1</number><string>my text</string>');
  });

  it('search suggestions: XML from an API, split, cleaned and aggregated', async ({ expect }) => {
    const { id } = await importReal(server, '1a4b39d28fecd058', { 'https://google.com': `${world.url}/google` });
    const answer = await get(`${await publish(server, id)}?q=n8n`);
    expect(answer.json).toEqual({ Keywords: SUGGESTIONS });
    expect(world.calls.findLast(({ path }) => path === 'complete/search')?.query.get('q')).toBe('n8n');
  });

  it('the centroid of vectors, by code behind a webhook', async ({ expect }) => {
    const { id, report } = await importReal(server, 'c0fa8c526e36d239');
    expect(report.nodes.map(({ status }) => status)).toEqual(['runs', 'runs', 'runs', 'runs']);
    const url = await publish(server, id);
    expect((await get(`${url}?vectors=[[1,2,3],[3,4,5]]`)).json).toEqual({ centroid: [2, 3, 4] });
    expect((await get(`${url}?vectors=[[1],[3,4]]`)).json).toEqual({ error: 'Vectors have inconsistent dimensions.' });
  });

  it('loops in loops, the inner one in a sub-workflow: the workflow calls itself', async ({ expect }) => {
    const { id } = await importReal(server, '5849f5aefb45bf1b');
    await edit(server, id, ({ type, parameters }) => {
      if (type === 'execute-workflow') put(parameters, ['workflowId', 'value'], id);
    });
    await server.ok('POST', `/v1/workflows/${id}/publish`);
    const run = await server.start(id);
    expect(run.error).toBeUndefined();
    expect(itemsBy(run, 'Loop Over Colors').map(({ result }) => result)).toEqual(
      ['yellow', 'blue', 'green'].flatMap((color) => [1, 2, 3].map((number) => `${color} - ${number}`)),
    );
  });

  it('asynchronous calls: two sub-workflows report to the resume URL of the one that waits', async ({ expect }) => {
    const { id } = await importReal(server, '3ff09842b7ca2eb5');
    await edit(server, id, ({ type, parameters }) => {
      if (type === 'execute-workflow') put(parameters, ['workflowId', 'value'], id);
    });
    await server.ok('POST', `/v1/workflows/${id}/publish`);
    const started = await server.start(id, {}, '1s');
    let run = await server.run(started.id, '30s');
    for (let tries = 0; run.status === 'waiting' && tries < 30; tries++) run = await server.run(started.id, '2s');
    expect(run.error).toBeUndefined();
    // twice the seconds each was asked to wait
    expect(Object.values(itemsBy(run, 'Sum')[0] ?? {})).toEqual([16]);
  });

  it('news of breaches: remembers the last one in a file of the tenant', async ({ expect }) => {
    const { id } = await importReal(server, '0ae6f3523052e112', { 'https://haveibeenpwned.com': `${world.url}/pwned` });
    // A file without settings has the old order; pasted into n8n's editor, as it was meant, it takes the new one.
    await edit(server, id, () => undefined, { executionOrder: 'v1' });
    const { document } = await server.ok('GET', `/v1/workflows/${id}`);
    const { nodes } = document as unknown as { nodes: { id: string; type: string }[] };
    const node = (type: string): string => nodes.find((each) => each.type === type)?.id ?? '';
    const from = (type: string) => server.start(id, { node: node(type) });
    expect((await from('manual')).status).toBe('success');
    const names = (run: RunView) => run.nodes.map(({ nodeName }) => nodeName);
    const first = await from('schedule');
    expect([first.error, names(first).includes('New breach')]).toEqual([undefined, true]);
    const second = await from('schedule');
    expect([second.error, names(second).includes('Old breach')]).toEqual([undefined, true]);
  });

  it('the news that trend: a page scraped on a schedule, and an e-mail of what is new', async ({ expect }) => {
    const mailbox = await Mailbox.open();
    try {
      const credential = await server.ok('POST', '/v1/credentials', {
        type: 'smtp',
        name: 'Local mail',
        values: { host: '127.0.0.1', port: mailbox.port, user: 'ada', password: 'secret', secure: false },
      });
      const { id, report } = await importReal(server, '575f03fa2fd198ef', {
        'https://news.ycombinator.com': `${world.url}/hackernews`,
      });
      expect(report.counts['needs-connector']).toBe(0);
      await edit(server, id, (node) => {
        if (node.type !== 'email-send') return;
        node.credentials = { smtp: { id: String(credential['id']), name: 'Local mail' } };
        Object.assign(node.parameters, { fromEmail: 'news@example.com', toEmail: 'ada@example.com' });
      });
      const run = await server.start(id);
      expect(run.error).toBeUndefined();
      const [mail] = mailbox.mails;
      expect([mail?.subject, mail?.text?.replaceAll('\r\n', '\n').trim()]).toEqual([
        'Trending Show HN',
        'Currently trending "Show HN":\n\n2. Show HN: Mills that race\nhttps://example.com/2\n\n3. Show HN: Ünïcode & co\nhttps://example.com/3',
      ]);
      expect(JSON.stringify(run)).not.toContain('secret');
    } finally {
      mailbox.close();
    }
  });

  it('a form that makes passwords: asks, computes, and shows the author’s page but does not run its script', async ({
    expect,
  }) => {
    const { id } = await importReal(server, 'df7e417a35e06c23');
    const url = await publish(server, id);
    const asked = await (await fetch(url)).text();
    expect(asked).toContain('rand pass generator');
    const submission = /name="submission" value="([^"]+)"/.exec(asked)?.[1] ?? '';
    const fields = new URLSearchParams({ submission, 'field-0': '24', 'field-1': '3' });
    const answer = await fetch(url, { method: 'POST', body: fields, headers: { origin: new URL(url).origin } });
    const shown = await answer.text();
    // its Set node makes copies in manual runs only, as n8n's does
    expect([answer.status, shown.match(/<li>[^<]+<\/li>/g)?.length]).toEqual([200, 1]);
    expect(shown).toContain('3X 24-char random strings');
    // the author's page has a script, which no browser may run here
    expect(shown).toMatch(/<script/i);
    expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'none'|default-src 'none'/);
  });
});
