import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, type ExpectStatic, it } from 'vitest';
import { hasBrowser, openBrowser } from '../harness/browser.ts';
import { Launcher, type Ready, removeDataDir, temporaryDataDir } from '../harness/launcher.ts';
import { linkTo, PASSWORD } from '../harness/person.ts';

/** A real workflow of n8n's community: a webhook asks a service for a quote, formats it and answers. */
const FILE = resolve(import.meta.dirname, '../../../shared/data/n8n/workflows/131835ac8be32cec.json');
const hasFile = existsSync(FILE);
if (!hasFile) console.warn('story.test.ts: skipped, ../shared/data/n8n/workflows is not there');

const EMAIL = 'grace@example.com';

describe.runIf(hasBrowser && hasFile)('from nothing to an answered webhook, by the clock', () => {
  const dataDir = temporaryDataDir();
  let launcher: Launcher;
  let ready: Ready;
  let browser: Browser;
  let page: Page;
  let remote: Server;
  let asked = 0;
  const steps: [string, number][] = [];

  beforeAll(async () => {
    remote = createServer((_, response) => {
      asked++;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify([{ q: 'Make haste slowly', a: 'Augustus' }]));
    });
    await new Promise<void>((done) => remote.listen(0, '127.0.0.1', done));
    launcher = new Launcher({ dataDir });
    ready = await launcher.ready();
    browser = await openBrowser();
    page = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })).newPage();
    page.setDefaultTimeout(20_000);
  });
  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
    remote.close();
    removeDataDir(dataDir);
    for (const [name, seconds] of steps) console.info(`${seconds.toFixed(1).padStart(6)} s  ${name}`);
  });

  const step = (name: string, act: (expect: ExpectStatic) => Promise<void>): void =>
    it(name, { timeout: 120_000 }, async ({ expect }) => {
      const startedAt = performance.now();
      await act(expect);
      steps.push([name, (performance.now() - startedAt) / 1_000]);
    });

  const choose = async (name: string): Promise<void> => {
    const outline = page.getByRole('list', { name: 'Outline' });
    if (!(await outline.isVisible())) await page.getByRole('button', { name: 'Outline', exact: true }).press('Enter');
    await outline.getByRole('button', { name: new RegExp(`^${name}`) }).press('Enter');
    await page.getByRole('region', { name }).waitFor();
  };
  /** An expression's box holds it without the `=` it is stored with. */
  const writeQuote = async (expression: string): Promise<void> => {
    const box = page.getByRole('textbox', { name: 'quotes =' });
    // until the editor is fetched a plain box stands in, which holds the text as it is stored
    await page.locator('.cm-content').first().waitFor();
    await box.fill(expression);
    await page.keyboard.press('Escape');
    // the editor reads its page a moment after a change; nobody's hand is at the next button sooner
    await page.waitForTimeout(500);
    await page.getByText('Saved', { exact: true }).waitFor();
  };

  step('sign up', async () => {
    await page.goto(`${ready.url}/sign-up`);
    await page.getByLabel('Your name').fill('Grace');
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await page.goto(await linkTo({ url: ready.url, dataDir }, EMAIL, 'Confirm'));
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByLabel('Name of the organisation').fill('Acme');
    await page.getByLabel('Id').fill('acme');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  });

  it(
    'is let through to this machine by the operator, which counts within ten seconds',
    { timeout: 30_000 },
    async () => {
      const key = readFileSync(join(dataDir, 'deployment.key'), 'utf8').trim();
      const opened = await fetch(`${ready.url}/internal/egress?tenant=acme`, {
        method: 'PUT',
        headers: { 'x-deployment-key': key, 'content-type': 'application/json' },
        body: JSON.stringify({ private: ['127.0.0.1'] }),
      });
      if (!opened.ok) throw new Error(await opened.text());
      await new Promise((done) => setTimeout(done, 10_000));
    },
  );

  step('import a workflow of n8n', async () => {
    await page.getByRole('button', { name: 'Import' }).first().press('Enter');
    await page.getByRole('textbox', { name: 'JSON or curl command' }).fill(readFileSync(FILE, 'utf8'));
    await page.getByRole('dialog').getByRole('button', { name: 'Import' }).press('Enter');
    await page.getByText('Every node runs as it is.').waitFor();
    await page.getByRole('link', { name: /^Open / }).press('Enter');
    await page.getByRole('textbox', { name: 'Name of the workflow' }).waitFor();
  });

  step('connect it to a stand-in, with a slip of the pen', async () => {
    await choose('Get Random Quote');
    const { port } = remote.address() as AddressInfo;
    await page.getByRole('textbox', { name: 'URL' }).fill(`http://127.0.0.1:${port}/random`);
    await page.getByText('Saved', { exact: true }).waitFor();
    await choose('Format data');
    await writeQuote("{{ $('Get Quote').item.json.q }} - {{ $json.a }}");
  });

  step('run it, and find why it fails', async (expect) => {
    await page.getByRole('button', { name: 'Run', exact: true }).press('Enter');
    await page.getByText('Failed', { exact: true }).filter({ visible: true }).first().waitFor();
    expect(asked).toBe(1);
    await page.getByRole('link', { name: 'Runs', exact: true }).press('Enter');
    await page
      .getByRole('table', { name: 'Runs' })
      .getByRole('row', { name: /Failed/ })
      .getByRole('link')
      .press('Enter');
    const why = page.getByRole('group', { name: /Get Quote/ });
    await why.getByText("={{ $('Get Quote').item.json.q }} - {{ $json.a }}", { exact: true }).waitFor();
    await why.getByText('Make haste slowly').first().waitFor();
    await why.getByRole('link', { name: 'Open the step in the editor' }).press('Enter');
  });

  step('fix the expression, and run it again', async () => {
    await writeQuote('"{{ $json.q }}" - {{ $json.a }}');
    await page.getByRole('button', { name: 'Run', exact: true }).press('Enter');
    await page.getByText('Success', { exact: true }).filter({ visible: true }).first().waitFor();
  });

  step('publish it, and get an answer from its webhook', async (expect) => {
    await page.getByRole('button', { name: 'Publish' }).press('Enter');
    await page.getByText('Version 1 is live.').waitFor();
    const file = JSON.parse(readFileSync(FILE, 'utf8')) as { nodes: { type: string; parameters: { path?: string } }[] };
    const path = file.nodes.find(({ type }) => type.endsWith('.webhook'))?.parameters.path ?? '';
    const answer = await fetch(`${ready.url}/hooks/acme/${path}`);
    expect(answer.status).toBe(200);
    const run = answer.headers.get('x-millrace-run') ?? '';
    await page.goto(`${ready.url}/runs/${run}`);
    await page.getByRole('status').getByText('Success').waitFor();
    await page.getByText('"Make haste slowly" - Augustus').first().waitFor();
  });
});
