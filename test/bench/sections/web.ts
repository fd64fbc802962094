import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { hasBrowser, openBrowser } from '../../harness/browser.ts';
import type { Launched } from '../launcher.ts';
import { round, type TypingNumbers, type WebNumbers } from '../results.ts';
import { type BenchContext, type Section, Skipped } from '../section.ts';
import { TRACE_CATEGORIES, type TraceEvent, type TypedKey, typedKeys } from '../typed-keys.ts';

const NODES = 1_000;
const COLUMNS = 40;
const WARM_LETTERS = 10;
const LETTERS = 100;
const KEY_MS = 60;
const REST_MS = 1_500;
const FLIGHT_MS = 3_000;
const SLOWER = 4;
/** Of so many first visits, each in a browser's profile of its own, the middle one. */
const VISITS = 5;

const edge = (from: string, to: string): object => ({
  from: { node: from, port: 'main', index: 0 },
  to: { node: to, port: 'main', index: 0 },
});
/** The one that is typed into. */
const TYPED = 1;
const card = (index: number): object => ({
  id: `n${index}`,
  name: `Step ${index}`,
  type: index === 0 ? 'manual' : index === TYPED ? 'stop-and-error' : 'no-op',
  version: 1,
  parameters: index === TYPED ? { errorMessage: 'x' } : {},
  position: [(index % COLUMNS) * 260, Math.floor(index / COLUMNS) * 120],
});
const large = {
  schema: 1,
  name: 'Large',
  nodes: Array.from({ length: NODES }, (_, index) => card(index)),
  edges: Array.from({ length: NODES - 1 }, (_, index) => edge(`n${index}`, `n${index + 1}`)),
  settings: {},
  notes: [],
  pinned: [],
};
const small = {
  ...large,
  name: 'Small',
  nodes: [card(0), { ...card(TYPED), name: 'Say' }],
  edges: [edge('n0', 'n1')],
};

/** Gzipped JavaScript that a page fetched, in KB. */
async function sizeOf(browser: Browser, { url, apiKey }: Launched, path: string, seen: string): Promise<number> {
  const page = await browser.newPage();
  const bodies: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) bodies.push(response.body());
  });
  // a stream that stays open is never idle
  await page.route('**/v1/runs/events', (route) => route.abort());
  await page.goto(`${url}${path}#key=${apiKey}`);
  await page.locator(seen).first().waitFor();
  await page.waitForLoadState('networkidle');
  const bytes = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0);
  await page.close();
  return round(bytes / 1024);
}

/**
 * From the address to a list that can be seen and a task that is run after it, by the page's own clock. The page looks
 * for itself: Playwright's own search is 250 KB of script that such a slow processor would have to read first.
 */
