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
  const act = async (workflow: string, entry: string): Promise<void> => {
    await app.page.getByRole('button', { name: `Actions for ${workflow}`, exact: true }).press('Enter');
    await app.page.getByRole('menuitem', { name: entry, exact: true }).press('Enter');
  };

  it('offers somebody who has nothing yet four ways to begin, of which one is an example that runs', async ({
    expect,
  }) => {
    const { page } = app;
    const ways = page.getByRole('region', { name: 'Get something running' });
    await ways.getByRole('link', { name: /^Start from a template/ }).waitFor();
    expect(await app.violations()).toEqual([]);
    if (process.env['SCREENSHOTS']) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/beginnings.png` });
    await ways.getByRole('link', { name: /^Bring workflows along/ }).press('Enter');
    await page.getByRole('dialog', { name: 'Import workflows' }).waitFor();
    await page.locator('[role=dialog]:focus, [role=dialog] :focus').waitFor();
    await page.keyboard.press('Escape');
    await ways.getByRole('link', { name: /^Try the example/ }).press('Enter');
    await page.getByRole('button', { name: 'Run', exact: true }).press('Enter');
    await page.getByText('Success', { exact: true }).filter({ visible: true }).first().waitFor();
    await page.goBack();
    await table().getByRole('img', { name: 'Success' }).waitFor();
    expect(await ways.count()).toBe(0);
  });

  it('begins from a template by keyboard', async ({ expect }) => {
    const { page } = app;
    await open('/workflows');
    await page.getByRole('button', { name: 'Templates' }).press('Enter');
    const use = page.getByRole('button', { name: 'Use “Sum up orders”' });
    await use.waitFor();
    await expect.poll(() => page.getByRole('button', { name: /^Use “/ }).count()).toBeGreaterThanOrEqual(8);
    expect(await app.violations()).toEqual([]);
    await use.press('Enter');
    await page.getByRole('textbox', { name: 'Name of the workflow' }).waitFor();
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Name of the workflow' }).inputValue())
      .toBe('Sum up orders');
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
    // what was asked for last is over a moment after its file is there
    await bulk.getByRole('button', { name: 'Unpublish', disabled: false }).press('Enter');
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

  it('duplicates, moves, tags and publishes one from its menu, where the shell is', async ({ expect }) => {
    const { page } = app;
    const id = await app.workflow(chain('Lonely', [manual(), set('a', { a: '1' })]));
    await app.run(id);
    await open('/workflows?text=lonely');
    await act('Lonely', 'Duplicate');
    await table().getByRole('link', { name: 'Lonely (copy)' }).waitFor();
    await act('Lonely', 'Tag…');
    const tags = page.getByRole('dialog').getByRole('textbox', { name: 'Tags' });
    const tooLong = `alone, ${'x'.repeat(51)}`;
    await tags.fill(tooLong);
    await page.keyboard.press('Enter');
    await tags.and(page.locator('[aria-invalid=true]:focus')).waitFor();
    expect(await tags.inputValue()).toBe(tooLong);
    expect(await app.violations()).toEqual([]);
    await tags.fill('alone');
    await page.keyboard.press('Enter');
    await table().getByRole('link', { name: 'alone', exact: true }).waitFor();
    await act('Lonely', 'Publish');
    await table().getByText('Version 1 live').waitFor();
    await page.getByRole('button', { name: 'Environment: production' }).press('Enter');
    await page.getByRole('menuitem', { name: 'staging' }).press('Enter');
    await table().getByText('Version 1 live').waitFor({ state: 'detached' });
    await act('Lonely', 'Publish');
    await table().getByText('Version 1 live').waitFor();
    const { environments } = (await app.api('GET', '/v1/environments')) as {
      environments: { name: string; published: number }[];
    };
    expect(environments.find(({ name }) => name === 'staging')?.published).toBe(1);
    await page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: /State/ }).press('Enter');
    await page.getByRole('option', { name: 'Draft only' }).click();
    await table().getByRole('link', { name: 'Lonely', exact: true }).waitFor({ state: 'detached' });
    await table().getByRole('link', { name: 'Lonely (copy)' }).waitFor();
    await page.reload();
    await table().getByRole('link', { name: 'Lonely (copy)' }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Environment: staging' }).press('Enter');
    await page.getByRole('menuitem', { name: 'production' }).press('Enter');
    await open('/workflows?text=lonely');
    await table()
      .getByRole('link', { name: /Success/ })
      .press('Enter');
    await page.waitForURL(`**/runs?workflow=${id}`);
  });

  it('leaves alone what is asked while something else is still on its way', async ({ expect }) => {
    const { page } = app;
    await app.workflow(chain('Patient', [manual()]));
    await open('/workflows?text=patient');
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/v1/workflows', async (route) => {
      if (route.request().method() === 'POST') await held;
      await route.continue();
    });
    await act('Patient', 'Duplicate');
    await act('Patient', 'Tag…');
    const tags = page.getByRole('dialog').getByRole('textbox', { name: 'Tags' });
    await tags.fill('slow');
    answer();
    await page.getByText('Patient (copy)').waitFor();
    expect(await tags.inputValue()).toBe('slow');
    await page.keyboard.press('Enter');
    await table().getByRole('link', { name: 'slow', exact: true }).waitFor();
    await page.unroute('**/v1/workflows');
  });

  it('renames a project, and removes it once it is empty', async ({ expect }) => {
    const { page } = app;
    const id = await app.workflow(chain('Kept safe', [manual()]));
    const project = String((await app.api('POST', '/v1/projects', { name: 'Old name' }))['id']);
    await app.api('PUT', `/v1/placements/workflow/${id}`, { project, folder: null });
    await open('/workflows');
    await table().getByRole('link', { name: 'Old name' }).press('Enter');
    await table().getByRole('link', { name: 'Kept safe' }).waitFor();
    const place = page.getByRole('group', { name: 'Project or folder' });
    await place.getByRole('button', { name: 'Rename…' }).press('Enter');
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('New name');
    await page.keyboard.press('Enter');
    await place.getByText('New name').waitFor();
    expect(await app.violations()).toEqual([]);
    await place.getByRole('button', { name: 'Remove…' }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).press('Enter');
    await page.getByRole('dialog').getByRole('alert').waitFor();
    expect(await app.violations()).toEqual([]);
    await app.api('PUT', `/v1/placements/workflow/${id}`, { project: null, folder: null });
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).press('Enter');
    await page.waitForURL((url) => !url.searchParams.has('place'));
    await table().getByRole('link', { name: 'Kept safe' }).waitFor();
    await table().getByText('New name').waitFor({ state: 'detached' });
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
    const said = page.getByRole('status', { name: 'With the selected' });
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
    await page.getByText(/^Fetch needs Header auth/i).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
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
    await expect.poll(() => page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Fetch');
  });

  it('takes a curl command pasted on any page, and keeps the filters of the list', async ({ expect }) => {
    const { page } = app;
    await open('/settings/members');
    await page.getByRole('heading', { level: 1, name: 'Members' }).waitFor();
    const command = "curl -X POST https://api.example/pay -H 'Authorization: Bearer s3cret' -d 'a=1'";
    await page.evaluate((text) => navigator.clipboard.writeText(text), command);
    await page.keyboard.press('Control+v');
    await page.getByText('The secret of the command is a credential now. It is named api.example').waitFor();
    await page.getByRole('link', { name: 'Open POST api.example' }).press('Enter');
    await page.locator('.react-flow__node').filter({ hasText: 'HTTP Request' }).waitFor();
    const document = JSON.stringify(
      await app.api('GET', `/v1/workflows/${new URL(page.url()).pathname.split('/')[2]}`),
    );
    expect(document).toContain('httpBearerAuth');
    expect(document).not.toContain('s3cret');
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Members' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await open('/workflows?text=fine');
    await page.getByRole('button', { name: 'Import' }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).press('Enter');
    await page.waitForURL('**/workflows?text=fine');
  });

  it('imports many files at once, and says which could not and why', async ({ expect }) => {
    const { page } = app;
    const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} };
    const slack = {
      name: 'Tell',
      type: 'n8n-nodes-base.slack',
      typeVersion: 2,
      parameters: { text: '={{ $json. }}' },
    };
    const file = (name: string, content: unknown) => ({
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
    });
    const workflow = (nodes: object[]) => ({
      nodes: nodes.map((node, index) => ({ ...node, position: [index * 200, 0] })),
      connections: {},
    });
    await open('/workflows?import=1');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose files' }).press('Enter');
    await (
      await chooser
    ).setFiles([
      file('Night shift.json', workflow([start])),
      file('Day shift.json', workflow([start, slack])),
      file('not.json', 'hello'),
    ]);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('2 workflows; in 1 of them every node runs as it is.').waitFor();
    await dialog.getByText('not: This is neither JSON nor a curl command.').waitFor();
    await dialog.getByText('Expressions that cannot run').waitFor();
    expect(await app.violations()).toEqual([]);
    if (process.env['SCREENSHOTS']) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/import-many.png` });
    await dialog.getByRole('link', { name: 'Mend it' }).press('Enter');
    await page.getByRole('textbox', { name: 'Name', exact: true }).waitFor();
    await expect.poll(() => page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Tell');
    await open('/workflows?text=shift');
    await table().getByRole('link', { name: 'Night shift' }).waitFor();
    await table().getByRole('link', { name: 'Day shift' }).waitFor();
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
  });

  it('broke nothing on the way', ({ expect }) => {
    expect(app.faults.filter((text) => !/40[019]/.test(text))).toEqual([]);
  });
});
