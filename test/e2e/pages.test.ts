import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import type { Ready } from '../harness/launcher.ts';
import { violations } from '../harness/web.ts';
import { WebApp } from '../harness/web-app.ts';
import { node } from '../served/documents.ts';
import { talkTests } from './pages/talks.ts';
import { uploadTests } from './pages/uploads.ts';

const field = (fieldLabel: string, more: object = {}) => ({ fieldLabel, ...more });
const choices = (...options: string[]) => ({ values: options.map((option) => ({ option })) });
const WORKFLOW = {
  schema: 1,
  name: 'Expenses',
  settings: {},
  notes: [],
  pinned: [],
  nodes: [
    node('First', 'form-trigger', 2.3, {
      formTitle: 'Expenses',
      formDescription: 'What did you <b>pay</b>?<img src=x onerror=alert(1)>',
      options: { path: 'expenses' },
      formFields: {
        values: [
          field('Name', { requiredField: true }),
          field('Amount', { fieldType: 'number' }),
          field('Kind', { fieldType: 'radio', fieldOptions: choices('Travel', 'Meals') }),
          field('Receipt', { fieldType: 'file' }),
        ],
      },
    }),
    node('Second', 'form', 2.3, {
      formFields: { values: [field('Why', { fieldType: 'textarea', requiredField: true })] },
      options: { formTitle: '=Thanks so far, {{ $json.Name }}' },
    }),
    node('End', 'form', 2.3, {
      operation: 'completion',
      completionTitle: 'Received',
      completionMessage: "={{ $('First').item.json.Name }}: {{ $('First').item.json.Amount }} for {{ $json.Why }}",
    }),
  ],
  edges: ['First', 'Second'].map((from, index) => ({
    from: { node: from, port: 'main', index: 0 },
    to: { node: ['Second', 'End'][index], port: 'main', index: 0 },
  })),
};

const CHAT = {
  ...WORKFLOW,
  name: 'Talk',
  nodes: [
    {
      ...node('Chat', 'chat-trigger', 1.3, { public: true, initialMessages: 'Welcome', options: { title: 'Desk' } }),
      webhookId: 'desk',
    },
    node('Say', 'set', 3.4, {
      assignments: {
        assignments: [
          {
            id: 'o',
            name: 'output',
            type: 'string',
            value: '=<b>{{ $json.chatInput }}</b> in {{ $json.sessionId.length }}',
          },
        ],
      },
      options: {},
    }),
  ],
  edges: [{ from: { node: 'Chat', port: 'main', index: 0 }, to: { node: 'Say', port: 'main', index: 0 } }],
};

/** Every kind of question, and the branding it must survive. */
const ALL = {
  ...WORKFLOW,
  name: 'All kinds',
  nodes: [
    node('All', 'form-trigger', 2.3, {
      formTitle: 'Everything we ask',
      formDescription: 'Takes two minutes.',
      responseMode: 'lastNode',
      options: { path: 'all' },
      formFields: {
        values: [
          field('Name', { requiredField: true, placeholder: 'Ada' }),
          field('Story', { fieldType: 'textarea' }),
          field('Mail', { fieldType: 'email' }),
          field('Count', { fieldType: 'number' }),
          field('Word', { fieldType: 'password' }),
          field('Day', { fieldType: 'date' }),
          field('Size', { fieldType: 'dropdown', fieldOptions: choices('S', 'M', 'L') }),
          field('Extras', { fieldType: 'dropdown', multiselect: true, fieldOptions: choices('Bow', 'Card') }),
          field('Colours', { fieldType: 'checkbox', fieldOptions: choices('Red', 'Blue') }),
          field('Way', { fieldType: 'radio', fieldOptions: choices('Post', 'Train'), requiredField: true }),
          field('Papers', { fieldType: 'file', acceptFileTypes: '.txt, .pdf' }),
          { fieldType: 'hiddenField', fieldName: 'source', fieldValue: 'web' },
          { fieldType: 'html', html: '<p>Read the <a href="https://example.com/terms">terms</a>.</p>' },
        ],
      },
    }),
    node('Ask', 'approval', 1, { title: '=Approve {{ $json.Name }}?', message: 'Costs <b>12</b>.' }),
  ],
  edges: [{ from: { node: 'All', port: 'main', index: 0 }, to: { node: 'Ask', port: 'main', index: 0 } }],
};

