import { it } from 'vitest';
import { chain, manual, node, set } from '../../served/documents.ts';
import type { Desk } from './desk.ts';

/** Runs: finding them, and what can be done with one. */
export function runningTests(at: () => Desk): void {
  it('narrows the runs, retries one, compares two', async () => {
    const desk = at();
    const { app, page, keys } = desk;
    const twice = await app.workflow(chain('Twice', [manual(), set('mark', { a: '={{ $json.n }}' })]));
    const other = await app.run(twice, { input: [{ n: 1 }] });
    const failing = await app.workflow(
      chain('Breaks', [manual(), set('Mark', { a: "={{ $('Nobody').item.json.a }}" })]),
    );
    await app.run(twice, { input: [{ n: 2 }] });
    await app.run(failing);
    await keys.palette('runs', /^Runs ?Page/);
    const table = page.getByRole('table', { name: 'Runs' });
    await table.getByRole('link', { name: 'Breaks' }).waitFor();
    await keys.choose(/Status/, 'Failed');
    await table.getByRole('link', { name: 'Twice' }).first().waitFor({ state: 'detached' });
    await keys.hit(table.getByRole('link', { name: 'Breaks' }));
    await page.getByRole('group', { name: /Nobody/ }).waitFor();
    const failed = page.url();
    await keys.hit(desk.button('Retry from the failed step'));
    await page.waitForURL((url) => url.href !== failed);
    await keys.palette('runs', /^Runs ?Page/);
    await keys.hit(table.getByRole('link', { name: 'Twice' }).first());
    await keys.hit(page.getByRole('link', { name: 'Compare' }));
    await keys.fill(page.getByRole('textbox', { name: /other run/i }), other);
    await keys.press('Enter');
    await page.getByText('Items differ from item 0 on').first().waitFor();
  });

  it('filters runs by version and by time', async () => {
    const desk = at();
    const { app, page, keys } = desk;
    const id = await app.workflow(chain('Grows', [manual(), set('mark', { a: '1' })]));
    await app.api('POST', `/v1/workflows/${id}/publish`);
    const [drafted, live] = [await app.run(id, { version: 'draft' }), await app.run(id)];
    await keys.palette('runs', /^Runs ?Page/);
    const table = page.getByRole('table', { name: 'Runs' });
    const ofDraft = table.getByRole('link', { name: drafted });
    const ofLive = table.getByRole('link', { name: live });
    await ofDraft.waitFor();
    await ofLive.waitFor();
    const filters = page.getByRole('group', { name: 'Filters' });
    await keys.fill(filters.getByLabel('Version'), '1');
    await ofDraft.waitFor({ state: 'detached' });
    await ofLive.waitFor();
    await keys.rewrite('draft');
    await ofLive.waitFor({ state: 'detached' });
    await ofDraft.waitFor();
    await keys.choose(/Started$/, 'In the last hour');
    await page.waitForURL(/period=1h/);
    await ofDraft.waitFor();
    await keys.choose(/Started$/, 'Between…');
    for (const [end, year] of [
      ['From', '2020'],
      ['Until', '2021'],
    ] as const) {
      await keys.to(page.getByLabel(new RegExp(`^${end} \\(`)));
      await page.keyboard.type(`0101${year}`);
      await keys.press('ArrowRight');
      // the half of the day where the browser's language has one
      await page.keyboard.type('1200a');
    }
    await page.waitForURL(/until=2021/);
    await ofDraft.waitFor({ state: 'detached' });
    await keys.hit(desk.button('Clear filters'));
    await ofDraft.waitFor();
  });

  it('decides what waits for people, cancels a run, and shares it', async ({ expect }) => {
    const desk = at();
    const { app, page, keys } = desk;
    const asks = await app.workflow(chain('Asks', [manual(), node('Ask', 'approval', 1, { title: 'Pay 40?' })]));
    const [decided, canceled] = [await app.run(asks), await app.run(asks)];
    await desk.open('waiting', /^Waiting for people/, 'Waiting for people');
    const mine = page.getByRole('listitem').filter({ hasText: decided });
    await keys.fill(mine.getByLabel(/^Remark/), 'fine');
    await keys.hit(desk.button('Approve', mine));
    await mine.waitFor({ state: 'detached' });
    // the row is gone, the focus is not
    await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true);
    await expect.poll(async () => (await app.api('GET', `/v1/runs/${decided}`))['status']).toBe('success');
    await keys.hit(page.getByRole('listitem').filter({ hasText: canceled }).getByRole('link').first());
    await page.waitForURL(`**/runs/${canceled}`);
    await keys.hit(desk.button('Cancel run'));
    await page.getByRole('status').getByText('Canceled').first().waitFor();
    await keys.hit(desk.button('Share…'));
    await keys.hit(desk.button('Make a link', desk.dialog()));
    await desk.dialog().locator('code').waitFor();
    const link = (await desk.dialog().locator('code').textContent()) ?? '';
    await desk.dismiss();
    await desk.isFocused(desk.button('Share…'));
    expect((await fetch(link)).status).toBe(200);
  });
  it('pauses a run and resumes it', async ({ expect }) => {
    const desk = at();
    const { app, page, keys } = desk;
    const id = await app.workflow(chain('Nap', [manual(), node('nap', 'wait', 1.1, { amount: 1, unit: 'hours' })]));
    const run = await app.begin(id);
    const status = async () => (await app.api('GET', `/v1/runs/${run}`))['status'];
    await keys.palette('runs', /^Runs ?Page/);
    await keys.hit(page.getByRole('table', { name: 'Runs' }).getByRole('link', { name: run }));
    await keys.hit(desk.button('Pause'));
    // the button that was pressed is now the one that takes it back
    await desk.isFocused(desk.button('Resume'));
    await expect.poll(() => status()).toBe('paused');
    // the news of the pause may come before its answer, for which the button waits
    await desk.isFocused(desk.button('Resume').and(page.locator(':not([aria-disabled])')));
    await keys.press('Enter');
    await desk.isFocused(desk.button('Pause'));
    await expect.poll(() => status()).toBe('waiting');
    await keys.hit(desk.button('Cancel run'));
    await page.getByRole('status').getByText('Canceled').first().waitFor();
  });
}
