import { it } from 'vitest';
import { chain, manual, node } from '../../served/documents.ts';
import type { Desk } from './desk.ts';

/** What surrounds every page. */
export function movingTests(at: () => Desk): void {
  it('chooses theme and language, from the menu and from the palette', async () => {
    const desk = at();
    const { app, page, keys } = desk;
    const menu = page.getByRole('button', { name: app.ready.tenant });
    const hasTheme = (theme: string) =>
      page.waitForFunction((wanted) => document.documentElement.dataset['theme'] === wanted, theme);
    await desk.open('usage', /^Usage/, 'Usage');
    await keys.take(menu, 'Dark');
    await hasTheme('dark');
    await keys.palette('light', /Light/);
    await hasTheme('light');
    await keys.palette('deutsch', /Deutsch/);
    await page.getByRole('heading', { level: 1, name: 'Verbrauch' }).waitFor();
    await keys.take(menu, 'English');
    await page.getByRole('heading', { level: 1, name: 'Usage' }).waitFor();
  });

  it('keeps the focus on a button whose menu is still fetched, and gives it to the menu', async () => {
    const desk = at();
    const { app, page, keys } = desk;
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const isMenu = /\/open-menu-[^/]*\.js$/;
    await page.route(isMenu, async (route) => {
      await released;
      await route.continue();
    });
    await page.goto(`${app.ready.url}/settings/usage`);
    const fetched = page.waitForRequest(isMenu);
    const environment = desk.button('Environment: production');
    await keys.hit(environment);
    await fetched;
    // as long as the app waits before it gives a lost focus to something else, and more
    await page.waitForTimeout(500);
    await desk.isFocused(environment);
    release();
    await desk.isFocused(page.getByRole('menuitem').first());
    await keys.press('Escape');
    await desk.isFocused(environment);
    await page.unroute(isMenu);
  });

  it('sees in the notifications what failed, and goes there', async () => {
    const desk = at();
    const { app, page, keys } = desk;
    const failing = await app.workflow(
      chain('Shelf', [manual(), node('Stop', 'stop-and-error', 1, { errorMessage: 'The shelf is empty' })]),
    );
    const run = await app.run(failing);
    await desk.open('workflows', /^Workflows/, 'Workflows');
    await keys.hit(page.getByRole('link', { name: /^Notifications/ }));
    const notice = page.getByRole('listitem').filter({ hasText: 'The shelf is empty' });
    await keys.hit(notice.getByRole('link', { name: /^A run of .+ failed$/ }));
    await page.waitForURL(`**/runs/${run}`);
  });

  it('lists its shortcuts at ?, and lets single letters be switched off', async ({ expect }) => {
    const desk = at();
    const { keys } = desk;
    await desk.open('runs', /^Runs ?Page/, 'Runs');
    await keys.press('?');
    await desk.dialog().getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
    await keys.hit(desk.dialog().getByRole('switch'), 'Space');
    await desk.dismiss();
    await keys.press('?');
    expect(await desk.dialog().count()).toBe(0);
    await keys.palette('keyboard', /^Keyboard shortcuts/);
    await keys.hit(desk.dialog().getByRole('switch'), 'Space');
    await desk.dismiss();
  });

  it('goes from part to part with F6, past the menu to the content at once, and says where it is', async ({
    expect,
  }) => {
    const desk = at();
    const { app, page, keys } = desk;
    await page.goto(`${app.ready.url}/settings/usage`);
    await page.getByRole('heading', { level: 1, name: 'Usage' }).waitFor();
    await keys.press('Tab');
    await desk.isFocused(page.getByRole('link', { name: 'Skip to content' }));
    await keys.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main');
    await keys.press('F6');
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('aside') !== null)).toBe(true);
    await keys.press('F6');
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
    const isSaid = (title: string) =>
      page
        .locator('[aria-live=polite]')
        .filter({ hasText: `${title} · Millrace` })
        .waitFor({ state: 'attached' });
    await keys.palette('audit', /^Audit log/);
    await isSaid('Audit log');
    const main = page.locator('main');
    await keys.hit(page.getByRole('link', { name: 'Runs', exact: true }), 'Enter', 'Shift+Tab');
    await desk.isFocused(main);
    await isSaid('Runs');
    await keys.hit(page.getByRole('button', { name: /^Search/ }), 'Enter', 'Shift+Tab');
    await page.getByRole('searchbox', { name: 'Go to or do' }).waitFor();
    await keys.write('usage');
    await page.getByRole('option', { name: /^Usage/ }).waitFor();
    await keys.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Usage' }).waitFor();
    await desk.isFocused(main);
    await keys.take(page.getByRole('button', { name: app.ready.tenant }), 'Your account', 'Shift+Tab');
    await page.getByRole('heading', { level: 1, name: 'Your account' }).waitFor();
    await desk.isFocused(main);
  });
}
