import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { WebApp } from '../harness/web-app.ts';

const KB = 1_024;
/** What a first visit may load of JavaScript, gzipped (issue 5). */
const FIRST_KB = 180;
const EDITOR_KB = 420;

describe.runIf(hasBrowser)('the weight of a first visit', () => {
  let app: WebApp;

  beforeAll(async () => {
    app = await WebApp.open();
  }, 400_000);
  afterAll(async () => {
    await app?.close();
  });

  /** Opens `path` in a browser that was never here. Scripts by path, gzipped bytes each. */
  const visit = async (path: string, seen: string, before?: () => void): Promise<[Page, Map<string, number>]> => {
    const page = await (await app.browser.newContext({ locale: 'en-GB' })).newPage();
    if (before) await page.addInitScript(before);
    const loaded = new Map<string, number>();
    const bodies: Promise<unknown>[] = [];
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (!pathname.endsWith('.js')) return;
      bodies.push(response.body().then((body) => loaded.set(pathname, gzipSync(body).length)));
    });
    // a stream that stays open is never idle
    await page.route('**/v1/runs/events', (route) => route.abort());
    await page.goto(app.ready.url + path);
    await page.locator(seen).first().waitFor({ timeout: 30_000 });
    await page.waitForLoadState('networkidle');
    await Promise.all(bodies);
    return [page, loaded];
  };
  const sumKb = (loaded: ReadonlyMap<string, number>): number =>
    Math.round([...loaded.values()].reduce((sum, bytes) => sum + bytes, 0) / KB);
  const inside = (path: string): string => `${path}#key=${app.ready.apiKey}`;

  it('stays in its budget: signing in, the list of workflows, the editor', async ({ expect }) => {
    const id = await app.workflow({
      schema: 1,
      name: 'Two steps',
      nodes: [
        { id: 'a', name: 'Start', type: 'manual', version: 1, parameters: {}, position: [0, 0] },
        { id: 'b', name: 'Set', type: 'set', version: 1, parameters: {}, position: [260, 0] },
      ],
      edges: [],
      settings: {},
      notes: [],
      pinned: [],
    });
    const [, door] = await visit('/sign-in', 'h1');
    const [, list] = await visit(inside('/workflows'), 'h1');
    const [, editor] = await visit(inside(`/workflows/${id}`), '.react-flow__node');
    const kb = { door: sumKb(door), list: sumKb(list), editor: sumKb(editor) };
    expect(kb.door, JSON.stringify(kb)).toBeLessThanOrEqual(FIRST_KB);
    expect(kb.list, JSON.stringify(kb)).toBeLessThanOrEqual(FIRST_KB);
    expect(kb.editor, JSON.stringify(kb)).toBeLessThanOrEqual(EDITOR_KB);
    // no script at all would stay in it too
    expect(Math.min(kb.door, kb.list)).toBeGreaterThan(60);
  });

  it('names every script of the first page in its HTML, so that none waits for another', async ({ expect }) => {
    const html = await (await fetch(app.ready.url)).text();
    const [, loaded] = await visit(inside('/workflows'), 'table');
    expect([...loaded.keys()].filter((path) => !html.includes(path))).toEqual([]);
    expect(loaded.size).toBeLessThanOrEqual(10);
  });

  it('shows the list without the tables of languages that Intl reads first', async ({ expect }) => {
    const [page] = await visit(inside('/workflows'), 'table time', () => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      for (const name of ['DateTimeFormat', 'RelativeTimeFormat', 'NumberFormat', 'Collator', 'PluralRules'] as const) {
        const real = Intl[name];
        Object.defineProperty(Intl, name, {
          get() {
            asked.push(name);
            return real;
          },
        });
      }
    });
    await expect.poll(() => page.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)).toEqual([]);
    const moment = page.locator('table time').first();
    await expect.poll(() => moment.textContent()).toMatch(/^(?:now|\d+ (?:second|minute)s? ago)$/);
    // the exact moment is there for whoever wants it
    await moment.hover();
    await expect.poll(() => moment.getAttribute('title')).toMatch(/\d{4}.*\d{1,2}:\d{2}/);
  });
});
