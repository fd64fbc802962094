import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { WebApp } from '../harness/web-app.ts';
import { restingBox } from '../harness/web.ts';

const NODES = 1_000;
const COLUMNS = 40;
/** A machine that is busy takes its time. */
const SOON = { timeout: 30_000 };

const large = {
  schema: 1,
  name: 'Large',
  nodes: Array.from({ length: NODES }, (_, index) => ({
    id: `n${index}`,
    name: `Step ${index}`,
    type: index === 0 ? 'manual' : 'no-op',
    version: 1,
    parameters: {},
    position: [(index % COLUMNS) * 260, Math.floor(index / COLUMNS) * 120],
  })),
  edges: Array.from({ length: NODES - 1 }, (_, index) => ({
    from: { node: `n${index}`, port: 'main', index: 0 },
    to: { node: `n${index + 1}`, port: 'main', index: 0 },
  })),
  settings: {},
  notes: [],
  pinned: [],
};

describe.runIf(hasBrowser)('a workflow of a thousand steps', () => {
  let app: WebApp;
  let page: Page;

  beforeAll(async () => {
    app = await WebApp.open({ viewport: { width: 1440, height: 900 } });
    page = app.page;
    const id = await app.workflow(large);
    await page.goto(`${app.ready.url}/workflows/${id}`);
    await page.locator('.react-flow__node').first().waitFor();
  }, 400_000);
  afterAll(async () => {
    await app?.close();
  });

  const cards = () => page.locator('.react-flow__node');
  const lines = () => page.locator('.react-flow__edge');
  const picture = () => page.locator('.react-flow__viewport canvas');
  /** The share of the picture that something is drawn on. */
  const painted = () =>
    picture().evaluate((canvas: HTMLCanvasElement) => {
      const context = canvas.getContext('2d');
      const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      let count = 0;
      for (let index = 3; index < data.length; index += 4) if (data[index] !== 0) count++;
      return count / (data.length / 4);
    });

  it('opens with what is in view, and from afar is one picture below plain cards', async ({ expect }) => {
    expect(await picture().count()).toBe(0);
    expect(await cards().count()).toBeLessThan(200);
    await expect.poll(() => lines().count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Fit View' }).click();
    await expect.poll(() => cards().count(), SOON).toBe(NODES);
    await expect.poll(() => lines().count(), SOON).toBe(0);
    await expect.poll(() => page.locator('.react-flow__handle').count(), SOON).toBe(0);
    await expect.poll(painted, SOON).toBeGreaterThan(0.2);
  });

  it('hides cards while it moves and gives them back when it rests', async ({ expect }) => {
    const area = page.locator('.react-flow');
    const isHidden = () =>
      page
        .locator('.react-flow__nodes')
        .evaluate((element) => getComputedStyle(element).contentVisibility === 'hidden');
    const box = await restingBox(area);
    await page.mouse.move(box.x + 600, box.y + 300);
    await page.mouse.down({ button: 'middle' });
    await page.mouse.move(box.x + 610, box.y + 310, { steps: 4 });
    await expect.poll(() => isHidden()).toBe(true);
    await page.mouse.up({ button: 'middle' });
    await expect.poll(isHidden, SOON).toBe(false);
    await expect.poll(() => cards().count(), SOON).toBe(NODES);
  });

  it('lets a card be chosen from afar, and draws lines again from near', async ({ expect }) => {
    const card = page.locator('.react-flow__node[data-id=n420]');
    await card.click();
    await page.getByRole('region', { name: 'Step 420' }).waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    for (let count = 0; count < 9; count++) await page.getByRole('button', { name: 'Zoom In' }).click();
    await expect.poll(() => picture().count(), SOON).toBe(0);
    await expect.poll(() => cards().count(), SOON).toBeLessThan(400);
    await expect.poll(() => lines().count()).toBeGreaterThan(0);
  });

  it('goes where the map is pressed', async () => {
    const map = page.locator('.react-flow__minimap > div');
    const box = await restingBox(map);
    await page.mouse.click(box.x + 8, box.y + box.height / 2 - 24);
    await page.locator('.react-flow__node[data-id=n0]').waitFor(SOON);
  });

  it('is a list of a thousand steps that choices are gathered for when they are wanted', async ({ expect }) => {
    await page.getByRole('button', { name: 'Outline', exact: true }).press('Enter');
    // by CSS: looking ten thousand elements through for roles takes the test longer than the page
    const rows = page.locator('ol[aria-label=Outline] > li');
    await rows.first().waitFor();
    await expect.poll(() => rows.count()).toBe(NODES);
    expect(await page.locator('[role=option]').count()).toBe(0);
    await rows.nth(7).locator('button').last().press('Enter');
    const options = page.locator('[role=option]');
    await options.first().waitFor();
    // the keyboard reaches the last of 999 choices, of which only those in view are there
    expect(await options.count()).toBeLessThan(60);
    await page.locator('[role=option]:focus, [role=listbox]:focus').waitFor();
    await page.keyboard.press('End');
    await page.locator('[role=option]:focus', { hasText: 'Step 999' }).waitFor();
    await page.keyboard.press('Enter');
    await rows.nth(7).locator('button[aria-label="Delete: Step 7 → Step 999"]').waitFor();
    // one is chosen, and with Ctrl one more
    await rows.nth(3).locator('button').first().click();
    await rows
      .nth(5)
      .locator('button')
      .first()
      .click({ modifiers: ['Control'] });
    await expect.poll(() => rows.locator('button[aria-pressed=true]').count(), SOON).toBe(2);
  });

  it('complains of nothing', ({ expect }) => {
    expect(app.faults).toEqual([]);
  });
});
