import type { Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { hasBrowser, slowed } from '../harness/browser.ts';
import { WebApp } from '../harness/web-app.ts';
import { chain, manual, node, set } from '../served/documents.ts';

const WORKFLOWS = '**/v1/workflows/*';
const broken = { status: 500, contentType: 'application/problem+json', body: '{"status":500,"code":"internal"}' };

describe.runIf(hasBrowser)('nothing typed is lost', { timeout: 120_000 }, () => {
  let app: WebApp;
  let id = '';

  beforeAll(async () => {
    app = await WebApp.open();
    id = await app.workflow(chain('Calm', [manual(), set('mark', { a: 'x' })]));
  });
  // a test that failed does not leave its weather to the next
  afterEach(() => app.page.unrouteAll({ behavior: 'ignoreErrors' }));
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
    await expect.poll(() => failures).toBeGreaterThan(1);
    await expect.poll(() => name().inputValue()).toBe('In a storm');
    expect(await page.getByText('Saved', { exact: true }).count()).toBe(0);
    await expect.poll(() => nameOf()).toBe('Calm');
    await page.unroute(WORKFLOWS);
    await page.getByText('Saved', { exact: true }).waitFor();
    await expect.poll(() => nameOf()).toBe('In a storm');
  });

  it('when answers are slow: what is typed meanwhile is saved after it', async ({ expect }) => {
    const { page } = app;
    let answer = (): void => undefined;
    const isTyped = new Promise<void>((resolve) => (answer = resolve));
    const names: unknown[] = [];
    await onSave(async (route) => {
      names.push((route.request().postDataJSON() as { name: string }).name);
      await isTyped;
      await route.continue();
    });
    await name().fill('Slow');
    await page.getByText('Saving…').waitFor();
    await expect.poll(() => names).toEqual(['Slow']);
    await name().fill('');
    await name().pressSequentially('Slow and steady', { delay: 30 });
    answer();
    await expect.poll(nameOf).toBe('Slow and steady');
    expect(names).toEqual(['Slow', 'Slow and steady']);
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await name().inputValue()).toBe('Slow and steady');
  });

  it('when the page is left and come back to while a save is on its way: it is no conflict with oneself', async ({
    expect,
  }) => {
    const { page } = app;
    const held: (() => void)[] = [];
    await onSave(async (route) => {
      await new Promise<void>((send) => held.push(send));
      await route.continue();
    });
    await name().fill('On its way');
    await expect.poll(() => held.length).toBe(1);
    await page.getByRole('link', { name: 'Workflows' }).first().click();
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
    await page.goBack();
    await expect.poll(() => held.length).toBe(2);
    await expect.poll(() => name().inputValue()).toBe('On its way');
    held[0]?.();
    await expect.poll(nameOf).toBe('On its way');
    held[1]?.();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await page.getByText('Somebody else changed this workflow.').count()).toBe(0);
    await page.unroute(WORKFLOWS);
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
    await expect.poll(() => lost).toBe(1);
    await name().fill('Saved unheard, then more');
    await expect.poll(nameOf).toBe('Saved unheard, then more');
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await page.getByText('Somebody else changed this workflow.').count()).toBe(0);
    await page.unroute(WORKFLOWS);
  });

  it('when it is open in two tabs and neither can save: each finds its own again', async ({ expect }) => {
    const { page } = app;
    await page.goto(`${app.ready.url}/workflows/${id}`);
    const second = await page.context().newPage();
    await slowed(second);
    const nameIn = (tab: typeof page) => tab.getByRole('textbox', { name: 'Name of the workflow' });
    const before = String(await nameOf());
    const refuse = (route: Route) => (route.request().method() === 'PUT' ? route.fulfill(broken) : route.continue());
    for (const tab of [page, second]) {
      await tab.route(WORKFLOWS, refuse);
      tab.on('dialog', (dialog) => void dialog.accept());
    }
    await nameIn(page).fill('Of the first');
    await page.getByText('Not saved yet').waitFor();
    // a key is its tab's
    const address = `${app.ready.url}/workflows/${id}#key=${app.ready.apiKey}`;
    await second.goto(address);
    // what the first has not saved is the first's
    await expect.poll(() => nameIn(second).inputValue()).toBe(before);
    await nameIn(second).fill('Of the second');
    await second.getByText('Not saved yet').waitFor();
    await page.reload();
    await expect.poll(() => nameIn(page).inputValue()).toBe('Of the first');
    await second.reload();
    await expect.poll(() => nameIn(second).inputValue()).toBe('Of the second');
    // nobody is left who has it: it is the next one's
    await second.close();
    const third = await page.context().newPage();
    await slowed(third);
    await third.goto(address);
    await expect.poll(() => nameIn(third).inputValue()).toBe('Of the second');
    await expect.poll(nameOf).toBe('Of the second');
    await third.close();
    await page.unroute(WORKFLOWS);
    await page.getByText('Somebody else changed this workflow.').waitFor();
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await expect.poll(nameOf).toBe('Of the first');
    await page.getByText('Saved', { exact: true }).waitFor();
  });

  it('when somebody else saved meanwhile: both are there to choose from', async ({ expect }) => {
    const { page } = app;
    const { document } = (await app.api('GET', `/v1/workflows/${id}`)) as { document: object };
    await app.api('PUT', `/v1/workflows/${id}`, { ...document, name: 'Theirs' });
    await name().fill('Mine');
    await page.getByText('Somebody else changed this workflow.').waitFor();
    expect([await name().inputValue(), await nameOf()]).toEqual(['Mine', 'Theirs']);
    // whoever goes on typing and leaves without deciding finds all of it, and is asked again
    await name().fill('Mine, and more');
    await page.getByRole('link', { name: 'Workflows' }).first().click();
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
    await page.goBack();
    await page.getByText('Somebody else changed this workflow.').waitFor();
    expect([await name().inputValue(), await nameOf()]).toEqual(['Mine, and more', 'Theirs']);
    // what cannot be done is told, and asked again
    await page.route(WORKFLOWS, (route) =>
      route.request().method() === 'GET' ? route.fulfill(broken) : route.continue(),
    );
    await page.getByRole('button', { name: 'Keep mine' }).press('Enter');
    await page.getByText('Somebody else changed this workflow.').waitFor({ state: 'detached' });
    await page.unroute(WORKFLOWS);
    await page.getByText('Somebody else changed this workflow.').waitFor();
    await page.getByRole('button', { name: 'Keep mine' }).press('Enter');
    await page.getByText('Saved', { exact: true }).waitFor();
    await expect.poll(() => nameOf()).toBe('Mine, and more');
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
    await expect.poll(() => dialog.getByLabel('Value').inputValue()).toBe('a long value that somebody typed');
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
    const another = await app.run(asks);
    await page.getByRole('listitem').filter({ hasText: another }).waitFor();
    expect(await mine.getByRole('textbox', { name: /Remark/ }).inputValue()).toBe('a remark that took a while');
    await page.unroute('**/answer');
    await mine.getByRole('button', { name: 'Approve' }).press('Enter');
    await mine.waitFor({ state: 'detached' });
  });

  it('in a dialog that is opened while what another one saves is still on its way', async ({ expect }) => {
    const { page } = app;
    await page.goto(`${app.ready.url}/settings/variables`);
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/v1/variables/**', async (route) => {
      await held;
      await route.continue();
    });
    const dialog = page.getByRole('dialog');
    const make = page.getByRole('button', { name: 'New variable' });
    await make.press('Enter');
    await dialog.getByLabel('Name').fill('SLOW');
    await dialog.getByLabel('Value').fill('of the first');
    const asked = page.waitForRequest('**/v1/variables/**');
    await dialog.getByRole('button', { name: 'Save' }).press('Enter');
    await asked;
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await make.press('Enter');
    await dialog.getByLabel('Value').fill('of the second');
    answer();
    await page.getByText('SLOW', { exact: true }).waitFor();
    expect(await dialog.getByLabel('Value').inputValue()).toBe('of the second');
  });

  it('in an answer to a run that cannot be read again for a while', async ({ expect }) => {
    const { page } = app;
    const asks = await app.workflow(chain('Asks', [manual(), node('Ask', 'approval', 1, { title: 'Pay?' })]));
    const run = await app.run(asks);
    // without the stream that tells of changes the run is read every second
    await page.route('**/v1/runs/*/events', (route) => route.abort());
    await page.goto(`${app.ready.url}/runs/${run}`);
    const remark = page.getByRole('textbox', { name: /Remark/ });
    await remark.fill('a remark that took a while');
    await page.route(`**/v1/runs/${run}`, (route) => route.fulfill(broken));
    await page.getByRole('alert').waitFor({ timeout: 40_000 });
    await expect.poll(() => remark.inputValue()).toBe('a remark that took a while');
    await page.unroute(`**/v1/runs/${run}`);
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Approve' }).press('Enter');
    await page.getByText('Success', { exact: true }).first().waitFor();
    await page.unroute('**/v1/runs/*/events');
  });

  it('and lists that cannot be read say why, keep their filters, and can be asked again', async ({ expect }) => {
    const { page } = app;
    await page.route(/\/v1\/runs\?/, (route) => route.fulfill(broken));
    await page.goto(`${app.ready.url}/runs?text=nothing&status=error`);
    const again = page.getByRole('alert').getByRole('button');
    await again.waitFor({ timeout: 40_000 });
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('nothing');
    await page.unroute(/\/v1\/runs\?/);
    await again.press('Enter');
    await page.getByText('No run matches').waitFor();
    expect(await app.violations()).toEqual([]);
  });

  it('and a search that is refused on its way is not begun again by itself', async ({ expect }) => {
    const { page } = app;
    let refused = 0;
    await page.route(/\/v1\/runs\?.*text=far/, (route) => {
      if (!route.request().url().includes('cursor=')) return route.fulfill({ json: { runs: [], cursor: 'further' } });
      refused++;
      return route.fulfill({ status: 400, contentType: 'application/problem+json', body: '{"code":"cursor-invalid"}' });
    });
    await page.goto(`${app.ready.url}/runs?text=far`);
    await page.getByRole('alert').first().waitFor();
    await page.waitForTimeout(2_000);
    expect(refused).toBeLessThan(3);
    await page.unroute(/\/v1\/runs\?.*text=far/);
    await page.getByRole('alert').getByRole('button').press('Enter');
    await page.getByText('No run matches').waitFor();
  });

  it('and no workflow is called deleted whose name could not be read', async ({ expect }) => {
    const { page } = app;
    const run = await app.run(id);
    const names = /\/v1\/workflows\?limit=200/;
    const refusal = { status: 403, contentType: 'application/problem+json', body: '{"code":"forbidden"}' };
    await page.route(names, (route) => route.fulfill(refusal));
    await page.goto(`${app.ready.url}/runs`);
    const link = page.getByRole('table', { name: 'Runs' }).locator(`a[href$="${run}"]`);
    await link.getByText(id).waitFor();
    expect(await link.textContent()).not.toContain('Deleted');
    await page.unroute(names);
  });
});
