import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { WebApp } from '../harness/web-app.ts';
import { chain, manual, node, set } from '../served/documents.ts';

/** Whoever is not told of changes asks every four seconds, or more often. */
const QUIET_MS = 6_000;

describe.runIf(hasBrowser)('lists that follow what happens', () => {
  let app: WebApp;
  let quick = '';
  /** Questions for lists of runs that the page asked. */
  let asked = 0;

  beforeAll(async () => {
    app = await WebApp.open();
    quick = await app.workflow(chain('Quick', [manual(), set('mark', { a: 'x' })]));
    app.page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/v1/runs') asked++;
    });
  });
  afterAll(() => app?.close());

  const rows = () => app.page.getByRole('table', { name: 'Runs' }).getByRole('link', { name: 'Quick' });

  /** Until nothing is asked for as long as would hold several polls: a page that loads asks when it gets to it. */
  const quiet = async (count: () => number): Promise<void> => {
    for (let before = -1; before !== count();) {
      before = count();
      await app.page.waitForTimeout(QUIET_MS);
    }
  };

  it('shows a run that begins elsewhere, and asks for nothing while nothing happens', async ({ expect }) => {
    const { page } = app;
    const streams = page.waitForResponse((response) => response.url().endsWith('/v1/runs/events'));
    await page.goto(`${app.ready.url}/runs`);
    expect((await streams).status()).toBe(200);
    await page.getByRole('heading', { name: 'Runs' }).waitFor();
    await quiet(() => asked);
    const before = asked;
    const run = await app.run(quick);
    await page.locator(`a[href$="${run}"]`).waitFor();
    expect(asked).toBeGreaterThan(before);
  });

  it('counts what waits for people as it comes and goes', async ({ expect }) => {
    const { page } = app;
    const asking = await app.workflow(chain('Asks', [manual(), node('Ask', 'approval', 1, { title: 'May I?' })]));
    const run = await app.run(asking);
    await page.getByRole('link', { name: /Waiting for people\s*1/ }).waitFor();
    await app.api('POST', `/v1/runs/${run}/answer`, { approved: true });
    await page.getByRole('link', { name: /Waiting for people\s*1/ }).waitFor({ state: 'detached' });
    expect(await app.violations()).toEqual([]);
  });

  it('polls while the stream cannot be had, and follows again once it can', async ({ expect, onTestFinished }) => {
    const { page } = app;
    onTestFinished(() => page.unroute('**/v1/runs/events'));
    await page.goto(`${app.ready.url}/runs`);
    await rows().first().waitFor();
    await page.route('**/v1/runs/events', (route) => route.abort());
    await page.reload();
    await rows().first().waitFor();
    const run = await app.run(quick);
    await page.locator(`a[href$="${run}"]`).waitFor();
    const before = asked;
    // the list and the four questions of the inbox, and both once more
    await expect.poll(() => asked).toBeGreaterThan(before + 5);
    const again = page.waitForResponse((response) => response.url().endsWith('/v1/runs/events'), { timeout: 45_000 });
    await page.unroute('**/v1/runs/events');
    expect((await again).status()).toBe(200);
  });

  it('follows one run to its end by its own stream', async ({ expect }) => {
    const { page } = app;
    const parts = [manual(), node('ask', 'approval', 1, { title: 'Go on?' }), set('after', { a: 'x' })];
    const id = await app.run(await app.workflow(chain('Goes on', parts)));
    let reads = 0;
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === `/v1/runs/${id}`) reads++;
    });
    await page.goto(`${app.ready.url}/runs/${id}`);
    await page.getByRole('heading', { level: 1, name: id }).waitFor();
    await quiet(() => reads);
    const before = reads;
    await app.api('POST', `/v1/runs/${id}/answer`, { approved: true });
    await page.getByRole('status').filter({ hasText: 'Success' }).waitFor();
    await page.getByRole('list', { name: 'Timeline' }).getByText('after').waitFor();
    expect(reads).toBeLessThan(before + 6);
  });

  it('shows the runs of the environment that is chosen, or of all', async ({ expect }) => {
    const { page } = app;
    await app.run(quick);
    const id = await app.run(quick, { version: 'draft', environment: 'staging' });
    await page.goto(`${app.ready.url}/runs`);
    await rows().first().waitFor();
    const staged = page.locator(`a[href$="${id}"]`);
    expect(await staged.count()).toBe(0);
    await page
      .getByRole('group', { name: 'Filters' })
      .getByRole('button', { name: /Environment/ })
      .press('Enter');
    await page.getByRole('option', { name: 'staging', exact: true }).click();
    await staged.waitFor();
    await expect.poll(() => rows().count()).toBe(1);
    await expect.poll(() => new URL(page.url()).searchParams.get('environment')).toBe('staging');
    await page
      .getByRole('group', { name: 'Filters' })
      .getByRole('button', { name: /Environment/ })
      .press('Enter');
    await page.getByRole('option', { name: 'In all environments' }).click();
    await expect.poll(() => rows().count()).toBeGreaterThan(1);
    await staged.waitFor();
  });

  it('offers an environment as soon as the settings have it', async ({ expect }) => {
    const { page } = app;
    const environments = () =>
      page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: /Environment/ });
    // without loading the page anew: what it read before is still there
    const go = (name: string) => page.getByRole('link', { name, exact: true }).press('Enter');
    await page.goto(`${app.ready.url}/runs`);
    await environments().press('Enter');
    await page.getByRole('option', { name: 'staging', exact: true }).waitFor();
    expect(await page.getByRole('option', { name: 'rehearsal' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await go('Settings');
    await go('Environments');
    await page.getByRole('button', { name: 'New environment' }).press('Enter');
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('rehearsal');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByRole('rowheader', { name: 'rehearsal' }).waitFor();
    await go('Runs');
    await environments().press('Enter');
    await page.getByRole('option', { name: 'rehearsal', exact: true }).waitFor();
  });

  it('reads a run that waits when it went on, and not while it waits', async () => {
    const { page } = app;
    const asks = (name: string) => node(name, 'approval', 1, { title: `${name}?` });
    const run = await app.run(await app.workflow(chain('Asks twice', [manual(), asks('Once'), asks('Twice')])));
    let reads = 0;
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === `/v1/runs/${run}`) reads++;
    });
    await page.goto(`${app.ready.url}/runs/inbox`);
    const mine = page.getByRole('listitem').filter({ hasText: run });
    await mine.getByText('Once?').waitFor();
    await quiet(() => reads);
    await app.api('POST', `/v1/runs/${run}/answer`, { approved: true });
    await mine.getByText('Twice?').waitFor();
    await app.api('POST', `/v1/runs/${run}/answer`, { approved: true });
    await mine.waitFor({ state: 'detached' });
  });
});
