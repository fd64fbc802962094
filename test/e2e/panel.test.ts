import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { edge, step } from '../harness/steps.ts';
import { WebApp } from '../harness/web-app.ts';
import { restingBox } from '../harness/web.ts';

describe.runIf(hasBrowser)('the panel of a step', () => {
  let app: WebApp;
  let page: Page;

  beforeAll(async () => {
    app = await WebApp.open({ viewport: { width: 1440, height: 900 } });
    page = app.page;
  }, 400_000);
  afterAll(() => app?.close());

  const choose = async (name: string): Promise<void> => {
    const outline = page.getByRole('list', { name: 'Outline' });
    if (!(await outline.isVisible())) await page.getByRole('button', { name: 'Outline', exact: true }).press('Enter');
    await outline.getByRole('button', { name: new RegExp(`^${name}`) }).press('Enter');
    await page.getByRole('region', { name }).waitFor();
  };
  const parametersOf = async (id: string, name: string): Promise<Record<string, unknown>> => {
    await page.getByText('Saved', { exact: true }).waitFor();
    const view = (await app.api('GET', `/v1/workflows/${id}`)) as {
      document: { nodes: { name: string; parameters: Record<string, unknown> }[] };
    };
    return view.document.nodes.find((each) => each.name === name)?.parameters ?? {};
  };
  /** A list or a menu takes the focus some time after it is there, and gives it back some time after it closed. */
  const hasFocus = (): Promise<void> => page.locator(':is([role=listbox], [role=menu]):focus-within').waitFor();
  /** Chooses in a select by keyboard. */
  const select = async (label: string, option: string): Promise<void> => {
    const box = page.getByRole('button', { name: label }).and(page.locator('[aria-haspopup=listbox]'));
    await box.press('Enter');
    await hasFocus();
    await page.getByRole('option', { name: option, exact: true }).press('Enter');
    await box.and(page.locator(':focus')).waitFor();
  };

  /** Takes a completion. The editor ignores Enter just after its list appeared: somebody may have meant a new line. */
  const take = async (name: string): Promise<void> => {
    await page.getByRole('option', { name, selected: true }).waitFor();
    await page.waitForTimeout(150);
    // nor does it take anything from a list that it is asking for anew
    const fresh = page.locator('.cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled)');
    await fresh.getByRole('option', { name, selected: true }).waitFor();
    await page.keyboard.press('Enter');
  };

  it('[FLD1] [FLD3] shows what matters, and takes away what a change hides', async ({ expect }) => {
    const id = await app.openWorkflow({
      name: 'Conditional',
      nodes: [step('Ask', 'http-request', 0, { url: 'https://example.com' }, 4.2)],
    });
    await choose('Ask');
    await page.getByRole('switch', { name: 'Send headers' }).waitFor();
    expect(await page.getByRole('group', { name: 'Headers' }).count()).toBe(0);
    await page.getByRole('switch', { name: 'Send headers' }).press('Space');
    await page.getByRole('button', { name: 'Add to Headers' }).press('Enter');
    const header = page.getByRole('group', { name: 'Headers 1' });
    await header.getByRole('textbox', { name: 'Name', exact: true }).fill('x-kind');
    await header.getByRole('textbox', { name: 'Value' }).fill('one');
    expect(await app.violations()).toEqual([]);
    await expect
      .poll(() => parametersOf(id, 'Ask'))
      .toMatchObject({
        sendHeaders: true,
        headerParameters: { parameters: [{ name: 'x-kind', value: 'one' }] },
      });
    await page.getByRole('button', { name: 'Add an option' }).press('Enter');
    await hasFocus();
    await page.getByRole('menuitem', { name: 'Time limit' }).press('Enter');
    await page
      .getByRole('textbox', { name: 'Time limit' })
      .or(page.getByRole('spinbutton', { name: 'Time limit' }))
      .fill('5000');
    await page.getByRole('switch', { name: 'Send headers' }).press('Space');
    await header.waitFor({ state: 'hidden' });
    await expect.poll(() => parametersOf(id, 'Ask')).toMatchObject({ sendHeaders: false, options: { timeout: 5000 } });
    expect((await parametersOf(id, 'Ask'))['headerParameters']).toBeUndefined();
  });

  it('[FLD4] [FLD5] says at the parameter what the server finds wrong with it', async ({ expect }) => {
    await app.openWorkflow({
      name: 'Wrong',
      nodes: [step('Ask', 'http-request', 0, { options: { timeout: '={{ 1 + }}' } }, 4.2)],
    });
    await choose('Ask');
    // the outline says it, too
    const missing = page.getByRole('status').filter({ hasText: 'URL is missing.' });
    await missing.waitFor();
    await page.getByText('an expression stands between {{ and }}').waitFor();
    await page.getByRole('textbox', { name: 'URL' }).fill('https://example.com');
    await missing.waitFor({ state: 'hidden' });
    expect(await app.violations()).toEqual([]);
  });

  it('builds a schedule and shows its next five times', async ({ expect }) => {
    const id = await app.openWorkflow({ name: 'Often', nodes: [step('When', 'schedule', 0, {}, 1.2)] });
    await choose('When');
    await page.getByRole('button', { name: 'Add to Rules' }).press('Enter');
    await select('Every', 'Cron expression');
    await page.getByRole('textbox', { name: 'Cron expression' }).fill('0 9 1 1 *');
    const times = page.getByRole('region', { name: 'Next five times' }).getByRole('listitem');
    await page.waitForFunction(
      () => document.querySelectorAll('section[aria-label="Next five times"] li').length === 5,
    );
    await expect.poll(() => times.first().textContent()).toMatch(/1 January \d{4} at 0?9:00:00/);
    const zone = page.getByRole('button', { name: 'Time zone of the workflow' });
    await zone.press('Enter');
    await hasFocus();
    // the first of those that begin with it
    await page.keyboard.press('p');
    await page.getByRole('option', { name: 'Pacific/Apia' }).and(page.locator('[data-focused]')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('(Pacific/Apia)').waitFor();
    await expect.poll(() => times.first().textContent()).toMatch(/1 January \d{4} at 0?9:00:00/);
    const settings = async (): Promise<object> =>
      ((await app.api('GET', `/v1/workflows/${id}`)) as { document: { settings: object } }).document.settings;
    await expect.poll(settings).toMatchObject({ timezone: 'Pacific/Apia' });
    await page.getByRole('textbox', { name: 'Cron expression' }).fill('not cron');
    await page.getByText('is not a cron expression').first().waitFor();
    await select('Every', 'Weeks');
    await page.getByRole('button', { name: 'Mon', exact: true }).press('Space');
    expect(await app.violations()).toEqual([]);
    await expect
      .poll(async () => ((await parametersOf(id, 'When')) as { rule: { interval: object[] } }).rule.interval)
      .toEqual([{ field: 'weeks', triggerAtDay: [1, 0] }]);
  });

  it('builds conditions and fields to set, and both decide as they read', async ({ expect }) => {
    const id = await app.openWorkflow({
      name: 'Built',
      nodes: [
        step('Go', 'manual', 0),
        step('Make', 'set', 200, { assignments: { assignments: [] } }, 3.4),
        step('Big', 'filter', 400, {}, 2.2),
      ],
      edges: [edge('Go', 'Make'), edge('Make', 'Big')],
    });
    await choose('Make');
    await page.getByRole('button', { name: 'Add to Fields' }).press('Enter');
    await page.getByRole('textbox', { name: 'Name 1' }).fill('amount');
    await select('Type 1', 'Number');
    await page
      .getByRole('spinbutton', { name: 'amount =' })
      .or(page.getByRole('textbox', { name: 'amount =' }))
      .fill('7');
    await choose('Big');
    await page.getByRole('button', { name: 'Add a condition' }).press('Enter');
    await page.getByRole('textbox', { name: 'Value 1' }).fill('={{ $json.amount }}');
    await select('Type 1', 'Number');
    await select('Comparison 1', 'is greater than');
    await page
      .getByRole('spinbutton', { name: 'Compared with 1' })
      .or(page.getByRole('textbox', { name: 'Compared with 1' }))
      .fill('5');
    expect(await app.violations()).toEqual([]);
    await expect
      .poll(() => parametersOf(id, 'Big'))
      .toMatchObject({
        conditions: {
          combinator: 'and',
          conditions: [
            { leftValue: '={{ $json.amount }}', rightValue: 5, operator: { type: 'number', operation: 'gt' } },
          ],
        },
      });
    await page.getByRole('button', { name: 'Run', exact: true }).press('Enter');
    await page.getByText('Success').first().waitFor();
    await page.getByRole('tab', { name: 'Output' }).press('Enter');
    await page.getByRole('tab', { name: 'Output' }).click();
    await page.getByRole('cell', { name: '7' }).waitFor();
  });

  it('gives a value for each column of a table, and for each field another workflow takes', async ({ expect }) => {
    const table = (await app.api('POST', '/v1/data-tables', {
      name: 'People',
      columns: [
        { name: 'full name', type: 'string' },
        { name: 'age', type: 'number' },
        { name: 'active', type: 'boolean' },
      ],
    })) as { id: string };
    const inner = await app.workflow({
      schema: 1,
      name: 'Greeter',
      nodes: [
        step(
          'When',
          'execute-workflow-trigger',
          0,
          { inputSource: 'workflowInputs', workflowInputs: { values: [{ name: 'who', type: 'string' }] } },
          1.1,
        ),
      ],
      edges: [],
      settings: {},
      notes: [],
      pinned: [],
    });
    const id = await app.openWorkflow({
      name: 'Mapped',
      nodes: [
        step('Go', 'manual', 0),
        step('Keep', 'data-table', 200, {}, 1.1),
        step('Call', 'execute-workflow', 400, {}, 1.3),
      ],
      edges: [edge('Go', 'Keep')],
      pinned: [{ node: 'Go', items: [{ json: { person: 'Ada' } }] }],
    });
    await choose('Keep');
    await page.getByText('Choose first what it goes to').waitFor();
    await select('Data table: which', 'People');
    await page.getByRole('button', { name: 'fx full name' }).press('Enter');
    await page.locator('.cm-content').waitFor();
    await page.getByRole('textbox', { name: 'full name' }).focus();
    await page.keyboard.insertText('{{ $json.person }}');
    await page.getByRole('status', { name: 'Result of full name' }).getByText('Ada').waitFor();
    await page.getByRole('spinbutton', { name: 'age' }).fill('36');
    await page.getByRole('switch', { name: 'active' }).press('Space');
    expect(await app.violations()).toEqual([]);
    await expect
      .poll(() => parametersOf(id, 'Keep'))
      .toMatchObject({
        columns: { mappingMode: 'defineBelow', value: { 'full name': '={{ $json.person }}', age: 36, active: true } },
      });
    await page.getByRole('button', { name: 'Run', exact: true }).press('Enter');
    await page.getByText('Success').first().waitFor();
    const { rows } = (await app.api('GET', `/v1/data-tables/${table.id}/rows`)) as { rows: unknown };
    expect(rows).toMatchObject([{ 'full name': 'Ada', age: 36, active: true }]);
    await page.getByRole('button', { name: 'Leave age out' }).press('Enter');
    await choose('Call');
    await select('Workflow: which', 'Greeter');
    await page.getByRole('textbox', { name: 'who' }).fill('Bob');
    await expect
      .poll(() => parametersOf(id, 'Call'))
      .toMatchObject({
        workflowId: { value: inner },
        workflowInputs: { mappingMode: 'defineBelow', value: { who: 'Bob' } },
      });
    expect(Object.keys((await parametersOf(id, 'Keep'))['columns'] as object)).toContain('value');
    await page.getByRole('link', { name: 'Open that workflow' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Greeter' }).waitFor({ state: 'attached' });
  });

  it('chooses another workflow from those there are', async ({ expect }) => {
    const { id: other } = await app.api('POST', '/v1/workflows', {
      schema: 1,
      name: 'The other one',
      nodes: [],
      edges: [],
      settings: {},
      notes: [],
      pinned: [],
    });
    const id = await app.openWorkflow({ name: 'Caller', nodes: [step('Call', 'execute-workflow', 0, {}, 1.2)] });
    await choose('Call');
    await select('Workflow: which', 'The other one');
    await expect
      .poll(() => parametersOf(id, 'Call'))
      .toMatchObject({
        workflowId: { __rl: true, mode: 'list', value: other, cachedResultName: 'The other one' },
      });
    expect(await app.violations()).toEqual([]);
  });

  it('completes an expression from real data, and shows what it gives for each item', async ({ expect }) => {
    const items = [{ json: { customer: { name: 'Ada', 'odd name': 1 } } }, { json: { customer: { name: 'Bob' } } }];
    const id = await app.openWorkflow({
      name: 'Expressions',
      nodes: [
        step('Go', 'manual', 0),
        step(
          'Make',
          'set',
          200,
          { assignments: { assignments: [{ id: '1', name: 'who', value: '', type: 'string' }] } },
          3.4,
        ),
      ],
      edges: [edge('Go', 'Make')],
      pinned: [{ node: 'Go', items }],
    });
    await choose('Make');
    await page.getByRole('button', { name: 'fx who =' }).press('Enter');
    const editor = page.getByRole('textbox', { name: 'who =' });
    await page.locator('.cm-content').waitFor();
    await editor.focus();
    await page.keyboard.type('Hi {{ $json.');
    await take('customer');
    await page.keyboard.type('.na');
    await take('name');
    const result = page.getByRole('status', { name: 'Result of who =' });
    await result.getByText('Hi Ada').waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByRole('tab', { name: 'Input' }).click();
    await page.getByRole('button', { name: 'Next item' }).press('Enter');
    await page.getByRole('tab', { name: 'Parameters' }).click();
    await result.getByText('Hi Bob').waitFor();
    await expect
      .poll(() => parametersOf(id, 'Make'))
      .toMatchObject({
        assignments: { assignments: [{ value: expect.stringMatching(/^=Hi \{\{ +\$json\.customer\.name +\}\}$/) }] },
      });
  });

  it('stays where somebody types while a box gives way to the editor, late as it may come', async ({ expect }) => {
    let give = (): void => undefined;
    const given = new Promise<void>((done) => (give = done));
    await page.route(/expression-editor/, (route) => given.then(() => route.continue()));
    const id = await app.openWorkflow({ nodes: [step('Say', 'stop-and-error', 0, { errorMessage: ' or so' })] });
    await choose('Say');
    await page.getByRole('textbox', { name: 'Message' }).press('Home');
    await page.keyboard.type('={{ 1');
    await page.locator('.cm-content').waitFor({ state: 'detached' });
    give();
    await page.locator('.cm-content:focus').waitFor();
    await page.keyboard.type(' + 1 }}');
    await page.getByRole('status', { name: 'Result of Message' }).getByText('2 or so').waitFor();
    await expect.poll(() => parametersOf(id, 'Say')).toMatchObject({ errorMessage: '={{ 1 + 1 }} or so' });
    await page.unroute(/expression-editor/);
  });

  it('explains what fails, and outlives an expression that does not end', async () => {
    const bomb = '={{ [1,2,3].map(a => "x".repeat(100000).split("").map(b => "y".repeat(100000).split("").length)) }}';
    const assignments = [
      { id: '1', name: 'gone', value: "={{ $('Nobody').item.json.a }}", type: 'string' },
      { id: '2', name: 'bomb', value: bomb, type: 'string' },
      { id: '3', name: 'fine', value: '={{ 1 + 1 }}', type: 'string' },
    ];
    await app.openWorkflow({ name: 'Fails', nodes: [step('Make', 'set', 0, { assignments: { assignments } }, 3.4)] });
    await choose('Make');
    await page.getByRole('status', { name: 'Result of gone =' }).getByText('Check the name of the step.').waitFor();
    await page.getByRole('status', { name: 'Result of bomb =' }).getByText('It takes too long').waitFor();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Make it');
    await page.getByRole('textbox', { name: 'fine =' }).press('End');
    await page.keyboard.type(' ');
    await page.getByRole('status', { name: 'Result of fine =' }).getByText('2').first().waitFor();
  });

  it.for([
    {
      language: 'JavaScript',
      type: { jsCode: '' },
      begin: 'for (const each of $input.all()) {\n  each.json.cust',
      end: ' += "!";\n}\nreturn $input.all();',
      before: 'for (const ea',
    },
    {
      language: 'Python',
      type: { language: 'python', pythonCode: '' },
      begin: 'for each in _items:\n    each.json.cust',
      end: ' += "!"\nreturn _items',
      before: 'for ea',
    },
  ])('completes $language by what flows in, and says what things are', async (code, { expect }) => {
    const items = [{ json: { customer: { name: 'Ada' }, total: 7 } }];
    const id = await app.openWorkflow({
      name: 'Typed',
      nodes: [step('Go', 'manual', 0), step('Do', 'code', 200, code.type, 2)],
      edges: [edge('Go', 'Do')],
      pinned: [{ node: 'Go', items }],
    });
    await choose('Do');
    await page.locator('.cm-gutters').waitFor();
    await page.getByRole('textbox', { name: code.language }).focus();
    await page.keyboard.insertText(code.begin);
    // the language is fetched after the editor is there; it has colours then
    await page.locator('.cm-line span').first().waitFor();
    await page.keyboard.type('o');
    await take('customer');
    await page.keyboard.type('.na');
    await take('name');
    await page.keyboard.insertText(code.end);
    await page.keyboard.press('Control+Home');
    for (let at = 0; at < code.before.length; at++) await page.keyboard.press('ArrowRight');
    await page.getByRole('status').filter({ hasText: 'each: Item' }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Run', exact: true }).press('Enter');
    await page.getByText('Success').first().waitFor();
    await page.getByRole('tab', { name: 'Output' }).click();
    await page.getByRole('cell', { name: /Ada!/ }).waitFor();
    expect(JSON.stringify(await parametersOf(id, 'Do'))).toContain('each.json.customer.name +=');
  });

  it('uses a field of the input in a parameter, by keyboard and by dragging', async ({ expect }) => {
    const id = await app.openWorkflow({
      name: 'Dragged',
      nodes: [step('Go', 'manual', 0), step('Say', 'stop-and-error', 200)],
      edges: [edge('Go', 'Say')],
      pinned: [{ node: 'Go', items: [{ json: { deep: { note: 'hello' } } }] }],
    });
    await choose('Say');
    await page.getByRole('button', { name: 'Show side by side' }).press('Enter');
    const input = page.getByRole('region', { name: 'Input', exact: true });
    await input.getByRole('radio', { name: 'Schema' }).press('Space');
    await page.getByRole('textbox', { name: 'Message' }).focus();
    await input.getByRole('button', { name: 'Use $json.deep.note' }).press('Enter');
    await page.getByRole('status', { name: 'Result of Message' }).getByText('hello').waitFor();
    expect(await app.violations()).toEqual([]);
    await expect.poll(() => parametersOf(id, 'Say')).toMatchObject({ errorMessage: '={{ $json.deep.note }}' });
    await page.getByRole('button', { name: 'fx Message' }).press('Enter');
    const message = page.getByRole('textbox', { name: 'Message' });
    await message.fill('');
    await restingBox(message);
    await input.getByRole('button', { name: 'Use $json.deep.note' }).dragTo(message);
    await expect.poll(() => parametersOf(id, 'Say')).toMatchObject({ errorMessage: '={{ $json.deep.note }}' });
  });

  it('pins and edits what a step gave', async ({ expect }) => {
    const id = await app.openWorkflow({ name: 'Pinned', nodes: [step('Go', 'manual', 0)] });
    await choose('Go');
    await page.getByRole('tab', { name: 'Output' }).click();
    await page.getByRole('button', { name: 'Edit output' }).press('Enter');
    const editor = page.getByRole('textbox', { name: 'Items as JSON' });
    await editor.press('Control+a');
    await page.keyboard.insertText('{"a": ');
    await page.getByText('Write a list of objects.').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('[{"name": "<img src=x onerror=alert(1)>"}]');
    await page.getByRole('button', { name: 'Pin what is written' }).press('Enter');
    await page.getByRole('cell', { name: '<img src=x' }).waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    const pinned = async (): Promise<unknown> =>
      ((await app.api('GET', `/v1/workflows/${id}`)) as { document: { pinned: unknown } }).document.pinned;
    const items = [{ json: { name: '<img src=x onerror=alert(1)>' } }];
    await expect.poll(pinned).toEqual([{ node: 'Go', items }]);
    expect(await app.violations()).toEqual([]);
  });

  it('makes a credential in place, tries it out, and shares it, without showing it again', async ({ expect }) => {
    const id = await app.openWorkflow({
      name: 'Secret',
      nodes: [step('Ask', 'http-request', 0, { url: 'https://example.com' }, 4.2)],
    });
    await choose('Ask');
    await select('Authentication', 'Generic credential type');
    await select('Kind of credential', 'HTTP bearer auth');
    const field = page.getByRole('group', { name: 'Credential', exact: true });
    await field.getByRole('button', { name: 'New', disabled: false }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('My token');
    await dialog.locator('input[type=password]').first().fill('very-secret-token');
    const domains = dialog.getByRole('textbox', { name: /^May be sent to/ });
    await domains.fill('example.com, not a domain');
    await domains.press('Enter');
    await domains.and(page.locator('[aria-invalid=true]:focus')).waitFor();
    await domains.fill('example.com');
    expect(await app.violations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).press('Enter');
    await dialog.getByText('Ready').waitFor();
    await dialog.getByRole('button', { name: 'Test', exact: true }).press('Enter');
    // nothing is known to try a bare token at: said so, and what to do
    await dialog.getByRole('alert').waitFor();
    await dialog.getByRole('checkbox').first().press('Space');
    await dialog.getByText('Only those chosen here').waitFor();
    expect(await app.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await field.getByRole('button', { name: /My token/ }).waitFor();
    await expect
      .poll(async () => JSON.stringify(await app.api('GET', `/v1/workflows/${id}`)))
      .toMatch(/"httpBearerAuth":\{"id":"cred_[0-9a-z]{16}","name":"My token"\}/);
    await field.getByRole('button', { name: 'Edit the credential' }).press('Enter');
    await expect.poll(() => dialog.locator('input[type=password]').first().inputValue()).toBe('');
    expect(await page.content()).not.toContain('very-secret-token');
    await page.keyboard.press('Escape');
  });

  it('runs with data written by hand, and with the next call of its webhook', async ({ expect }) => {
    await app.openWorkflow({
      name: 'Tried',
      nodes: [
        step('Hook', 'webhook', 0, { path: 'tried', responseMode: 'lastNode' }, 2),
        step(
          'Say',
          'set',
          200,
          {
            assignments: { assignments: [{ id: '1', name: 'said', value: '={{ $json.body.word }}', type: 'string' }] },
          },
          3.4,
        ),
      ],
      edges: [edge('Hook', 'Say')],
    });
    await choose('Say');
    await page.getByRole('tab', { name: 'Output' }).click();
    await page.getByRole('button', { name: 'Run with data…' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Items as JSON' }).press('Control+a');
    await page.keyboard.insertText('[{"body": {"word": "by hand"}}]');
    expect(await app.violations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Run', exact: true }).press('Enter');
    await page.getByRole('cell', { name: 'by hand' }).waitFor();
    await page.getByRole('button', { name: 'Listen for a call' }).press('Enter');
    const address = await page.getByText(/^GET http/).textContent();
    expect(await app.violations()).toEqual([]);
    const url = address?.replace('GET ', '') ?? '';
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    await page.getByRole('button', { name: 'Listen for a call' }).waitFor();
    await page.getByText('Success').first().waitFor();
    expect((await fetch(`${app.ready.url}/hooks/${app.ready.tenant}/tried`)).status).toBe(404);
  });

  it('inserts a step into a connection, by keyboard and from the canvas, and writes notes', async ({ expect }) => {
    const id = await app.openWorkflow({
      name: 'Between',
      nodes: [step('Go', 'manual', 0), step('End', 'no-op', 400)],
      edges: [edge('Go', 'End')],
    });
    const documentNow = async () => {
      await page.getByText('Saved', { exact: true }).waitFor();
      const { document } = (await app.api('GET', `/v1/workflows/${id}`)) as {
        document: {
          nodes: { id: string; name: string }[];
          edges: { from: { node: string }; to: { node: string } }[];
          notes: { text: string }[];
        };
      };
      const names = new Map(document.nodes.map((each) => [each.id, each.name]));
      const edges = document.edges.map(({ from, to }) => `${names.get(from.node)} > ${names.get(to.node)}`);
      return { edges: edges.sort(), notes: document.notes };
    };
    await page.getByRole('button', { name: 'Outline', exact: true }).press('Enter');
    await page.getByRole('button', { name: 'Insert a step: Go → End' }).press('Enter');
    await app.addStep('limit');
    await expect.poll(async () => (await documentNow()).edges).toEqual(['Go > Limit', 'Limit > End']);
    await page.getByRole('button', { name: 'Canvas', exact: true }).press('Enter');
    const source = page.locator('.react-flow__node').filter({ hasText: 'End' }).locator('.react-flow__handle.source');
    await restingBox(source);
    await source.dragTo(page.locator('.react-flow__pane'), { targetPosition: { x: 700, y: 120 } });
    await app.addStep('aggregate');
    await expect.poll(async () => (await documentNow()).edges).toContain('End > Aggregate');
    await page.getByRole('button', { name: 'Add a note' }).press('Enter');
    await page.getByRole('textbox', { name: 'Note on the canvas' }).fill('<img src=x onerror=alert(1)> **why**');
    expect(await app.violations()).toEqual([]);
    await expect
      .poll(async () => (await documentNow()).notes)
      .toMatchObject([{ text: '<img src=x onerror=alert(1)> **why**' }]);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  });

  it('complains about nothing by itself', ({ expect }) => {
    // the browser logs refusals: of a domain that is none, of a token that nothing can try, of a schedule half written
    const provoked = /status of 409|status of 400 .* \/v1\/(credentials|workflows\/\w+\/starts)$/;
    expect(app.faults.filter((fault) => !provoked.test(fault))).toEqual([]);
  });
});
