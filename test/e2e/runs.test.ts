import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { Keys } from '../harness/keys.ts';
import { processesNaming } from '../harness/processes.ts';
import { pick } from '../harness/web.ts';
import { WebApp } from '../harness/web-app.ts';
import { chain, hook, http, manual, node, set } from '../served/documents.ts';

const failing = "={{ $json.n === 2 ? $('Nobody').item.json.a : 'fine' }}";

describe.runIf(hasBrowser)('runs in the web app', () => {
  let app: WebApp;
  let remote: Server;
  /** The stand-in hangs while it is asked for this. */
  let hangs = true;

  beforeAll(async () => {
    remote = createServer((_, response) => {
      if (!hangs) response.end('{}');
    });
    await new Promise<void>((done) => remote.listen(0, '127.0.0.1', done));
    app = await WebApp.open();
  });
  afterAll(async () => {
    await app?.close();
    remote.closeAllConnections();
    remote.close();
  });

  const naps = (name: string): Promise<string> =>
    app.workflow(chain(name, [manual(), node('nap', 'wait', 1.1, { amount: 1, unit: 'hours' })]));
  /** Starts a run of such a workflow, and waits until it waits. */
  const napping = async (workflow: string): Promise<string> => {
    const run = await app.begin(workflow);
    while ((await app.api('GET', `/v1/runs/${run}`))['status'] !== 'waiting') await app.page.waitForTimeout(50);
    return run;
  };

  it('narrows the list by keyboard, and the address holds the filters', async ({ expect }) => {
    const { page } = app;
    const good = await app.workflow(chain('Good', [manual(), set('mark', { a: 'x' })]));
    const bad = await app.workflow(chain('Bad', [manual(), set('Mark', { a: failing })]));
    await app.run(good);
    await app.run(bad, { input: [{ n: 1 }, { n: 2 }] });
    await page.goto(`${app.ready.url}/runs`);
    const table = page.getByRole('table', { name: 'Runs' });
    await table.getByRole('link', { name: 'Good' }).waitFor();
    await page.getByRole('button', { name: /Status/ }).press('Enter');
    await page.getByRole('option', { name: 'Failed' }).waitFor();
    await page.locator('[role=option]:focus, [role=listbox]:focus').waitFor();
    await page.keyboard.type('Failed');
    await page.getByRole('option', { name: 'Failed' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await table.getByRole('link', { name: 'Good' }).waitFor({ state: 'detached' });
    await expect.poll(() => new URL(page.url()).searchParams.get('status')).toBe('error');
    await page.getByRole('textbox', { name: 'Version' }).fill('draft');
    await page.getByRole('button', { name: /Started by/ }).press('Enter');
    await page.getByRole('option', { name: 'A person' }).click();
    await page.getByRole('button', { name: /Person or key/ }).press('Enter');
    await page.getByRole('option', { name: 'an API key', exact: true }).click();
    await page.getByRole('button', { name: /^Started$|At any time/ }).press('Enter');
    await page.getByRole('option', { name: 'In the last hour' }).click();
    await page.waitForURL(/[?&]period=/);
    await page.reload();
    await table.getByRole('link', { name: 'Bad' }).waitFor();
    await expect.poll(() => table.getByRole('row').count()).toBe(2);
    await table.getByText('Started by: an API key').waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('startedBy')).toMatch(/^key_/);
    expect(await app.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Clear filters' }).press('Enter');
    await table.getByRole('link', { name: 'Good' }).waitFor();
  });

  it('tells times in the zone of the person, or in the one they choose', async ({ expect }) => {
    const { runs } = (await app.api('GET', '/v1/runs?limit=1')) as { runs: { id: string; startedAt: number }[] };
    const there = await app.signedIn({ timezoneId: 'Asia/Tokyo' });
    await there.goto(`${app.ready.url}/runs/${runs[0]?.id ?? ''}`);
    const moment = there.getByText(/^Started/).locator('time');
    await moment.hover();
    const textIn = (timeZone: string): string =>
      new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long', timeZone }).format(runs[0]?.startedAt);
    await expect.poll(() => moment.getAttribute('title')).toBe(textIn('Asia/Tokyo'));
    await there.goto(`${app.ready.url}/account`);
    const zone = there.getByRole('button', { name: 'Show times in' });
    await zone.press('Enter');
    await there.waitForFunction(() => document.activeElement?.matches('[role=option], [role=listbox]'));
    // no other begins with it
    await there.keyboard.press('u');
    await there.getByRole('option', { name: 'UTC', exact: true }).and(there.locator('[data-focused]')).waitFor();
    await there.keyboard.press('Enter');
    await there.getByText(/there now \(UTC\)/).waitFor();
    await there.goto(`${app.ready.url}/runs/${runs[0]?.id ?? ''}`);
    await moment.hover();
    await expect.poll(() => moment.getAttribute('title')).toBe(textIn('UTC'));
    await there.goto(`${app.ready.url}/runs?period=between`);
    await there.getByLabel('From (UTC)').waitFor();
    await there.context().close();
  });

  it('explains a failure: the item, the expression, the way to the step; runs again from there', async ({ expect }) => {
    const { page } = app;
    await page.goto(`${app.ready.url}/runs`);
    await page.getByRole('table', { name: 'Runs' }).getByRole('link', { name: 'Bad' }).press('Enter');
    const why = page.getByRole('group', { name: /Nobody/ });
    await why.waitFor();
    await expect.poll(() => why.getByText(failing, { exact: true }).count()).toBe(1);
    const item = why.getByRole('region', { name: 'Failed for item 1' });
    await expect.poll(() => item.getByRole('cell', { name: '2', exact: true }).count()).toBe(1);
    await page.getByRole('heading', { name: 'Went in: From start' }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Copy link to this run' }).press('Enter');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
    const before = page.url();
    await page.getByRole('button', { name: 'Retry from the failed step' }).press('Enter');
    await page.waitForURL((url) => url.href !== before);
    const [first = '', second = ''] = [before, page.url()].map((url) => new URL(url).pathname.split('/').at(-1));
    await page.getByRole('link', { name: `Repeats ${first}` }).press('Enter');
    await page.getByRole('link', { name: second, exact: true }).press('Enter');
    await page.getByRole('link', { name: `Repeats ${first}` }).waitFor();
    await why.waitFor();
    await why.getByRole('link', { name: 'Open the step in the editor' }).press('Enter');
    await page.getByRole('textbox', { name: 'Name', exact: true }).waitFor();
  });

  it('shows the items of an edge, chosen by keyboard on the canvas', async ({ expect }) => {
    const { page } = app;
    await page.goto(`${app.ready.url}/runs?text=${encodeURIComponent('Nobody')}`);
    await page.getByRole('table', { name: 'Runs' }).getByRole('link', { name: 'Bad' }).last().press('Enter');
    const edge = page.locator('.react-flow__edge').first();
    await edge.waitFor();
    await edge.press('Enter');
    await page.getByRole('heading', { name: 'From start to Mark' }).waitFor();
    expect(await app.violations()).toEqual([]);
  });

  it('names a run by its workflow, keeps what is looked at in its address, and goes through steps by arrows', async ({
    expect,
  }) => {
    const { page } = app;
    await page.goto(`${app.ready.url}/runs?text=${encodeURIComponent('Nobody')}`);
    await page.getByRole('table', { name: 'Runs' }).getByRole('link', { name: 'Bad' }).last().press('Enter');
    await page.getByRole('heading', { level: 1, name: /^Bad · run_/ }).waitFor();
    await page.waitForFunction(() => document.title.startsWith('Bad · run_'));
    const steps = page.getByRole('list', { name: 'Timeline' }).getByRole('button');
    await steps.last().press('ArrowUp');
    await page.waitForURL(/step=0/);
    await page.getByRole('heading', { name: 'Went in: The run started with' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 2, name: 'start' }).waitFor();
    await expect.poll(() => steps.first().getAttribute('aria-pressed')).toBe('true');
    await page.locator('.react-flow__edge').first().press('Enter');
    await page.waitForURL(/edge=/);
    await page.reload();
    await page.getByRole('heading', { name: 'From start to Mark' }).waitFor();
    await page.goBack();
    await page.getByRole('table', { name: 'Runs' }).getByRole('link', { name: 'Bad' }).first().waitFor();
  });

  it('draws a run on the version it ran, and runs again on what was published since', async ({ expect }) => {
    const { page } = app;
    const parts = (value: string) => [manual(), set('Old step', { a: value })];
    const id = await app.workflow(chain('Moved on', parts('one')));
    await app.api('POST', `/v1/workflows/${id}/publish`, {});
    const run = await app.run(id, { input: [{ kept: 'yes' }] });
    const next = chain('Moved on', [manual(), set('New step', { a: 'two' })]);
    await app.api('PUT', `/v1/workflows/${id}`, next);
    await app.api('POST', `/v1/workflows/${id}/publish`, {});
    await page.goto(`${app.ready.url}/runs/${run}`);
    await page.locator('.react-flow__node').filter({ hasText: 'Old step' }).waitFor();
    await page.getByRole('link', { name: 'Version 1' }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Other ways to run again' }).press('Enter');
    await pick(page.getByRole('menuitem', { name: 'From the start, on what is published now' }));
    await page.waitForURL((url) => !url.pathname.endsWith(run));
    await page.locator('.react-flow__node').filter({ hasText: 'New step' }).waitFor();
    await page.getByRole('link', { name: 'Version 2' }).waitFor();
    await page.getByText('kept').first().waitFor();
  });

  it('[RNS7] leads from a step to the runs that it called, page by page, and from one of them back', async ({
    expect,
  }) => {
    const { page } = app;
    const trigger = node('start', 'execute-workflow-trigger', 1);
    const inner = await app.workflow(chain('Inner', [trigger, set('mark', { a: 'x' })]));
    await app.api('POST', `/v1/workflows/${inner}/publish`, {});
    const ask = node('ask', 'execute-workflow', 1.2, { workflowId: inner, mode: 'each', options: {} });
    const outer = await app.workflow(chain('Outer', [manual(), ask, set('last', { b: 'y' })]));
    const run = await app.run(outer, { input: Array.from({ length: 25 }, (_, n) => ({ n })) });
    await page.goto(`${app.ready.url}/runs/${run}`);
    await page.getByRole('list', { name: 'Timeline' }).getByRole('button', { name: /^ask/ }).press('Enter');
    const called = page.getByRole('list', { name: 'Called runs: 25' }).getByRole('listitem');
    await called.nth(19).waitFor();
    await called.first().filter({ hasText: 'Success' }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Load more' }).press('Enter');
    await called
      .nth(24)
      .getByRole('link', { name: /^Inner · run_/ })
      .press('Enter');
    await page.getByRole('heading', { level: 1, name: /^Inner · run_/ }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByRole('link', { name: `Called by run ${run}, step ask` }).press('Enter');
    await page.getByRole('heading', { level: 1, name: `Outer · ${run}` }).waitFor();
    await page.getByRole('heading', { level: 2, name: 'ask' }).waitFor();
  });

  it('[RNS9] leads from a run that failed to the run of its error workflow, and back', async ({ expect }) => {
    const { page } = app;
    const handler = await app.workflow(chain('Tells', [node('caught', 'error-trigger', 1), set('mark', { a: 'x' })]));
    await app.api('POST', `/v1/workflows/${handler}/publish`, {});
    const ask = node('Ask', 'approval', 1, { title: 'Break?' });
    const broken = chain('Breaks', [
      hook('breaks', 'onReceived'),
      ask,
      node('stop', 'stop-and-error', 1, { errorMessage: 'no' }),
    ]);
    const id = await app.workflow({ ...broken, settings: { errorWorkflow: handler } });
    await app.api('POST', `/v1/workflows/${id}/publish`, {});
    const { headers } = await fetch(`${app.ready.url}/hooks/local/breaks`, { method: 'POST' });
    const run = headers.get('x-millrace-run') ?? '';
    await page.goto(`${app.ready.url}/runs/${run}`);
    // it fails under the eyes of whoever looks at it
    await page.getByRole('heading', { level: 1, name: `Breaks · ${run}` }).waitFor();
    await page.getByText('Break?', { exact: true }).first().waitFor();
    await app.api('POST', `/v1/runs/${run}/answer`, { approved: true });
    await page.getByRole('link', { name: /^Its error workflow ran as run_/ }).press('Enter');
    await page.getByRole('heading', { level: 1, name: /^Tells · run_/ }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByRole('link', { name: `Started because ${run} failed` }).press('Enter');
    await page.getByRole('heading', { level: 1, name: `Breaks · ${run}` }).waitFor();
  });

  it('retries and cancels many at once, and says what was left', async ({ expect }) => {
    const { page } = app;
    const failing3 = await app.workflow(chain('Fails often', [manual(), set('Mark', { a: failing })]));
    for (let count = 0; count < 3; count++) await app.run(failing3, { input: [{ n: 2 }] });
    const long = await naps('Naps long');
    const nap = await napping(long);
    const runsOf = async (workflow: string): Promise<number> =>
      ((await app.api('GET', `/v1/runs?workflow=${workflow}`))['runs'] as unknown[]).length;
    await page.goto(`${app.ready.url}/runs?workflow=${failing3}`);
    await page.getByRole('checkbox', { name: 'Select all shown' }).press('Space');
    const bulk = page.getByRole('group', { name: 'With the selected' });
    await bulk.getByText('3 selected').waitFor();
    await expect.poll(() => bulk.getByRole('button', { name: 'Cancel' }).isDisabled()).toBe(true);
    await bulk.getByRole('button', { name: 'Retry' }).press('Enter');
    await bulk.getByText('Done for 3 runs.').waitFor();
    expect(await app.violations()).toEqual([]);
    await expect.poll(() => runsOf(failing3)).toBe(6);
    await page.goto(`${app.ready.url}/runs`);
    await page.getByRole('checkbox', { name: `Select Naps long ${nap}` }).press('Space');
    await page
      .getByRole('checkbox', { name: /^Select Fails often/ })
      .first()
      .press('Space');
    await bulk.getByRole('button', { name: 'Cancel' }).press('Enter');
    await bulk.getByText('Done for 1 run. 1 left as they were').waitFor();
    await expect.poll(() => app.api('GET', `/v1/runs/${nap}`)).toMatchObject({ status: 'canceled' });

    // what came of it is said even when the filter takes away what was selected
    await napping(long);
    await page.goto(`${app.ready.url}/runs?workflow=${long}&status=waiting`);
    await page.getByRole('checkbox', { name: /^Select Naps long/ }).press('Space');
    await bulk.getByRole('button', { name: 'Cancel' }).press('Enter');
    await page.getByText('No run matches').waitFor();
    await bulk.getByText('Done for 1 run.').waitFor();
  });

  it('runs again once, whichever button does, and keeps nothing for the next run', async ({
    expect,
    onTestFinished,
  }) => {
    const { page } = app;
    onTestFinished(() => page.unroute('**/rerun'));
    const id = await app.workflow(chain('Once more', [manual(), set('mark', { a: 'x' })]));
    const first = await app.run(id);
    await page.goto(`${app.ready.url}/runs/${first}`);
    const again = page.getByRole('button', { name: 'Run again', exact: true });
    await again.press('Enter');
    await page.waitForURL((url) => !url.pathname.endsWith(first));
    const fromHere = page.getByRole('button', { name: 'Run again from here' });
    await again.waitFor();
    const { promise: refused, resolve: refuse } = Promise.withResolvers<void>();
    await page.route('**/rerun', async (route) => {
      await refused;
      await route.fulfill({ status: 409, contentType: 'application/problem+json', body: '{"code":"conflict"}' });
    });
    await fromHere.press('Enter');
    await expect.poll(() => again.isDisabled()).toBe(true);
    refuse();
    await page.getByRole('alert').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: first }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('takes nobody to the new run who has gone on meanwhile', async ({ expect, onTestFinished }) => {
    const { page } = app;
    const id = await app.workflow(chain('Left', [manual(), set('mark', { a: 'x' })]));
    await page.goto(`${app.ready.url}/runs/${await app.run(id)}`);
    onTestFinished(() => page.unroute('**/rerun'));
    const { promise: released, resolve: go } = Promise.withResolvers<void>();
    await page.route('**/rerun', async (route) => {
      await released;
      await route.continue();
    });
    const answered = page.waitForResponse('**/rerun');
    await page.getByRole('button', { name: 'Run again', exact: true }).press('Enter');
    await page.getByRole('link', { name: 'All runs of this workflow' }).press('Enter');
    await page.getByRole('table', { name: 'Runs' }).waitFor();
    go();
    await (await answered).finished();
    await page.waitForTimeout(500);
    expect(new URL(page.url()).pathname).toBe('/runs');
  });

  it('compares two runs and says what differs', async ({ expect }) => {
    const { page } = app;
    const id = await app.workflow(
      chain('Twice', [manual(), set('mark', { a: '={{ $json.n }}' }), set('same', { b: '1' })]),
    );
    const first = await app.run(id, { input: [{ n: 1 }, { n: 2 }] });
    const second = await app.run(id, { input: [{ n: 1 }, { n: 3 }] });
    await page.goto(`${app.ready.url}/runs/${first}`);
    await page.getByRole('link', { name: 'Compare' }).press('Enter');
    await page.getByRole('textbox', { name: 'Id of the other run' }).fill(second);
    await page.keyboard.press('Enter');
    const list = page.getByRole('list', { name: 'Two runs compared' });
    const mark = list.getByRole('button', { name: /mark/ });
    await mark.getByText('Items differ from item 1 on').waitFor();
    await mark.press('Enter');
    await list.getByRole('heading', { name: 'Other run' }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.reload();
    await mark.waitFor();
  });

  it('approves in the inbox and at the address, and declines', async ({ expect }) => {
    const { page } = app;
    const id = await app.workflow(chain('Expense', [manual(), node('Ask', 'approval', 1, { title: 'Pay 40?' })]));
    const [inApp, byLink] = [await app.run(id), await app.run(id)];
    await page.goto(`${app.ready.url}/runs`);
    await page.getByRole('link', { name: /Waiting for people/ }).press('Enter');
    await page.getByRole('heading', { name: 'Approvals' }).waitFor();
    const mine = page.getByRole('listitem').filter({ hasText: inApp });
    await mine.getByText('Pay 40?', { exact: true }).waitFor();
    await mine.getByRole('textbox', { name: /Remark/ }).fill('within budget');
    expect(await app.violations()).toEqual([]);
    await mine.getByRole('button', { name: 'Approve' }).press('Enter');
    await mine.waitFor({ state: 'detached' });
    const approvalOf = async (run: string): Promise<unknown> => {
      const { nodes } = (await app.api('GET', `/v1/runs/${run}?wait=10s`)) as {
        nodes: { outputs: { json: { approval: unknown } }[][] }[];
      };
      return nodes.at(-1)?.outputs.flat()[0]?.json.approval;
    };
    await expect.poll(() => approvalOf(inApp)).toMatchObject({ approved: true, remark: 'within budget' });
    const waiting = await app.api('GET', `/v1/runs/${byLink}`);
    const [{ url }] = waiting['resumeUrls'] as [{ url: string }];
    const stranger = await (await app.browser.newContext()).newPage();
    await stranger.goto(`${new URL(url, app.ready.url).href}?decision=Decline`);
    await stranger.getByRole('heading', { name: 'Pay 40?' }).waitFor();
    await expect.poll(() => stranger.getByRole('radio', { name: 'Decline' }).isChecked()).toBe(true);
    expect(await app.violations(stranger)).toEqual([]);
    await expect.poll(() => app.api('GET', `/v1/runs/${byLink}`)).toMatchObject({ status: 'waiting' });
    await stranger.getByRole('button', { name: 'Send' }).press('Enter');
    await stranger.getByRole('heading', { name: 'Declined' }).waitFor();
    await expect.poll(() => approvalOf(byLink)).toMatchObject({ approved: false, by: 'link' });
    await stranger.context().close();
  });

  // a machine is started within it
  it(
    'decides an effect in doubt after the machine was lost, by keys alone',
    { timeout: 180_000 },
    async ({ expect }) => {
      const { page } = app;
      const { port } = remote.address() as AddressInfo;
      const id = await app.workflow(
        chain('Charge', [
          manual(),
          http('Pay', { method: 'POST', url: `http://127.0.0.1:${port}/pay`, options: { idempotencyKey: false } }),
        ]),
      );
      const asked = new Promise((done) => remote.once('request', done));
      const { id: run } = await app.api('POST', `/v1/workflows/${id}/runs`, {});
      await asked;
      // all at once: the runtime must not live to see its door closed
      for (const { pid } of processesNaming(app.dataDir)) process.kill(pid, 'SIGKILL');
      await app.launcher.stop('SIGKILL');
      hangs = false;
      await app.start({ PORT: new URL(app.ready.url).port });
      await page.goto(`${app.ready.url}/runs/inbox`);
      const mine = page.getByRole('listitem').filter({ hasText: String(run) });
      await mine.getByText('It is not known whether this step happened: Pay').waitFor();
      expect(await app.violations()).toEqual([]);
      const keys = new Keys(page);
      await keys.hit(mine.getByRole('button', { name: 'Do it again' }));
      await mine.waitFor({ state: 'detached' });
      // the row is gone, the focus is not
      await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true);
      expect([...keys.unseen]).toEqual([]);
      await expect.poll(() => app.api('GET', `/v1/runs/${String(run)}?wait=10s`)).toMatchObject({ status: 'success' });
    },
  );

  it('pauses, resumes and cancels; tells a stranger nothing; speaks German', async ({ expect }) => {
    const { page } = app;
    const run = await napping(await naps('Nap'));
    await page.goto(`${app.ready.url}/runs/${run}`);
    // the stream may tell what became of it before its answer comes, and until then nothing else can be pressed
    const press = (name: string) => page.getByRole('button', { name, disabled: false }).press('Enter');
    await press('Pause');
    await press('Resume');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await press('Cancel run');
    await page.getByText('Canceled').first().waitFor();
    const deeds = page.getByRole('list', { name: 'What people did' }).getByRole('listitem');
    await deeds.filter({ hasText: /^Canceled: an API key/ }).waitFor();
    await expect.poll(() => deeds.allTextContents()).toHaveLength(3);
    await page.goto(`${app.ready.url}/runs/run_0_zzz_0`);
    await page
      .getByRole('heading', { name: 'This run is not in the organisation you are in, or you may not see it.' })
      .waitFor();
    expect(await app.violations()).toEqual([]);
    await page.evaluate(() => localStorage.setItem('millrace.language', 'de'));
    await page.goto(`${app.ready.url}/runs/inbox`);
    await page.getByRole('heading', { name: 'Wartet auf Menschen' }).waitFor();
    expect(app.faults.filter((text) => !/40[0149]|ERR_|Failed to fetch/.test(text))).toEqual([]);
  });
});
