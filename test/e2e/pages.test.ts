import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser, openBrowser } from '../harness/browser.ts';
import type { Ready } from '../harness/launcher.ts';
import { Launcher, removeDataDir, temporaryDataDir } from '../harness/launcher.ts';
import { violations } from '../harness/web.ts';

const field = (fieldLabel: string, more: object = {}) => ({ fieldLabel, ...more });
const choices = (...options: string[]) => ({ values: options.map((option) => ({ option })) });
const node = (id: string, type: string, version: number, parameters: object) => ({
  id,
  name: id,
  type,
  version,
  parameters,
  position: [0, 0],
});
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

describe.runIf(hasBrowser)('pages for people, in a browser', () => {
  const dataDir = temporaryDataDir();
  let launcher: Launcher;
  let ready: Ready;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    launcher = new Launcher({ dataDir });
    ready = await launcher.ready();
    const headers = { authorization: `Bearer ${ready.apiKey}`, 'content-type': 'application/json' };
    for (const workflow of [WORKFLOW, CHAT]) {
      const made = await fetch(`${ready.url}/v1/workflows`, {
        method: 'POST',
        headers,
        body: JSON.stringify(workflow),
      });
      const { id } = (await made.json()) as { id: string };
      const published = await fetch(`${ready.url}/v1/workflows/${id}/publish`, { method: 'POST', headers });
      if (!published.ok) throw new Error(await published.text());
    }
    browser = await openBrowser();
    page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  });
  /** What axe says of a page that runs no scripts: of a copy that does. */
  const faultsOf = async (shown: Page): Promise<string[]> => {
    const copy = await browser.newPage();
    const address = shown.url().split('#', 1)[0] ?? '';
    const body = await shown.content();
    await copy.route(address, (route) => route.fulfill({ contentType: 'text/html', body }));
    await copy.goto(address);
    const found = await violations(copy);
    await copy.close();
    return found;
  };
  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
    removeDataDir(dataDir);
  });

  it('[PAG1][PAG3] says what is wrong, and the summary leads to it', async ({ expect }) => {
    await page.goto(`${ready.url}/forms/local/expenses`);
    expect(await page.locator('.lead b').textContent()).toBe('pay');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByLabel('Amount').fill('12.5');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('link', { name: 'Name: Fill this in.' }).click();
    expect(page.url()).toMatch(/#field-0$/);
    expect(await faultsOf(page)).toEqual([]);
    expect(await page.getByLabel('Amount').inputValue()).toBe('12.5');
    expect(await page.getByLabel('Name').getAttribute('aria-invalid')).toBe('true');
  });

  it('[PAG5][PAG7] goes from page to page by keyboard and ends, also in another tab', async ({ expect }) => {
    await page.getByLabel('Name').fill('Ada');
    await page
      .getByLabel('Receipt')
      .setInputFiles({ name: 'r.txt', mimeType: 'text/plain', buffer: Buffer.from('paid') });
    await page.getByLabel('Travel').check();
    await page.getByRole('button', { name: 'Submit' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Thanks so far, Ada' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByLabel('Why').fill('a train');
    await other.getByRole('button', { name: 'Submit' }).click();
    await other.getByRole('heading', { name: 'Received' }).waitFor();
    expect(await other.locator('.lead').textContent()).toBe('Ada: 12.5 for a train');
    expect(await faultsOf(other)).toEqual([]);
    await page.getByLabel('Why').fill('too late');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('heading', { name: 'Received' }).waitFor();
  });

  it('[CHT6] a chat goes on without reloading, by keyboard, and shows text as text', async ({ expect }) => {
    const chat = await browser.newPage();
    chat.on('pageerror', (error) => faults.push(error.message));
    chat.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await chat.goto(`${ready.url}/chats/local/desk`);
    await chat.getByLabel('Message').fill('<i>hi</i>');
    await chat.keyboard.press('Enter');
    await chat.locator('#said li').nth(2).waitFor();
    await chat.getByLabel('Message').fill('again');
    await chat.getByRole('button', { name: 'Send' }).click();
    await chat.locator('#said li').nth(4).waitFor();
    const said = await chat.locator('#said li').allTextContents();
    expect(said).toEqual([
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
    expect(await page.locator('#said li').count()).toBe(5);
  });

  it('[PAG1] asks for nothing its policy refuses', async ({ expect }) => {
    expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  });
});
