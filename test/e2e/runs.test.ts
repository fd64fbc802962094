import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { processesNaming } from '../harness/processes.ts';
import { WebApp } from '../harness/web-app.ts';
import { chain, http, manual, node, set } from '../served/documents.ts';

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

  it('narrows the list by keyboard, and the address holds the filters', async ({ expect }) => {
    const { page } = app;
    const good = await app.workflow(chain('Good', [manual(), set('mark', { a: 'x' })]));
    const bad = await app.workflow(chain('Bad', [manual(), set('Mark', { a: failing })]));
    await app.run(good);
    await app.run(bad, { input: [{ n: 1 }, { n: 2 }] });
    await page.goto(`${app.ready.url}/runs`);
    const table = page.getByRole('table', { name: 'Runs' });
    await table.getByRole('link', { name: 'Good' }).waitFor();
    await page.getByRole('button', { name: /Status/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'Failed' }).waitFor();
    await page.keyboard.type('Failed');
    await page.keyboard.press('Enter');
    await table.getByRole('link', { name: 'Good' }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('status')).toBe('error');
    await page.getByRole('textbox', { name: 'Version' }).fill('draft');
    await page.getByRole('button', { name: /Started by/ }).press('Enter');
    await page.getByRole('option', { name: 'A person' }).click();
    await page.getByRole('button', { name: /^Started$|At any time/ }).press('Enter');
    await page.getByRole('option', { name: 'In the last hour' }).click();
    await page.reload();
    await table.getByRole('link', { name: 'Bad' }).waitFor();
    expect(await table.getByRole('row').count()).toBe(2);
    expect(await app.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Clear filters' }).press('Enter');
    await table.getByRole('link', { name: 'Good' }).waitFor();
  });

  it('explains a failure: the item, the expression, the way to the step; runs again from there', async ({ expect }) => {
    const { page } = app;
    await page.getByRole('table', { name: 'Runs' }).getByRole('link', { name: 'Bad' }).press('Enter');
    const why = page.getByRole('group', { name: /Nobody/ });
    await why.waitFor();
    expect(await why.getByText(failing, { exact: true }).count()).toBe(1);
    const item = why.getByRole('region', { name: 'Failed for item 1' });
    expect(await item.getByRole('cell', { name: '2', exact: true }).count()).toBe(1);
    await page.getByRole('heading', { name: 'Went in: From start' }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Copy link to this run' }).press('Enter');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
    const before = page.url();
    await page.getByRole('button', { name: 'Retry from the failed step' }).press('Enter');
    await page.waitForURL((url) => url.href !== before);
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
    await edge.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'From start to Mark' }).waitFor();
    expect(await app.violations()).toEqual([]);
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
    expect(await approvalOf(inApp)).toMatchObject({ approved: true, remark: 'within budget' });
    const waiting = await app.api('GET', `/v1/runs/${byLink}`);
    const [{ url }] = waiting['resumeUrls'] as [{ url: string }];
    const stranger = await (await app.browser.newContext()).newPage();
    await stranger.goto(`${new URL(url, app.ready.url).href}?decision=Decline`);
    await stranger.getByRole('heading', { name: 'Pay 40?' }).waitFor();
    expect(await stranger.getByRole('radio', { name: 'Decline' }).isChecked()).toBe(true);
    expect(await app.violations(stranger)).toEqual([]);
    expect(await app.api('GET', `/v1/runs/${byLink}`)).toMatchObject({ status: 'waiting' });
    await stranger.getByRole('button', { name: 'Send' }).press('Enter');
    await stranger.getByRole('heading', { name: 'Declined' }).waitFor();
    expect(await approvalOf(byLink)).toMatchObject({ approved: false, by: 'link' });
    await stranger.context().close();
  });

  it('decides an effect in doubt after the machine was lost', async ({ expect }) => {
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
    await mine.getByRole('button', { name: 'Do it again' }).press('Enter');
    await mine.waitFor({ state: 'detached' });
    expect(await app.api('GET', `/v1/runs/${String(run)}?wait=10s`)).toMatchObject({ status: 'success' });
  });

  it('pauses, resumes and cancels; tells a stranger nothing; speaks German', async ({ expect }) => {
    const { page } = app;
    const id = await app.workflow(chain('Nap', [manual(), node('nap', 'wait', 1.1, { amount: 1, unit: 'hours' })]));
    const run = await app.run(id);
    await page.goto(`${app.ready.url}/runs/${run}`);
    await page.getByRole('button', { name: 'Pause' }).press('Enter');
    await page.getByRole('button', { name: 'Resume' }).press('Enter');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByRole('button', { name: 'Cancel run' }).press('Enter');
    await page.getByText('Canceled').first().waitFor();
    await page.goto(`${app.ready.url}/runs/run_0_zzz_0`);
    await page
      .getByRole('heading', { name: 'This run is not in the organisation you are in, or you may not see it.' })
      .waitFor();
    expect(await app.violations()).toEqual([]);
    await page.evaluate(() => localStorage.setItem('millrace.language', 'de'));
    await page.goto(`${app.ready.url}/runs/inbox`);
    await page.getByRole('heading', { name: 'Wartet auf Menschen' }).waitFor();
    expect(
      app.faults.filter((text) => !/40[0149]|ERR_CONNECTION|ERR_INCOMPLETE_CHUNKED|Failed to fetch/.test(text)),
    ).toEqual([]);
  });
});
