import axe, { type RunOptions } from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { unmarked } from './focus-marks.ts';

/** What a scheme of colours can spoil. */
const COLORS: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };
/** WCAG 2.2 as well, whose rule is off unless it is asked for. */
const ALL: RunOptions = { rules: { 'target-size': { enabled: true } } };
/** How people set up their screens; the first is a page's own. */
export const LOOKS = {
  light: { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none' },
  dark: { colorScheme: 'dark', contrast: 'no-preference', forcedColors: 'none' },
  'light, high contrast': { colorScheme: 'light', contrast: 'more', forcedColors: 'none' },
  'dark, high contrast': { colorScheme: 'dark', contrast: 'more', forcedColors: 'none' },
  'forced colours': { colorScheme: 'dark', contrast: 'no-preference', forcedColors: 'active' },
} as const;

/** Suggestions of CodeMirror: arrows in the box above scroll them, which axe believes of comboboxes only. */
const isSeeming = (rule: string, html: string): boolean =>
  rule === 'scrollable-region-focusable' && html.startsWith('<ul id="cm-ac-');

/** Until what moves on the page and will come to rest has: a colour on its way to another is neither. */
const still = (page: Page): Promise<unknown> =>
  page.evaluate(() => {
    const ending = document.getAnimations().filter((each) => Number.isFinite(each.effect?.getComputedTiming().endTime));
    return Promise.race([
      Promise.allSettled(ending.map(({ finished }) => finished)).then(() => undefined),
      new Promise<void>((done) => setTimeout(done, 2_000)),
    ]);
  });

/** Violations of the rules that axe knows, as text. */
export async function violations(page: Page, options: RunOptions = {}): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(axe.source);
  await still(page);
  const found = await page.evaluate(
    // SAFETY: the source defines `axe` on the page
    (given) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run({
        resultTypes: ['violations'],
        preload: false,
        selectors: false,
        ...given,
      }),
    options,
  );
  return found.violations
    .map(({ id, nodes }) => [id, nodes.filter(({ html }) => !isSeeming(id, html))] as const)
    .filter(([, nodes]) => nodes.length > 0)
    .map(([id, nodes]) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}

/**
 * All violations as the page is, light and dark, and those of its colours in every other look; and what does not
 * show that it has the focus. Leaves it light, and without a focus.
 */
export async function violationsInAllLooks(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const [name, look] of Object.entries(LOOKS)) {
    // a colour on its way to another is neither
    await page.emulateMedia({ ...look, reducedMotion: 'reduce' });
    const options = name === 'light' || name === 'dark' ? ALL : COLORS;
    for (const each of await violations(page, options)) found.push(`${name}: ${each}`);
    for (const each of await unmarked(page, name)) found.push(`${name}: the focus is not seen on ${each}`);
  }
  await page.emulateMedia(LOOKS.light);
  return found;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What watches its own size (charts, say) is laid out in one of the frames after the window's. */
const SETTLING_FRAMES = 60;
/** Frames in which nothing may move: the drawing is fitted into the window some frames after its cards are shown. */
const RESTING_FRAMES = 12;

/** Where something stands once it has come to rest; in frames of the page, since seconds say little of a busy machine. */
export async function restingBox(locator: Locator): Promise<Box> {
  await locator.waitFor();
  return locator.evaluate(async (element, frames) => {
    const read = (): Box => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    };
    let box = read();
    for (let count = 0; count < frames; count++) {
      await new Promise(requestAnimationFrame);
      const now = read();
      if (JSON.stringify(now) !== JSON.stringify(box)) count = 0;
      box = now;
    }
    return box;
  }, RESTING_FRAMES);
}

/** What makes a page scroll sideways once it had time to be laid out anew; nothing but tables and drawings may. */
export const stickingOut = (page: Page): Promise<string[]> =>
  page.evaluate(async (frames) => {
    const main = document.querySelector('main') ?? document.body;
    const isWide = (): boolean =>
      [document.documentElement, main].some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1);
    for (let count = 0; count < frames && isWide(); count++) await new Promise(requestAnimationFrame);
    if (!isWide()) return [];
    const edge = main.getBoundingClientRect().right + 1;
    return [...main.querySelectorAll('*')]
      .filter(
        (each) => each.getBoundingClientRect().right > edge && !each.closest('.overflow-x-auto, .react-flow, pre'),
      )
      .slice(0, 4)
      .map((each) => each.outerHTML.slice(0, 160));
  }, SETTLING_FRAMES);

/**
 * Takes an option of a list, or an entry of a menu, that was just opened, by keyboard: not before the list has given the
 * focus to one of its own, which would take the key away from the one that is meant.
 */
export async function pick(wanted: Locator): Promise<void> {
  await wanted.waitFor();
  await wanted.page().locator(':is([role=listbox], [role=menu]):focus-within').last().waitFor();
  await wanted.press('Enter');
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
