import type { Route } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { WebApp } from '../harness/web-app.ts';
import { chain, manual, node, set } from '../served/documents.ts';

const WORKFLOWS = '**/v1/workflows/*';
const broken = { status: 500, contentType: 'application/problem+json', body: '{"status":500,"code":"internal"}' };

describe.runIf(hasBrowser)('nothing typed is lost', () => {
  let app: WebApp;
  let id = '';

  beforeAll(async () => {
    app = await WebApp.open();
    id = await app.workflow(chain('Calm', [manual(), set('mark', { a: 'x' })]));
  });
  afterAll(() => app?.close());

  const nameOf = async (): Promise<unknown> => (await app.api('GET', `/v1/workflows/${id}`))['name'];
  const name = () => app.page.getByRole('textbox', { name: 'Name of the workflow' });
  /** What becomes of saving; all else passes. */
  const onSave = (act: (route: Route) => Promise<unknown>) =>
    app.page.route(WORKFLOWS, (route) => (route.request().method() === 'PUT' ? act(route) : route.continue()));

  it('when the server fails: it says so, keeps it, and saves it once it can', async ({ expect }) => {
    const { page } = app;
    await page.goto(`${app.ready.url}/workflows/${id}`);
    let failures = 0;
    await onSave((route) => {
      failures++;
      return route.fulfill(broken);
    });
    await name().fill('In a storm');
    await expect.poll(() => failures, { timeout: 15_000 }).toBeGreaterThan(1);
    expect(await name().inputValue()).toBe('In a storm');
    expect(await page.getByText('Saved', { exact: true }).count()).toBe(0);
    expect(await nameOf()).toBe('Calm');
    await page.unroute(WORKFLOWS);
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await nameOf()).toBe('In a storm');
  });

  it('when answers are slow: what is typed meanwhile is saved after it', async ({ expect }) => {
    const { page } = app;
    await onSave(async (route) => {
      await new Promise((done) => setTimeout(done, 3_000));
      await route.continue();
    });
    await name().fill('Slow');
    await page.getByText('Saving…').waitFor();
    await name().fill('');
    await name().pressSequentially('Slow and steady', { delay: 30 });
    await expect.poll(nameOf, { timeout: 20_000 }).toBe('Slow and steady');
    expect(await name().inputValue()).toBe('Slow and steady');
    await page.unroute(WORKFLOWS);
    await page.getByText('Saved', { exact: true }).waitFor();
  });

  it('when the answer to a save is lost: it is no conflict with oneself', async ({ expect }) => {
    const { page } = app;
    let lost = 0;
    await onSave(async (route) => {
      if (lost > 0) return route.continue();
      await route.fetch();
      lost++;
      return route.abort('connectionreset');
    });
    await name().fill('Saved unheard');
    await expect.poll(() => lost, { timeout: 15_000 }).toBe(1);
    await name().fill('Saved unheard, then more');
    await expect.poll(nameOf, { timeout: 20_000 }).toBe('Saved unheard, then more');
    expect(await page.getByText('Somebody else changed this workflow.').count()).toBe(0);
    await page.unroute(WORKFLOWS);
  });

  it('when somebody else saved meanwhile: both are there to choose from', async ({ expect }) => {
    const { page } = app;
    const { document } = (await app.api('GET', `/v1/workflows/${id}`)) as { document: object };
    await app.api('PUT', `/v1/workflows/${id}`, { ...document, name: 'Theirs' });
    await name().fill('Mine');
    await page.getByText('Somebody else changed this workflow.').waitFor();
    expect([await name().inputValue(), await nameOf()]).toEqual(['Mine', 'Theirs']);
    await page.getByRole('button', { name: 'Keep mine' }).press('Enter');
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await nameOf()).toBe('Mine');
  });

  it('in a dialog whose saving fails, and in an answer to a run that waits', async ({ expect }) => {
    const { page } = app;
    await page.goto(`${app.ready.url}/settings/variables`);
    await page.getByRole('button', { name: 'New variable' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('TYPED');
    await dialog.getByLabel('Value').fill('a long value that somebody typed');
    await page.route('**/v1/variables/**', (route) => route.fulfill(broken));
    await dialog.getByRole('button', { name: 'Save' }).press('Enter');
    await dialog.getByRole('alert').first().waitFor();
    expect(await dialog.getByLabel('Value').inputValue()).toBe('a long value that somebody typed');
    await page.unroute('**/v1/variables/**');
    await dialog.getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByRole('rowheader', { name: 'TYPED' }).waitFor();

    const asks = await app.workflow(chain('Asks', [manual(), node('Ask', 'approval', 1, { title: 'Pay?' })]));
    const run = await app.run(asks);
    await page.goto(`${app.ready.url}/runs/inbox`);
    const mine = page.getByRole('listitem').filter({ hasText: run });
    await mine.getByRole('textbox', { name: /Remark/ }).fill('a remark that took a while');
    await page.route('**/answer', (route) => route.fulfill(broken));
    await mine.getByRole('button', { name: 'Approve' }).press('Enter');
    await mine.getByRole('alert').first().waitFor();
    // lists go on being read while somebody types
    await page.waitForTimeout(2_500);
    expect(await mine.getByRole('textbox', { name: /Remark/ }).inputValue()).toBe('a remark that took a while');
    await page.unroute('**/answer');
    await mine.getByRole('button', { name: 'Approve' }).press('Enter');
    await mine.waitFor({ state: 'detached' });
  });

  it('and lists that cannot be read say why, keep their filters, and can be asked again', async ({ expect }) => {
    const { page } = app;
    await page.route(/\/v1\/runs\?/, (route) => route.fulfill(broken));
    await page.goto(`${app.ready.url}/runs?text=nothing&status=error`);
    const again = page.getByRole('alert').getByRole('button');
    await again.waitFor({ timeout: 40_000 });
    expect(await page.getByRole('searchbox').inputValue()).toBe('nothing');
    await page.unroute(/\/v1\/runs\?/);
    await again.press('Enter');
    await page.getByText('No run matches').waitFor();
    expect(await app.violations()).toEqual([]);
  });
});
