import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { pressByTab, violations } from '../harness/web.ts';
import { WebApp } from '../harness/web-app.ts';
import { node } from '../served/documents.ts';

describe.runIf(hasBrowser)('sharing a run', () => {
  let app: WebApp;
  let run: string;

  beforeAll(async () => {
    app = await WebApp.open();
    const assignments = [{ id: 'a', name: 'apiKey', type: 'string', value: 'canary-key' }];
    const workflow = await app.workflow({
      schema: 1,
      name: 'Orders',
      settings: {},
      notes: [],
      pinned: [],
      nodes: [node('Start', 'manual', 1), node('Key', 'set', 3.4, { assignments: { assignments }, options: {} })],
      edges: [{ from: { node: 'Start', port: 'main', index: 0 }, to: { node: 'Key', port: 'main', index: 0 } }],
    });
    run = await app.run(workflow);
  });
  afterAll(() => app?.close());

  it('[SHR1][SHR2][SHR3] makes a link by keyboard, which shows the run to a stranger until it is revoked', async ({
    expect,
  }) => {
    const { page } = app;
    await page.goto(`${app.ready.url}/runs/${run}`);
    await page.getByRole('button', { name: 'Share…' }).waitFor();
    await pressByTab(page, 'Share…');
    const dialog = page.getByRole('dialog', { name: 'Show this run to others' });
    await dialog.waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByText('Nobody has a link to this run.').waitFor();
    await dialog.getByRole('checkbox').press('Space');
    await dialog.getByRole('button', { name: 'Make a link' }).press('Enter');
    const url = (await dialog.locator('code').textContent()) ?? '';
    await dialog.getByRole('table', { name: 'Links that work' }).waitFor();
    expect(await violations(page)).toEqual([]);
    if (process.env['SCREENSHOTS']) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/share.png` });

    const stranger = await (await app.browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
    await stranger.goto(url);
    await stranger.getByRole('heading', { name: 'Orders' }).waitFor();
    // what the first step and what the second gave
    const counts = stranger.getByText('1 item', { exact: true });
    await counts.nth(1).waitFor();
    await counts.last().click();
    const text = (): Promise<string | null> => stranger.locator('main').textContent();
    await expect.poll(text).toContain('"apiKey": "[hidden]"');
    expect(await text()).not.toContain('canary');
    await expect.poll(() => stranger.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    expect(await stranger.context().cookies()).toEqual([]);
    if (process.env['SCREENSHOTS']) await stranger.screenshot({ path: `${process.env['SCREENSHOTS']}/shared.png` });

    await dialog.getByRole('button', { name: /^Revoke the link that works until/ }).press('Enter');
    await dialog.getByText('Nobody has a link to this run.').waitFor();
    await stranger.reload();
    await stranger.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(app.faults).toEqual([]);
  });
});
