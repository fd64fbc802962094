import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { loaded, SECTIONS } from '../harness/places.ts';
import { WebApp } from '../harness/web-app.ts';
import { leaksIn, wordsOn } from '../harness/words.ts';
import { build, type World } from '../tour/world.ts';

/** Names and addresses that are the same everywhere. */
const NAMES = [
  'Ship 900 to Kiel?',
  'Single sign-on',
  'Single Sign-on',
  'React Flow',
  'OpenID Connect',
  'Active Directory',
];
/** What has no language: ids, addresses, JSON, figures. */
const PLAIN = /^[{[]|^https?:\/\/|^[\w-]+\.[\w.*-]+$|^[a-z]+(-[a-z]+)+$|^\S+@\S+$/;

/** What TanStack's router says of itself to whoever looks for it. */
interface RouterLike {
  state: { status: string; resolvedLocation: { href: string } };
}

/** Every text in what the API answered. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value.replaceAll(/\s+/g, ' ').trim()];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

describe.runIf(hasBrowser)('the app in German', () => {
  let app: WebApp;
  let german: Page;
  let english: Page;
  let world: World;
  let data: string[] = [];

  beforeAll(async () => {
    app = await WebApp.open();
    world = await build(app);
    english = app.page;
    german = await app.stranger({ locale: 'de-DE' });
    await german.goto(`${app.ready.url}/#key=${app.ready.apiKey}`);
    await german.getByRole('heading', { name: 'Abläufe' }).waitFor();
    const { workflows } = (await app.api('GET', '/v1/workflows')) as { workflows: { id: string }[] };
    const documents = await Promise.all(workflows.map(({ id }) => app.api('GET', `/v1/workflows/${id}`)));
    const versions = await Promise.all(
      ['', '/1', '/2'].map((end) => app.api('GET', `/v1/workflows/${world.order}/versions${end}`)),
    );
    const { projects } = (await app.api('GET', '/v1/projects')) as { projects: unknown };
    const { tags } = (await app.api('GET', '/v1/tags')) as { tags: unknown };
    const { keys } = (await app.api('GET', '/v1/keys')) as { keys: unknown };
    data = [...textsIn([documents, versions, projects, tags, keys]), ...NAMES];
  }, 180_000);
  afterAll(async () => app?.close());

  /** Goes to an address without loading the app anew, and waits until the page stands still. */
  async function wordsAt(page: Page, path: string): Promise<string[]> {
    await page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, path);
    // until then the page of before stands there, and stands still
    await page.waitForFunction((to) => {
      const { state } = (globalThis as unknown as { __TSR_ROUTER__: RouterLike }).__TSR_ROUTER__;
      return state.status === 'idle' && state.resolvedLocation.href === to;
    }, path);
    await loaded(page, path);
    let words = await wordsOn(page);
    for (let tries = 0, still = 0; still < 2; tries++) {
      if (tries > 60) throw new Error(`${path} never stands still: ${words.join(' | ')}`);
      await page.waitForTimeout(150);
      const next = await wordsOn(page);
      still = next.join('\n') === words.join('\n') ? still + 1 : 0;
      words = next;
    }
    await loaded(page, path);
    return words;
  }

  const PATHS: readonly [string, (world: World) => string[]][] = [
    ['workflows', () => ['/workflows', '/workflows?templates=1', '/workflows?import=1']],
    [
      'the editor',
      ({ order }) => ['', '#node=invoice', '#node=if', '#node=ask'].map((end) => `/workflows/${order}${end}`),
    ],
    ['versions', ({ order }) => [`/workflows/${order}/versions?older=1&newer=2`]],
    [
      'runs',
      ({ good, failed, approval }) => [
        '/runs',
        '/runs/inbox',
        '/runs/run_0_zzz_0',
        ...[good, failed, approval].map((id) => `/runs/${id}`),
      ],
    ],
    ['comparing runs', ({ good, other }) => [`/runs/${good}/compare?with=${other}`]],
    ['settings', () => SECTIONS.map((section) => `/settings/${section}`)],
    ['the API', () => ['/developers', '/developers/workflows.get', '/developers/runs.list']],
    ['the rest', () => ['/notices', '/design', '/account', '/organizations/new']],
  ];

  for (const [name, pathsIn] of PATHS) {
    it(`shows nothing English: ${name}`, async ({ expect }) => {
      const found: Record<string, string[]> = {};
      for (const path of pathsIn(world)) {
        const [ours, theirs] = await Promise.all([wordsAt(german, path), wordsAt(english, path)]);
        expect(ours.length, path).toBeGreaterThan(8);
        const leaks = leaksIn(ours, theirs, data).filter((text) => !PLAIN.test(text));
        if (leaks.length > 0) found[path] = leaks;
      }
      expect(found).toEqual({});
    });
  }
});
