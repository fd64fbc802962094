import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser, openBrowser } from '../harness/browser.ts';
import type { Ready } from '../harness/launcher.ts';
import { Launcher, removeDataDir, temporaryDataDir } from '../harness/launcher.ts';

describe.runIf(hasBrowser)('the web app', () => {
  const dataDir = temporaryDataDir();
  let launcher: Launcher;
  let ready: Ready;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    launcher = new Launcher({ dataDir });
    ready = await launcher.ready();
    browser = await openBrowser();
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  });
  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
    removeDataDir(dataDir);
  });

  /** Violations of the rules that axe knows, as text. */
  const violations = async (): Promise<string[]> => {
    await page.evaluate(axe.source);
    // SAFETY: the source defines `axe` on the page
    const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
  };

  it('asks for a key when it has none, and says so when it is no key', async ({ expect }) => {
    await page.goto(`${ready.url}/sign-in/key`);
    await page.getByLabel('API key').fill('nonsense');
    await page.keyboard.press('Enter');
    await page.getByText('does not look like an API key').waitFor();
    expect(await violations()).toEqual([]);
  });

  it('takes the key from the link, hides it at once and lists workflows', async ({ expect }) => {
    await page.goto(`${ready.url}/#key=${ready.apiKey}`);
    await page.reload();
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
    expect(page.url()).toBe(`${ready.url}/workflows`);
    await page.getByRole('link', { name: 'Quick start' }).waitFor();
    expect(await violations()).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  });

  it('shows runs that arrive from elsewhere, and opens one by keyboard, hostile data as text', async ({ expect }) => {
    await page.getByRole('link', { name: 'Runs', exact: true }).click();
    await page.getByRole('heading', { name: 'Runs' }).waitFor();
    const sent = await fetch(ready.hookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"markup":"<img src=x onerror=alert(1)>"}',
    });
    const run = sent.headers.get('x-millrace-run') ?? 'none';
    const link = page.getByRole('link', { name: run });
    await link.waitFor();
    expect(await violations()).toEqual([]);
    await link.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: run }).waitFor();
    await page.getByRole('list', { name: 'Timeline' }).getByRole('button').first().click();
    await page.getByRole('radio', { name: 'JSON' }).first().click();
    await page.getByText('<img src=x onerror=alert(1)>').first().waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await violations()).toEqual([]);
  });

  it('makes a workflow by keyboard alone, runs it, and publishes it', async ({ expect }) => {
    await page.goto(`${ready.url}/workflows`);
    await page.getByRole('button', { name: 'New workflow' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Start with a trigger' }).waitFor();
    await page.getByRole('textbox', { name: 'Name of the workflow' }).fill('By hand');
    for (const step of ['webhook', 'set fields']) {
      await page.getByRole('button', { name: 'Add a step' }).first().focus();
      await page.keyboard.press('Enter');
      await page.getByRole('searchbox', { name: 'Search steps' }).fill(step);
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByRole('tab', { name: 'Parameters' }).waitFor();
      if (step === 'webhook') await page.getByRole('textbox', { name: 'Path' }).fill('by-hand');
    }
    await page.getByRole('button', { name: 'Outline' }).press('Enter');
    const outline = page.getByRole('list', { name: 'Outline' });
    await outline.getByRole('listitem').nth(1).waitFor();
    expect(await outline.getByRole('listitem').count()).toBe(2);
    expect(await violations()).toEqual([]);
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Publish' }).press('Enter');
    await page.getByText('Version 1 is live.').waitFor();
    const answer = await fetch(`${ready.url}/hooks/${ready.tenant}/by-hand`);
    expect(answer.status).toBe(200);
  });

  it('undoes and redoes, copies and pastes steps, and keeps what was drawn', async ({ expect }) => {
    await page.getByRole('button', { name: 'Canvas' }).click();
    const cards = page.locator('.react-flow__node');
    await page.waitForFunction(() => document.querySelectorAll('.react-flow__node').length === 2);
    await cards.nth(1).click();
    await page.locator('.react-flow').press('Control+c');
    await page.locator('.react-flow').press('Control+v');
    await page.waitForFunction(() => document.querySelectorAll('.react-flow__node').length === 3);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.react-flow__node').length === 2);
    await page.getByRole('button', { name: 'Redo' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.react-flow__node').length === 3);
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll('.react-flow__node').length === 3);
    expect(await violations()).toEqual([]);
  });

  it('keeps what never reached the server, and saves it before it runs', async ({ expect }) => {
    const id = page.url().split('/').at(-1) ?? '';
    await page.route('**/v1/workflows/*', (route) =>
      route.request().method() === 'PUT' ? route.abort() : route.continue(),
    );
    await page.getByRole('textbox', { name: 'Name of the workflow' }).fill('Typed while away');
    await page.getByText('Not saved yet').waitFor();
    await page.waitForFunction((key) => localStorage.getItem(key) !== null, `millrace.draft.${id}`);
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await page.waitForFunction(() =>
      [...document.querySelectorAll('input')].some(({ value }) => value === 'Typed while away'),
    );
    await page.unroute('**/v1/workflows/*');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('Success').first().waitFor();
    const headers = { authorization: `Bearer ${ready.apiKey}` };
    const saved = (await (await fetch(`${ready.url}/v1/workflows/${id}`, { headers })).json()) as { name: string };
    expect(saved.name).toBe('Typed while away');
  });

  it('asks before it overwrites what somebody else saved', async ({ expect }) => {
    const id = page.url().split('/').at(-1) ?? '';
    const headers = { authorization: `Bearer ${ready.apiKey}`, 'content-type': 'application/json' };
    const address = `${ready.url}/v1/workflows/${id}`;
    const view = (await (await fetch(address, { headers })).json()) as { document: object };
    await fetch(address, { method: 'PUT', headers, body: JSON.stringify({ ...view.document, name: 'Theirs' }) });
    await page.getByRole('textbox', { name: 'Name of the workflow' }).fill('Mine');
    await page.getByText('Somebody else changed this workflow.').waitFor();
    await page.getByRole('button', { name: 'Load theirs' }).click();
    await page.waitForFunction(() => [...document.querySelectorAll('input')].some(({ value }) => value === 'Theirs'));
    expect(((await (await fetch(address, { headers })).json()) as { name: string }).name).toBe('Theirs');
  });

  it('imports a curl command and an n8n file by pasting', async ({ expect }) => {
    await page.goto(`${ready.url}/workflows?import=1`);
    await page
      .getByRole('textbox', { name: 'JSON or curl command' })
      .fill("curl -X POST https://api.example/x -d 'a=1'");
    await page.getByRole('button', { name: 'Import', exact: true }).last().click();
    await page.getByRole('link', { name: 'Open POST api.example' }).waitFor();
    expect(await violations()).toEqual([]);
    const file = {
      name: 'From n8n',
      nodes: [
        { name: 'Hook', type: 'n8n-nodes-base.webhook', typeVersion: 2, parameters: { path: 'n8n' }, position: [0, 0] },
        { name: 'Mail', type: 'n8n-nodes-base.gmail', typeVersion: 2, parameters: {}, position: [200, 0] },
      ],
      connections: { Hook: { main: [[{ node: 'Mail', type: 'main', index: 0 }]] } },
    };
    await page.goto(`${ready.url}/workflows?import=1`);
    await page.getByRole('textbox', { name: 'JSON or curl command' }).fill(JSON.stringify(file));
    await page.getByRole('button', { name: 'Import', exact: true }).last().click();
    await page.getByRole('link', { name: 'Open From n8n' }).waitFor();
    await page.getByText('needs a connector').first().waitFor();
  });

  it('goes anywhere from the command palette, and has two languages and themes', async ({ expect }) => {
    await page.goto(`${ready.url}/runs`);
    await page.getByRole('heading', { name: 'Runs' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('searchbox', { name: 'Go to or do' }).fill('sett');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'General' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('searchbox', { name: 'Go to or do' }).fill('new workflow');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Start with a trigger' }).waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
    await page.getByRole('button', { name: ready.tenant }).click();
    await page.getByRole('menuitem', { name: 'Dark' }).click();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: ready.tenant }).click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { level: 1, name: 'Protokoll' }).waitFor();
  });

  it('says what to do when the key is refused', async ({ expect }) => {
    await page.goto(`${ready.url}/#key=mr_local_${'A'.repeat(43)}`);
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    expect(await page.getByRole('status').textContent()).not.toBe('');
  });

  it('broke nothing on the way', ({ expect }) => {
    // refusals are logged by the browser itself
    expect(faults.filter((text) => !/40[019]|412|ERR_FAILED/.test(text))).toEqual([]);
  });
});
