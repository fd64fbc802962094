import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { unmarked } from '../harness/focus-marks.ts';
import { lost } from '../harness/keys.ts';
import { DOORS, loaded, ROUTES, SECTIONS } from '../harness/places.ts';
import { WebApp } from '../harness/web-app.ts';
import { stickingOut, violationsInAllLooks } from '../harness/web.ts';
import { STATES } from '../tour/states.ts';
import { UNPICTURED } from '../tour/unpictured.ts';
import { build, type World } from '../tour/world.ts';

/** An address for every route of the router. */
const PLACES: Readonly<Record<string, (world: World) => string>> = {
  '/': () => '/',
  '/workflows': () => '/workflows',
  '/workflows/$id': ({ order }) => `/workflows/${order}`,
  '/workflows/$id/versions': ({ order }) => `/workflows/${order}/versions`,
  '/runs': () => '/runs',
  '/runs/$id': ({ failed }) => `/runs/${failed}`,
  '/runs/inbox': () => '/runs/inbox',
  '/runs/$id/compare': ({ good, other }) => `/runs/${good}/compare?with=${other}`,
  '/settings': () => '/settings',
  '/settings/$section': () => '/settings/members',
  '/account': () => '/account',
  '/organizations/new': () => '/organizations/new',
  '/developers': () => '/developers',
  '/developers/$operation': () => '/developers/workflows.replace',
  '/notices': () => '/notices',
  '/design': () => '/design',
};
/** States that show what no page shows when it is opened. */
const APART = new Set(
  'bulk templates import parameters outline groups code share shared-run form chat palette roles single-sign-on developers approval no-access'.split(
    ' ',
  ),
);

describe.runIf(hasBrowser)('every page, for everybody', { timeout: 120_000 }, () => {
  let app: WebApp;
  let page: Page;
  let stranger: Page;
  let world: World;

  beforeAll(async () => {
    app = await WebApp.open();
    page = app.page;
    world = await build(app);
    stranger = await app.stranger();
  }, 400_000);
  afterAll(async () => app?.close());

  const open = async (path: string, shown = page): Promise<void> => {
    await shown.goto(app.ready.url + path);
    await shown.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
    await loaded(shown, path);
  };
  /** As narrow as a phone, and 200 % of a small window. */
  const narrow = async (shown = page): Promise<string[]> => {
    const before = shown.viewportSize();
    const found: string[] = [];
    for (const width of [640, 390]) {
      await shown.setViewportSize({ width, height: 844 });
      for (const each of await stickingOut(shown)) found.push(`${width}: ${each}`);
    }
    if (before) await shown.setViewportSize(before);
    return found;
  };

  it('knows every page there is', ({ expect }) => {
    expect(Object.keys(PLACES).toSorted()).toEqual(ROUTES.toSorted());
    expect(SECTIONS.length).toBeGreaterThan(12);
    expect(DOORS.length).toBeGreaterThan(5);
    expect(STATES.filter(({ name }) => APART.has(name)).length).toBe(APART.size);
  });

  it('would see a focus that nobody sees', async ({ expect }) => {
    await open('/design');
    expect(await unmarked(page, 'as it is')).toEqual([]);
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('* { outline: none !important }');
      document.adoptedStyleSheets.push(sheet);
    });
    expect(await unmarked(page, 'without outlines')).not.toEqual([]);
  });

  it('keeps a table for who hears it where its rows are laid out as blocks', async ({ expect }) => {
    await open('/runs');
    const before = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 844 });
    const row = page.getByRole('table', { name: 'Runs' }).locator('tbody tr').first();
    await expect.poll(() => row.evaluate((each) => getComputedStyle(each).display)).toBe('flex');
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    await session.detach();
    if (before) await page.setViewportSize(before);
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const roleOf = (id: string | undefined): unknown => byId.get(id ?? '')?.role?.value;
    const named = (wanted: string): string[] =>
      nodes.filter(({ role }) => role?.value === wanted).map(({ name }) => String(name?.value));
    expect(named('table')).toEqual(['Runs']);
    const headings = ['Status', 'Workflow', 'Trigger', 'Started', 'Took', 'Steps'];
    expect(named('columnheader')).toEqual(headings);
    const rows = nodes
      .filter(({ role }) => role?.value === 'row')
      .map(({ childIds = [] }) => childIds.map(roleOf))
      .filter((roles) => !roles.includes('columnheader'));
    expect(rows.length).toBeGreaterThan(5);
    for (const roles of rows) {
      expect(roles).toEqual(['cell', 'cell', 'rowheader', 'cell', 'cell', 'cell', 'cell']);
    }
    // the names of the columns that are drawn beside the cells are said once, by the headings
    expect(named('cell').filter((name) => headings.some((heading) => name.startsWith(heading)))).toEqual([]);
  });

  const titles = new Map<string, string>();
  const walk = async (name: string, path: string, shown: Page): Promise<Record<string, unknown>> => {
    await open(path, shown);
    const [violations, unseen, wide] = [await violationsInAllLooks(shown), await lost(shown, 80), await narrow(shown)];
    // once everything is there
    const title = await shown.title();
    const twin = titles.get(title);
    titles.set(title, name);
    return { violations, unseen, wide, headings: await shown.locator('h1').count(), twin };
  };
  const FINE = { violations: [], unseen: [], wide: [], headings: 1, twin: undefined };

  for (const [route, path] of Object.entries(PLACES)) {
    // they lead to another
    if (route === '/' || route === '/settings') continue;
    it(`${route}: axe in all looks, a focus that is seen, no scrolling sideways, a title of its own`, async ({
      expect,
    }) => {
      expect(await walk(route, path(world), page)).toEqual(FINE);
    });
  }
  for (const section of SECTIONS) {
    if (section === 'members') continue;
    it(`settings, ${section}`, async ({ expect }) => {
      expect(await walk(section, `/settings/${section}`, page)).toEqual(FINE);
    });
  }
  for (const path of DOORS) {
    it(`before somebody is in, ${path}`, async ({ expect }) => {
      expect(await walk(path, path, stranger)).toEqual(FINE);
    });
  }
  for (const state of [...STATES.filter(({ name }) => APART.has(name)), ...UNPICTURED]) {
    it(`${state.title}: axe in all looks, no scrolling sideways`, async ({ expect }) => {
      await state.open(page, app, world);
      try {
        expect(await violationsInAllLooks(page)).toEqual([]);
        expect(await narrow()).toEqual([]);
      } finally {
        await page.context().setOffline(false);
      }
    });
  }
});
