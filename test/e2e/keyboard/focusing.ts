import type { Locator, Route } from 'playwright-core';
import { it } from 'vitest';
import { chain, manual, set } from '../../served/documents.ts';
import type { Desk } from './desk.ts';

/** Where the focus is while something works, and after it was refused. */
export function focusingTests(at: () => Desk): void {
  /** Keeps what is asked of these addresses until it is let go. @returns how often it was asked, and how to let it go. */
  const hold = async (desk: Desk, path: string, method: string) => {
    const held: Route[] = [];
    let isOpen = false;
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((done) => (arrive = done));
    await desk.page.route(path, (route) => {
      if (route.request().method() !== method) return route.fallback();
      held.push(route);
      arrive();
      return isOpen ? route.continue() : undefined;
    });
    return {
      held,
      release: async () => {
        // a button is busy before its request is here
        await arrived;
        isOpen = true;
        for (const route of held) await route.continue();
        await desk.page.unroute(path);
      },
    };
  };
  const isBusy = (button: Locator): Promise<void> => button.and(button.page().locator('[aria-disabled]')).waitFor();

  it('keeps the focus on a button that works, says so, and does nothing twice', async ({ expect }) => {
    const desk = at();
    const { app, page, keys } = desk;
    await app.openWorkflow(chain('Slow to publish', [manual(), set('mark', { a: '1' })]));
    await desk.card('mark').waitFor();
    const { held, release } = await hold(desk, '**/v1/workflows/*/publish*', 'POST');
    const publish = desk.button('Publish');
    await keys.hit(publish);
    await isBusy(publish);
    await desk.isFocused(publish);
    await page.locator('[aria-live]', { hasText: 'Working…' }).waitFor({ state: 'attached' });
    await keys.press('Enter');
    await keys.press('Space');
    // a second press would be under way before what is asked of the page next
    await page.evaluate(() => fetch('/openapi.json', { method: 'HEAD' }));
    await expect.poll(() => held).toHaveLength(1);
    await release();
    await page.getByText('Version 1 is live.').waitFor();
    await desk.isFocused(publish);
  });

  it('leaves the focus in the field where Enter was pressed, and goes to the first that is wrong', async ({
    expect,
  }) => {
    const desk = at();
    const { keys } = desk;
    await desk.open('variables', /^Variables/, 'Variables');
    await keys.hit(desk.button('New variable'));
    const [name, save] = [desk.dialog().getByLabel('Name'), desk.button('Save', desk.dialog())];
    await keys.fill(name, 'not a name');
    const { held, release } = await hold(desk, '**/v1/variables/**', 'PUT');
    // the field has what was typed, and still the focus
    await expect.poll(() => name.inputValue()).toBe('not a name');
    await desk.isFocused(name);
    await keys.press('Enter');
    await isBusy(save);
    await desk.isFocused(name);
    await keys.press('Enter');
    await release();
    await name.and(desk.page.locator('[aria-invalid]')).waitFor();
    await desk.isFocused(name);
    expect(held).toHaveLength(1);
    await keys.hit(save);
    await desk.isFocused(name);
    await keys.rewrite('A_NAME');
    await keys.press('Enter');
    // the name is right now, and what is missing comes after it
    await desk.isFocused(desk.dialog().getByLabel('Value'));
    await keys.write('x');
    await keys.hit(save);
    await desk.closed();
    await desk.isFocused(desk.button('New variable'));
    await desk.row('A_NAME').waitFor();
  });
}
