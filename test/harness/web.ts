import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Violations of the rules that axe knows, as text. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  // SAFETY: the source defines `axe` on the page
  const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}

/** Tabs to the control of this name, as somebody without a mouse does, and presses Enter or Space. */
export async function pressByTab(page: Page, name: string, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  for (let count = 0; count < 120; count++) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
    });
    if (here === name) {
      await page.keyboard.press(key);
      return;
    }
  }
  throw new Error(`no amount of Tab reaches "${name}"`);
}
