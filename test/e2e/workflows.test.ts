import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { WebApp } from '../harness/web-app.ts';
import { chain, manual, set } from '../served/documents.ts';

describe.runIf(hasBrowser)('workflows in the web app', () => {
  let app: WebApp;
  beforeAll(async () => {
    app = await WebApp.open();
  });
  afterAll(() => app?.close());

  const open = async (path: string): Promise<void> => {
    await app.page.goto(app.ready.url + path);
  };
  const table = () => app.page.getByRole('table', { name: 'Workflows' });

  it('begins from a template by keyboard', async ({ expect }) => {
    const { page } = app;
    await open('/workflows');
    await page.getByRole('button', { name: 'Templates' }).press('Enter');
    const use = page.getByRole('button', { name: 'Use “Sum up orders”' });
    await use.waitFor();
    expect(await page.getByRole('button', { name: /^Use “/ }).count()).toBeGreaterThanOrEqual(8);
    expect(await app.violations()).toEqual([]);
    await use.press('Enter');
    await page.getByRole('textbox', { name: 'Name of the workflow' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Name of the workflow' }).inputValue()).toBe('Sum up orders');
  });

  it('moves into a new folder, tags, publishes, exports and deletes several at once, by keyboard', async ({
    expect,
  }) => {
    const { page } = app;
    for (const name of ['Night one', 'Night two']) await app.workflow(chain(name, [manual(), set('a', { a: '1' })]));
    await open('/workflows?text=night');
    for (const name of ['Night one', 'Night two']) {
      await page.getByRole('checkbox', { name: `Select ${name}` }).press('Space');
    }
    const bulk = page.getByRole('group', { name: 'With the selected' });
    await bulk.getByText('2 selected').waitFor();
    expect(await app.violations()).toEqual([]);
    await bulk.getByRole('button', { name: 'Move…' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'New project' }).fill('Billing');
    await page.keyboard.press('Enter');
    await dialog.getByRole('textbox', { name: 'New folder in it' }).fill('Nightly');
    await page.keyboard.press('Enter');
    await dialog.getByText('Billing / Nightly').first().waitFor();
    expect(await app.violations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Move here' }).press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await table().getByText('Billing / Nightly').nth(1).waitFor();
    await bulk.getByRole('button', { name: 'Tag…' }).press('Enter');
    await dialog.getByRole('textbox', { name: 'Tags' }).fill('night, billing, night');
    await page.keyboard.press('Enter');
    await table().getByRole('link', { name: 'billing', exact: true }).nth(1).waitFor();
    await bulk.getByRole('button', { name: 'Publish', exact: true }).press('Enter');
    await table().getByText('Version 1 live').nth(1).waitFor();
    const download = page.waitForEvent('download');
    await bulk.getByRole('button', { name: 'Export' }).press('Enter');
    const files = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as { name: string }[];
    expect(files.map(({ name }) => name).toSorted()).toEqual(['Night one', 'Night two']);
    await bulk.getByRole('button', { name: 'Unpublish' }).press('Enter');
    await table().getByText('Version 1 live').first().waitFor({ state: 'detached' });
    await open('/workflows');
    await page.getByRole('button', { name: /Project or folder/ }).press('Enter');
    await page.getByRole('option', { name: 'Billing / Nightly' }).click();
    await table().getByRole('link', { name: 'Sum up orders' }).waitFor({ state: 'detached' });
    await page.reload();
    await table().getByRole('link', { name: 'Night one' }).waitFor();
    await page.getByRole('checkbox', { name: 'Select all shown' }).press('Space');
    await bulk.getByRole('button', { name: 'Delete' }).press('Enter');
    await dialog.getByRole('button', { name: 'Delete' }).press('Enter');
    await page.getByText('No workflow matches.').waitFor();
  });

  it('says what could not be done for whom', async () => {
    const { page } = app;
    await app.workflow(chain('Fine', [manual()]));
    const broken = chain('Broken', [manual(), set('a', { a: '1' })]);
    await app.workflow({
      ...broken,
      nodes: [
        ...broken.nodes,
        {
          ...manual(),
          id: 'hook',
          name: 'hook',
          type: 'webhook',
          version: 2,
          parameters: { path: '', authentication: 'basicAuth' },
        },
      ],
    });
    await open('/workflows');
    for (const name of ['Fine', 'Broken']) await page.getByRole('checkbox', { name: `Select ${name}` }).press('Space');
    await page.getByRole('button', { name: 'Publish', exact: true }).press('Enter');
    const said = page.getByRole('group', { name: 'With the selected' }).getByRole('status');
    await said.getByText('Done for 1 workflow.').waitFor();
    await said.getByText(/Broken: /).waitFor();
  });

  it('imports what is pasted or dropped anywhere, and says what to connect', async ({ expect }) => {
    const { page } = app;
    const file = JSON.stringify({
      name: 'With mail',
      nodes: [
        { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {}, position: [0, 0] },
        {
          name: 'Fetch',
          type: 'n8n-nodes-base.httpRequest',
          typeVersion: 4.2,
          parameters: {
            url: 'https://api.example/',
            authentication: 'genericCredentialType',
            genericAuthType: 'httpHeaderAuth',
          },
          credentials: { httpHeaderAuth: { id: '7', name: 'Shop' } },
          position: [200, 0],
        },
      ],
      connections: { Start: { main: [[{ node: 'Fetch', type: 'main', index: 0 }]] } },
    });
    await open('/workflows');
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
    await page.evaluate((text) => {
      const data = new DataTransfer();
      data.setData('text', text);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    }, file);
    await page.getByRole('link', { name: 'Open With mail' }).waitFor();
    await page.getByText('Fetch needs httpHeaderAuth').waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).press('Enter');
    await page.evaluate(
      (text) => {
        const data = new DataTransfer();
        data.items.add(new File([text], 'w.json', { type: 'application/json' }));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
      },
      file.replace('With mail', 'Dropped'),
    );
    await page.getByRole('link', { name: 'Open Dropped' }).waitFor();
    await page.getByRole('link', { name: 'Connect' }).press('Enter');
    await page.getByRole('textbox', { name: 'Name', exact: true }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Fetch');
  });

  it('shows versions, what changed, goes back to one and promotes it', async ({ expect }) => {
    const { page } = app;
    const first = chain('Growing', [manual(), set('mark', { a: 'one' })]);
    const id = await app.workflow(first);
    await app.api('POST', `/v1/workflows/${id}/publish`, { note: 'first' });
    await app.api(
      'PUT',
      `/v1/workflows/${id}`,
      chain('Growing', [manual(), set('mark', { a: 'two' }), set('more', { b: '1' })]),
    );
    await app.api('POST', `/v1/workflows/${id}/publish`, { note: 'second' });
    await open('/workflows');
    await page.getByRole('button', { name: 'Actions for Growing' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Versions' }).press('Enter');
    const versions = page.getByRole('table', { name: 'Versions' });
    await versions.getByRole('cell', { name: 'second', exact: true }).waitFor();
    await page.getByText('They are the same.').waitFor();
    await page.getByRole('button', { name: /Older/ }).press('Enter');
    await page.getByRole('option', { name: /Version 1/ }).click();
    await page.getByRole('region', { name: 'mark' }).getByText('two').waitFor();
    await page.getByText('more (set)').waitFor();
    expect(await app.violations()).toEqual([]);
    await versions.getByRole('button', { name: 'Make live in production: Version 1' }).press('Enter');
    await versions.getByRole('row', { name: /first/ }).getByText('production', { exact: true }).waitFor();
    const read = (await app.api('GET', `/v1/workflows/${id}/versions`)) as {
      versions: { version: number; published: boolean }[];
    };
    expect(read.versions.find(({ published }) => published)?.version).toBe(1);
    await page.getByRole('button', { name: /From/ }).press('Enter');
    await page.getByRole('option', { name: 'production' }).click();
    await page.getByRole('button', { name: /^.*To/ }).last().press('Enter');
    await page.getByRole('option', { name: 'staging' }).click();
    await page.getByRole('button', { name: 'Promote', exact: true }).press('Enter');
    await page.getByText('Version 1 is live in staging.').waitFor();
    await page.evaluate(() => localStorage.setItem('millrace.language', 'de'));
    await page.reload();
    await page.getByRole('heading', { name: 'Versionen von Growing' }).waitFor();
    expect(app.faults.filter((text) => !/40[019]/.test(text))).toEqual([]);
  });
});
