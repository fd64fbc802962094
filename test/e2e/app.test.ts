import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import type { Ready } from '../harness/launcher.ts';
import { Keys } from '../harness/keys.ts';
import { WebApp } from '../harness/web-app.ts';
import { restingBox, violations } from '../harness/web.ts';

describe.runIf(hasBrowser)('the web app', () => {
  let app: WebApp;
  let ready: Ready;
  let page: Page;

  beforeAll(async () => {
    app = await WebApp.served();
    page = app.page = await app.stranger();
    ({ ready } = app);
  });
  afterAll(() => app?.close());

  it('asks for a key when it has none, and says so when it is no key', async ({ expect }) => {
    await page.goto(`${ready.url}/sign-in/key`);
    await page.getByLabel('API key').fill('nonsense');
    await page.keyboard.press('Enter');
    await page.getByText('does not look like an API key').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('takes the key from the link, hides it at once and lists workflows', async ({ expect }) => {
    await page.goto(`${ready.url}/#key=${ready.apiKey}`);
    await page.reload();
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
    await expect.poll(() => page.url()).toBe(`${ready.url}/workflows`);
    await page.getByRole('link', { name: 'Quick start' }).waitFor();
    expect(await violations(page)).toEqual([]);
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
    expect(await violations(page)).toEqual([]);
    await link.press('Enter');
    await page.getByRole('heading', { name: run }).waitFor();
    await page.getByRole('list', { name: 'Timeline' }).getByRole('button').first().click();
    await page.getByRole('radio', { name: 'JSON' }).first().click();
    await page.getByText('<img src=x onerror=alert(1)>').first().waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
  });

  it('makes a workflow by keyboard alone, runs it, and publishes it', async ({ expect }) => {
    await page.goto(`${ready.url}/workflows`);
    await page.getByRole('button', { name: 'New workflow' }).press('Enter');
    await page.getByRole('heading', { name: 'Start with a trigger' }).waitFor();
    await page.getByRole('textbox', { name: 'Name of the workflow' }).fill('By hand');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: /^When it is called/ }).press('Enter');
    await page.getByRole('textbox', { name: 'Path' }).fill('by-hand');
    const address = page.getByRole('region', { name: 'Address' });
    await address.getByText(`${ready.url}/hooks/${ready.tenant}/by-hand`).waitFor();
    await address.getByText('once it is published').waitFor();
    await page.getByRole('button', { name: 'Add a step' }).first().press('Enter');
    await app.addStep('set fields');
    await page.getByRole('tab', { name: 'Parameters' }).waitFor();
    await page.getByRole('button', { name: 'Outline' }).press('Enter');
    const outline = page.getByRole('list', { name: 'Outline' });
    await outline.getByRole('listitem').nth(1).waitFor();
    await expect.poll(() => outline.getByRole('listitem').count()).toBe(2);
    expect(await violations(page)).toEqual([]);
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Publish' }).press('Enter');
    await page.getByText('Version 1 is live.').waitFor();
    const answer = await fetch(`${ready.url}/hooks/${ready.tenant}/by-hand`);
    expect(answer.status).toBe(200);
    await outline.getByRole('button', { name: /^Webhook/ }).press('Enter');
    await address.getByText('Live at this address').waitFor();
    await address.getByRole('button', { name: 'Copy' }).press('Enter');
    await address.getByRole('button', { name: 'Copied' }).waitFor();
  });

  it('undoes and redoes, copies and pastes steps, and keeps what was drawn', async ({ expect }) => {
    await page.getByRole('button', { name: 'Canvas' }).click();
    const cards = page.locator('.react-flow__node');
    await page.waitForFunction(() => document.querySelectorAll('.react-flow__node').length === 2);
    await restingBox(cards.nth(1));
    await cards.nth(1).click();
    await page.locator('.react-flow__node.selected').waitFor();
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
    expect(await violations(page)).toEqual([]);
  });

  it('keeps what never reached the server, and saves it before it runs', async ({ expect }) => {
    const id = page.url().split('/').at(-1) ?? '';
    await page.route('**/v1/workflows/*', (route) =>
      route.request().method() === 'PUT' ? route.abort() : route.continue(),
    );
    await page.getByRole('textbox', { name: 'Name of the workflow' }).fill('Typed while away');
    await page.getByText('Not saved yet').waitFor();
    await page.waitForFunction(
      (key) => Object.keys(localStorage).some((each) => each.startsWith(key)),
      `millrace.draft.${id}`,
    );
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
    expect(await violations(page)).toEqual([]);
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
    await new Keys(page).palette('sett', /^General/);
    await page.getByRole('heading', { level: 1, name: 'General' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('searchbox', { name: 'Go to or do' }).fill('new workflow');
    await page.getByRole('option', { name: /^New workflow/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Start with a trigger' }).waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
    await page.getByRole('button', { name: ready.tenant }).click();
    await page.getByRole('menuitem', { name: 'Dark' }).click();
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: ready.tenant }).click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { level: 1, name: 'Protokoll' }).waitFor();
  });

  it('says what to do when the key is refused', async ({ expect }) => {
    await page.goto(`${ready.url}/#key=mr_local_${'A'.repeat(43)}`);
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    await expect.poll(() => page.getByRole('status').textContent()).not.toBe('');
  });

  it('broke nothing on the way', ({ expect }) => {
    const meant = [
      // without a key, and with one that is refused
      /status of 401 \(Unauthorized\) \/v1\//,
      // a save that is cut off, and one that somebody else was faster than
      /(net::ERR_FAILED|status of 412 \(Precondition Failed\)) \/v1\/workflows\/wf_\w+$/,
    ];
    expect(app.faults.filter((text) => !meant.some((each) => each.test(text)))).toEqual([]);
  });
});
