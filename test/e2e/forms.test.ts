import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { findTool } from '../../scripts/system-tools.ts';
import type { Ready } from '../harness/launcher.ts';
import { Launcher, removeDataDir, temporaryDataDir } from '../harness/launcher.ts';

const executablePath = process.env['CHROMIUM'] ?? findTool('chromium') ?? findTool('google-chrome');
if (!executablePath) {
  console.warn('test/e2e/forms: skipped, no Chromium (set CHROMIUM, or apt-get install chromium)');
}

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

describe.runIf(executablePath)('a form, in a browser without scripts', () => {
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
    const made = await fetch(`${ready.url}/v1/workflows`, { method: 'POST', headers, body: JSON.stringify(WORKFLOW) });
    const { id } = (await made.json()) as { id: string };
    const published = await fetch(`${ready.url}/v1/workflows/${id}/publish`, { method: 'POST', headers });
    if (!published.ok) throw new Error(await published.text());
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
    page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  });
  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
    removeDataDir(dataDir);
  });

  it('[PAG1][PAG3] says what is wrong, and the summary leads to it', async ({ expect }) => {
    await page.goto(`${ready.url}/forms/local/expenses`);
    expect(await page.locator('.lead b').textContent()).toBe('pay');
    await page.getByLabel('Amount').fill('12.5');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('link', { name: 'Name: Fill this in.' }).click();
    expect(page.url()).toMatch(/#field-0$/);
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
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByLabel('Why').fill('a train');
    await other.getByRole('button', { name: 'Submit' }).click();
    await other.getByRole('heading', { name: 'Received' }).waitFor();
    expect(await other.locator('.lead').textContent()).toBe('Ada: 12.5 for a train');
    await page.getByLabel('Why').fill('too late');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('heading', { name: 'Received' }).waitFor();
  });

  it('[PAG1] asks for nothing its policy refuses', async ({ expect }) => {
    expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  });
});