async function interactive(browser: Browser, { url, apiKey }: Launched): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < VISITS; turn++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const slow = await context.newCDPSession(page);
    await slow.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    const { promise: answered, resolve } = Promise.withResolvers<number>();
    await page.exposeFunction('answered', resolve);
    await page.addInitScript(() => {
      const { answered: tell } = globalThis as unknown as { answered: (atMs: number) => void };
      const look = (): void => {
        const isShown = [...document.links].some((link) => link.textContent === 'Large' && link.checkVisibility());
        if (isShown) requestAnimationFrame(() => setTimeout(() => tell(performance.now())));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto(`${url}/workflows#key=${apiKey}`, { waitUntil: 'commit' });
    times.push(await answered);
    await context.close();
  }
  return round(times.toSorted((x, y) => x - y)[Math.floor(VISITS / 2)] ?? Number.NaN);
}

async function firstRender(page: Page, address: string): Promise<number> {
  await page.addInitScript(() => {
    const seen = (): void => {
      const { length } = document.querySelectorAll('.react-flow__node');
      if (length === 0) return void requestAnimationFrame(seen);
      requestAnimationFrame(() => setTimeout(() => ((globalThis as { drawnAt?: number }).drawnAt = performance.now())));
    };
    requestAnimationFrame(seen);
  });
  await page.goto(address);
  await page.waitForFunction(() => (globalThis as { drawnAt?: number }).drawnAt !== undefined);
  return page.evaluate(() => {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const document = entries.find(({ name }) => /\/v1\/workflows\/[^/?]+$/.test(name));
    return Math.round(((globalThis as { drawnAt?: number }).drawnAt ?? 0) - (document?.responseEnd ?? 0));
  });
}

/** Frames a second while the canvas is moved and scaled without a pause. */
async function flight(page: Page): Promise<number> {
  const box = await page.locator('.react-flow').boundingBox();
  if (!box) throw new Error('there is no canvas');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const frames = page.evaluate(
    (limitMs) =>
      new Promise<number>((done) => {
        const began = performance.now();
        let count = 0;
        const frame = (): void => {
          count++;
          if (performance.now() - began < limitMs) requestAnimationFrame(frame);
          else done((count * 1_000) / (performance.now() - began));
        };
        requestAnimationFrame(frame);
      }),
    FLIGHT_MS,
  );
  const until = performance.now() + FLIGHT_MS;
  for (let turn = 0; performance.now() < until; turn++) {
    // the wheel moves, with Ctrl it scales
    if (turn % 40 === 0) await page.keyboard.down('Control');
    if (turn % 40 === 20) await page.keyboard.up('Control');
    await page.mouse.wheel(0, turn % 20 < 10 ? -60 : 60);
  }
  await page.keyboard.up('Control');
  return round(await frames);
}

/** Types into the box that is in focus, at a good typist's pace, while the browser writes down what it does. */
async function typing(page: Page): Promise<TypingNumbers> {
  const browser = page.context().browser();
  if (!browser) throw new Error('there is no browser');
  // what opening left to do, and compiling what typing runs, is not typing
  await page.waitForTimeout(REST_MS);
  await page.keyboard.type('x'.repeat(WARM_LETTERS), { delay: KEY_MS });
  await browser.startTracing(page, { categories: TRACE_CATEGORIES });
  await page.keyboard.type('x'.repeat(LETTERS), { delay: KEY_MS });
  await page.waitForTimeout(KEY_MS);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const keys = typedKeys(traceEvents);
  const at = (of: keyof TypedKey, share: number): number => {
    const sorted = keys.map((key) => key[of]).toSorted((x, y) => x - y);
    return round(sorted[Math.floor(sorted.length * share)] ?? Number.NaN, 1);
  };
  return {
    p50: at('workMs', 0.5),
    p95: at('workMs', 0.95),
    shownP50: at('shownMs', 0.5),
    shownP95: at('shownMs', 0.95),
    wholeP95: at('wholeMs', 0.95),
  };
}

/** The step's end and its mark by the same clock: browser and server are one machine here. */
async function live(page: Page, { client }: Launched, id: string): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    await page.reload();
    await page.locator('.react-flow__node').first().waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const shownAt = await page.evaluate(
      () =>
        new Promise<number>((done) => {
          const look = (): void =>
            document.querySelector('.react-flow__node .border-bad')
              ? done(Date.now())
              : void requestAnimationFrame(look);
          look();
        }),
    );
    const { runs } = await client.call('GET /v1/runs', { query: { workflow: id, limit: 1 } });
    const seen = await client.call('GET /v1/runs/{id}', { params: { id: runs[0]?.id ?? '' } });
    const step = seen.nodes.find((each) => each.node === 'n1');
    times.push(shownAt - ((step?.startedAt ?? 0) + (step?.durationMs ?? 0)));
  }
  return round(times.toSorted((a, b) => a - b)[2] ?? Number.NaN);
}

async function run(context: BenchContext): Promise<{ results: { web: WebNumbers } }> {
  if (!hasBrowser) throw new Skipped('there is no Chromium (set CHROMIUM, or apt-get install chromium)');
  const product = await context.product();
  const { client, url, apiKey } = product;
  const { id } = await client.call('POST /v1/workflows', { body: large });
  const { id: smallId } = await client.call('POST /v1/workflows', { body: small });
  const browser = await openBrowser();
  try {
    const initialKb = await sizeOf(browser, product, '/workflows', 'h1');
    const editorKb = await sizeOf(browser, product, `/workflows/${smallId}`, '.react-flow__node');
    const interactiveMs = await interactive(browser, product);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${url}/#key=${apiKey}`);
    await page.getByRole('link', { name: 'Large' }).waitFor();
    const firstRenderMs = await firstRender(page, `${url}/workflows/${id}`);
    const fps = await flight(page);
    await page.getByRole('button', { name: 'Fit View' }).click();
    const fpsWhole = await flight(page);
    await page.reload();
    const step = page.locator(`.react-flow__node[data-id="n${TYPED}"]`);
    await step.focus();
    await step.press('Enter');
    await page.getByRole('textbox', { name: /message/i }).focus();
    const parameter = await typing(page);
    await page.getByRole('textbox', { name: 'Name', exact: true }).focus();
    const name = await typing(page);
    await page.goto(`${url}/workflows/${smallId}`);
    const liveMs = await live(page, product, smallId);
    return {
      results: {
        web: { initialKb, editorKb, interactiveMs, firstRenderMs, fps, fpsWhole, typing: { parameter, name }, liveMs },
      },
    };
  } finally {
    await browser.close();
  }
}

export const section: Section = { name: 'web', run };
