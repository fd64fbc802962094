import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { type ExpectStatic, afterAll, beforeAll, it } from 'vitest';
import { CutProxy } from '../../harness/cut-proxy.ts';
import { violations } from '../../harness/web.ts';

interface World {
  url: string;
  browser: Browser;
  publish(workflow: object): Promise<unknown>;
}

const node = (id: string, type: string, version: number, parameters: object) => ({
  id,
  name: id,
  type,
  version,
  parameters,
  position: [0, 0],
});

/** A public chat whose steps follow one another. */
const chat = (name: string, options: object, ...steps: ReturnType<typeof node>[]) => {
  const trigger = {
    ...node('Chat', 'chat-trigger', 1.4, {
      public: true,
      initialMessages: 'Welcome',
      options: { title: name, ...options },
    }),
    webhookId: name.toLowerCase(),
  };
  const nodes = [trigger, ...steps];
  const edges = steps.map((step, index) => ({
    from: { node: nodes[index]?.id, port: 'main', index: 0 },
    to: { node: step.id, port: 'main', index: 0 },
  }));
  return { schema: 1, name, settings: {}, notes: [], pinned: [], nodes, edges };
};

const said = (page: Page) => page.locator('#said > li').allTextContents();
const event = (content: string): string => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;

/** Chats whose answers come bit by bit. `world`: once it is there. */
export function talkTests(world: () => World): void {
  let service: Server;
  let asked: ServerResponse[] = [];
  let proxy: CutProxy;

  beforeAll(async () => {
    service = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      asked.push(response);
    });
    await new Promise<void>((done) => service.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/v1/chat/completions`;
    proxy = await CutProxy.to(world().url);
    const speak = node('Model', 'http-request', 4.4, { url, options: { stream: true } });
    const then = node('After', 'respond-to-chat', 1.1, { operation: 'send', message: 'Anything else?' });
    await world().publish(chat('Stream', { responseMode: 'streaming' }, speak, then));
    await world().publish(
      chat(
        'Asks',
        { responseMode: 'responseNodes' },
        node('One', 'respond-to-chat', 1.1, { operation: 'send', message: 'Good day.' }),
        node('Two', 'respond-to-chat', 1.1, { operation: 'sendAndWait', message: 'Who are you?' }),
        node('Three', 'respond-to-chat', 1.1, { operation: 'send', message: '=Hello {{ $json.chatInput }}.' }),
      ),
    );
  });
  afterAll(() => {
    for (const response of asked) response.destroy();
    service?.close();
    proxy?.close();
  });

  const open = async (path: string): Promise<Page> => {
    const page = await world().browser.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(proxy.url + path);
    return page;
  };

  /** A page whose first message is with the service that will answer it. */
  const asking = async (expect: ExpectStatic): Promise<Page> => {
    asked = [];
    const page = await open('/chats/local/stream');
    await page.getByLabel('Message').fill('tell me');
    await page.keyboard.press('Enter');
    await expect.poll(() => asked.length).toBe(1);
    return page;
  };

  it(
    '[CHT15] an answer is shown while it grows, over a reload and a lost connection',
    { timeout: 120_000 },
    async ({ expect }) => {
      const page = await asking(expect);
      const [upstream] = asked as [ServerResponse];
      const growing = page.locator('#said > li[aria-busy="true"]');
      upstream.write(event('Once **upon'));
      await expect.poll(() => growing.textContent(), { timeout: 20_000 }).toBe('Answer: Once **upon');
      const started = Date.now();
      upstream.write(event(' a** time'));
      await expect.poll(() => growing.locator('strong').textContent(), { interval: 20 }).toBe('upon a');
      if (process.env['MEASURE']) console.log(`piece to page: ${Date.now() - started} ms`);
      const pictures = process.env['SCREENSHOTS'];
      if (pictures) await page.screenshot({ path: `${pictures}/chat, growing.png` });
      expect(await violations(page)).toEqual([]);
      // in the middle: what was said and what is growing are there again
      await page.reload();
      await expect.poll(() => growing.textContent(), { timeout: 20_000 }).toBe('Answer: Once upon a time');
      await expect.poll(() => said(page)).toEqual(['Answer: Welcome', 'You: tell me', 'Answer: Once upon a time']);
      proxy.cut(true);
      await page.getByText('The connection was lost. It is tried again.').waitFor();
      upstream.write(event(' there was'));
      proxy.mend();
      await expect.poll(() => growing.textContent(), { timeout: 20_000 }).toBe('Answer: Once upon a time there was');
      upstream.end(`${event(' a mill.')}data: [DONE]\n\n`);
      await page.getByText('Anything else?').waitFor();
      const whole = [
        'Answer: Welcome',
        'You: tell me',
        'Answer: Once upon a time there was a mill.',
        'Answer: Anything else?',
      ];
      await expect.poll(() => said(page)).toEqual(whole);
      await expect.poll(() => growing.count()).toBe(0);
      await page.reload();
      await expect.poll(() => said(page)).toEqual(whole);
      expect(asked).toHaveLength(1);
      await page.close();
    },
  );

  it(
    '[CHT12] every answer of a run is shown, and a run that asks gets the next message',
    { timeout: 60_000 },
    async ({ expect }) => {
      const page = await open('/chats/local/asks');
      await page.getByLabel('Message').fill('hello');
      await page.keyboard.press('Enter');
      await page.getByText('Who are you?').waitFor();
      await expect.poll(() => page.locator('form').getAttribute('aria-busy')).toBeNull();
      // the page that comes back listens only once the message is on its way: it would hear the answer twice
      await page.route('**/chats/local/asks?run=*', async (route) => {
        if (route.request().method() === 'GET') await new Promise((done) => setTimeout(done, 1_000));
        await route.continue();
      });
      await page.reload();
      await page.getByText('Who are you?').waitFor();
      await page.getByLabel('Message').fill('Ada');
      await page.keyboard.press('Enter');
      await page.getByText('Hello Ada.').waitFor();
      await page.waitForTimeout(1_500);
      await expect
        .poll(() => said(page))
        .toEqual([
          'Answer: Welcome',
          'You: hello',
          'Answer: Good day.',
          'Answer: Who are you?',
          'You: Ada',
          'Answer: Hello Ada.',
        ]);
      await page.close();
    },
  );

  it(
    '[CHT9] a conversation comes back once there is a connection, and says when it is over',
    { timeout: 60_000 },
    async ({ expect }) => {
      const page = await asking(expect);
      asked[0]?.write(event('Once'));
      await page.getByText('Once').waitFor();
      let lost = 0;
      await page.route('**/chats/local/stream', async (route) => {
        if (route.request().method() === 'POST' && lost++ < 2) await route.abort();
        else await route.continue();
      });
      await page.reload();
      await page.getByText('Once').waitFor();
      await expect.poll(() => said(page)).toEqual(['Answer: Welcome', 'You: tell me', 'Answer: Once']);
      // the run is gone: nothing is waited for any more
      await page.route('**/chats/local/stream?run=*', (route) => route.fulfill({ status: 404, body: '' }));
      proxy.cut(true);
      proxy.mend();
      await expect.poll(() => said(page), { timeout: 20_000 }).toEqual(['Answer: Welcome', 'You: tell me']);
      await expect.poll(() => page.locator('#state').textContent()).toBe('');
      asked[0]?.end('data: [DONE]\n\n');
      await page.close();
    },
  );

  it('[CHT14] a message sent into a lost connection arrives once', { timeout: 60_000 }, async ({ expect }) => {
    const page = await open('/chats/local/asks');
    proxy.cut(true);
    await page.getByLabel('Message').fill('anybody there');
    await page.keyboard.press('Enter');
    await page.getByText('The connection was lost. It is tried again.').waitFor();
    proxy.mend();
    await page.getByText('Who are you?').waitFor();
    await expect.poll(async () => (await said(page)).filter((line) => line === 'You: anybody there')).toHaveLength(1);
    await page.close();
  });
}