const VIEWS = {
  'phone, light': { viewport: { width: 360, height: 740 }, colorScheme: 'light' },
  'phone, dark, high contrast': { viewport: { width: 360, height: 740 }, colorScheme: 'dark', contrast: 'more' },
  'desktop, dark': { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  'desktop, forced colours': { viewport: { width: 1280, height: 900 }, forcedColors: 'active' },
} as const;

describe.runIf(hasBrowser)('pages for people, in a browser', () => {
  let app: WebApp;
  let ready: Ready;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    app = await WebApp.served();
    ({ ready } = app);
    for (const workflow of [WORKFLOW, CHAT, ALL]) await publish(workflow);
    page = await (await app.browser.newContext({ javaScriptEnabled: false })).newPage();
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  });
  const runs = async (workflow: string): Promise<{ id: string }[]> => {
    const { workflows } = (await app.api('GET', '/v1/workflows')) as { workflows: { id: string; name: string }[] };
    const { id = '' } = workflows.find(({ name }) => name === workflow) ?? {};
    return ((await app.api('GET', `/v1/runs?workflow=${id}`)) as { runs: { id: string }[] }).runs;
  };
  const publish = async (workflow: object): Promise<unknown> =>
    app.api('POST', `/v1/workflows/${await app.workflow(workflow)}/publish`);
  talkTests(() => ({ url: ready.url, browser: app.browser, publish }));
  uploadTests(() => ({ url: ready.url, browser: app.browser, dir: app.dataDir, runs, publish }));
  /** What axe says of a page that runs no scripts: of a copy that does. */
  const faultsOf = async (shown: Page): Promise<string[]> => {
    const copy = await app.browser.newPage();
    const address = shown.url().split('#', 1)[0] ?? '';
    const body = await shown.content();
    await copy.route(address, (route) => route.fulfill({ contentType: 'text/html', body }));
    await copy.goto(address);
    const found = await violations(copy);
    await copy.close();
    return found;
  };
  afterAll(() => app?.close());

  it('[PAG1][PAG3] says what is wrong, and the summary leads to it', async ({ expect }) => {
    await page.goto(`${ready.url}/forms/local/expenses`);
    await expect.poll(() => page.locator('.lead b').textContent()).toBe('pay');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByLabel('Amount').fill('12.5');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('link', { name: 'Name: Fill this in.' }).click();
    await expect.poll(() => page.url()).toMatch(/#field-0$/);
    expect(await faultsOf(page)).toEqual([]);
    await expect.poll(() => page.getByLabel('Amount').inputValue()).toBe('12.5');
    await expect.poll(() => page.getByLabel('Name').getAttribute('aria-invalid')).toBe('true');
  });

  it('[PAG5][PAG7] goes from page to page by keyboard and ends, also in another tab', async ({ expect }) => {
    await page.getByLabel('Name').fill('Ada');
    await page
      .getByLabel('Receipt')
      .setInputFiles({ name: 'r.txt', mimeType: 'text/plain', buffer: Buffer.from('paid') });
    await page.getByLabel('Travel').check();
    await page.getByRole('button', { name: 'Submit' }).press('Enter');
    await page.getByRole('heading', { name: 'Thanks so far, Ada' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByLabel('Why').fill('a train');
    await other.getByRole('button', { name: 'Submit' }).click();
    await other.getByRole('heading', { name: 'Received' }).waitFor();
    await expect.poll(() => other.locator('.lead').textContent()).toBe('Ada: 12.5 for a train');
    expect(await faultsOf(other)).toEqual([]);
    await page.getByLabel('Why').fill('too late');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('heading', { name: 'Received' }).waitFor();
  });

  it('[CHT6] a chat goes on without reloading, by keyboard, and shows text as text', async ({ expect }) => {
    const chat = await app.browser.newPage();
    chat.on('pageerror', (error) => faults.push(error.message));
    chat.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await chat.goto(`${ready.url}/chats/local/desk`);
    await chat.getByLabel('Message').fill('<i>hi</i>');
    await chat.keyboard.press('Enter');
    await chat.locator('#said li').nth(2).waitFor();
    // it takes the next message once the run that answered is over
    await chat.locator('form#chat:not([aria-busy])').waitFor();
    await chat.getByLabel('Message').fill('again');
    await chat.getByRole('button', { name: 'Send' }).click();
    await chat.locator('#said li').nth(4).waitFor();
    const said = () => chat.locator('#said li').allTextContents();
    await expect
      .poll(said)
      .toEqual([
        'Answer: Welcome',
        'You: <i>hi</i>',
        'Answer: <b><i>hi</i></b> in 36',
        'You: again',
        'Answer: <b>again</b> in 36',
      ]);
    expect(await violations(chat)).toEqual([]);
    if (process.env['SCREENSHOTS']) await chat.screenshot({ path: `${process.env['SCREENSHOTS']}/chat.png` });
  });

  it('[CHT6] a chat works without scripts', async ({ expect }) => {
    await page.goto(`${ready.url}/chats/local/desk`);
    for (const text of ['one', 'two']) {
      await page.getByLabel('Message').fill(text);
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText(`<b>${text}</b> in 36`).waitFor();
    }
    await expect.poll(() => page.locator('#said li').count()).toBe(5);
  });

  it('[CHT8][CHT9] a chat draws Markdown, and a reload shows it again', async ({ expect }) => {
    const chat = await app.browser.newPage();
    chat.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await chat.goto(`${ready.url}/chats/local/desk`);
    await chat
      .getByLabel('Message')
      .fill('one\n\n- a\n- **b**\n\n![x](https://evil.test/x.png) [y](javascript:alert(1))');
    await chat.keyboard.press('Enter');
    const answer = chat.locator('#said > li.chat').nth(1);
    await answer.locator('ul > li').nth(1).waitFor();
    await expect.poll(() => answer.locator('strong').textContent()).toBe('b');
    expect(await answer.locator('img, a[href^="javascript"]').count()).toBe(0);
    expect(await violations(chat)).toEqual([]);
    await chat.reload();
    await chat.locator('#said > li').nth(2).waitFor();
    await expect.poll(() => chat.locator('#said > li').count()).toBe(3);
    await chat.locator('form#chat:not([aria-busy])').waitFor();
    await chat.getByLabel('Message').fill('on');
    await chat.keyboard.press('Enter');
    await chat.locator('#said > li').nth(4).waitFor();
    await chat.getByRole('button', { name: 'New conversation' }).click();
    await expect.poll(() => chat.locator('#said > li').count()).toBe(1);
    await chat.context().close();
  });

  it('[CHT10] a chat says why there was no answer, and keeps what was typed', async ({ expect }) => {
    const chat = await app.browser.newPage({ locale: 'de-DE' });
    await chat.goto(`${ready.url}/chats/local/desk`);
    await chat.route('**/chats/**', (route) => route.abort());
    await chat.getByLabel('Nachricht').fill('bist du da');
    await chat.keyboard.press('Enter');
    await chat.getByText('Es kam keine Antwort. Bitte noch einmal versuchen.').waitFor();
    await expect.poll(() => chat.getByLabel('Nachricht').inputValue()).toBe('bist du da');
    await expect.poll(() => chat.locator('#said > li').count()).toBe(1);
    await chat.close();
  });

  for (const [name, options] of Object.entries(VIEWS)) {
    it(`[PAG1][PAG17] pages can be read and fit: ${name}`, { timeout: 120_000 }, async ({ expect }) => {
      const context = await app.browser.newContext(options);
      const shown = await context.newPage();
      const look = async (what: string) => {
        expect(await faultsOf(shown), what).toEqual([]);
        const wide = await shown.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wide, `${what} scrolls sideways`).toBeLessThanOrEqual(0);
        const to = process.env['SCREENSHOTS'];
        if (to) await shown.screenshot({ path: `${to}/${what}, ${name}.png`, fullPage: true });
      };
      await shown.goto(`${ready.url}/forms/local/all`);
      await look('form');
      await shown.getByRole('button', { name: 'Submit' }).click();
      await shown.getByRole('alert').waitFor();
      await look('form, wrong');
      await shown.goto(`${ready.url}/chats/local/desk`);
      await look('chat');
      await context.close();
    });
  }

  it('[PAG13][PAG14][SHR2] asks everything, then somebody else decides, and the run is shown to a third', async ({
    expect,
  }) => {
    const visitor = await (await app.browser.newContext({ javaScriptEnabled: false })).newPage();
    await visitor.goto(`${ready.url}/forms/local/all?Count=3`);
    // By keyboard alone: what is typed goes where the focus is.
    await visitor.keyboard.press('Tab');
    await visitor.keyboard.type('Ada');
    await visitor.getByLabel('Mail').fill('ada@example.com');
    await visitor.getByLabel('Day').fill('2026-03-31');
    await visitor.getByLabel('Size').selectOption('M');
    await visitor.getByLabel('Extras').selectOption(['Bow', 'Card']);
    await visitor.getByLabel('Blue').check();
    const files = ['a "b" <c>.txt', '../../etc/passwd.txt'].map((name) => ({
      name,
      mimeType: 'text/plain',
      buffer: Buffer.from(name),
    }));
    await visitor.getByLabel('Papers').setInputFiles(files);
    await visitor.getByRole('button', { name: 'Submit' }).click();
    await visitor.getByRole('link', { name: 'Way: Choose one.' }).click();
    await visitor.keyboard.press('Space');
    await expect.poll(() => visitor.getByLabel('Name').inputValue()).toBe('Ada');
    await expect.poll(() => visitor.getByLabel('Count').inputValue()).toBe('3');
    await expect.poll(() => visitor.getByText('Files have to be chosen again.').isVisible()).toBe(true);
    await visitor.getByLabel('Post').check();
    await visitor.getByLabel('Papers').setInputFiles(files);
    await visitor.getByRole('button', { name: 'Submit' }).click();
    await visitor.getByText('We have your answers').waitFor();
    expect(await faultsOf(visitor)).toEqual([]);
    const run = new URL(visitor.url()).pathname.split('/')[3] ?? '';
    const view = await app.api('GET', `/v1/runs/${run}`);
    const [asked] = view['nodes'] as { outputs: { json: object; binary: object }[][] }[];
    expect(asked?.outputs[0]?.[0]?.json).toMatchObject({
      Name: 'Ada',
      Count: 3,
      Size: 'M',
      Extras: ['Bow', 'Card'],
      Colours: ['Blue'],
      Way: 'Post',
      source: 'web',
      Papers: [expect.anything(), expect.anything()],
    });
    const [resume] = view['resumeUrls'] as { url: string }[];
    const approver = await (await app.browser.newContext({ javaScriptEnabled: false, locale: 'de-DE' })).newPage();
    await approver.goto(`${new URL(resume?.url ?? '', ready.url).href}?decision=Approve`);
    await expect.poll(() => approver.getByRole('radio', { name: 'Genehmigen' }).isChecked()).toBe(true);
    expect(await faultsOf(approver)).toEqual([]);
    await approver.getByLabel('Bemerkung').fill('gut');
    await approver.getByRole('button', { name: 'Senden' }).click();
    await approver.getByRole('heading', { name: 'Genehmigt' }).waitFor();
    await visitor.reload();
    await visitor.getByText('Your response has been recorded').waitFor();
    const { url } = await app.api('POST', `/v1/runs/${run}/shares`, { withData: true });
    await approver.goto(String(url));
    await approver.getByRole('heading', { name: 'All kinds' }).waitFor();
    await approver.getByText('1 Element', { exact: true }).first().click();
    await expect.poll(() => approver.locator('pre').first().textContent()).toContain('"fileName": "passwd.txt"');
    expect(await faultsOf(approver)).toEqual([]);
  });

  it('[PAG1] asks for nothing its policy refuses', async ({ expect }) => {
    expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  });
});
