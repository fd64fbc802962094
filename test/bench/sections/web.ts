import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { hasBrowser, openBrowser } from '../../harness/browser.ts';
import type { Launched } from '../launcher.ts';
import { round, type WebNumbers } from '../results.ts';
import { type BenchContext, type Section, Skipped } from '../section.ts';

const NODES = 1_000;
const COLUMNS = 40;
const LETTERS = 60;
const FLIGHT_MS = 3_000;
const SLOWER = 4;

const edge = (from: string, to: string): object => ({
  from: { node: from, port: 'main', index: 0 },
  to: { node: to, port: 'main', index: 0 },
});
const card = (index: number): object => ({
  id: `n${index}`,
  name: `Step ${index}`,
  type: index === 0 ? 'manual' : 'no-op',
  version: 1,
  parameters: {},
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
  nodes: [card(0), { ...card(1), name: 'Say', type: 'stop-and-error', parameters: { errorMessage: 'x' } }],
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

async function interactive(browser: Browser, { url, apiKey }: Launched): Promise<number> {
  const page = await browser.newPage();
  const slow = await page.context().newCDPSession(page);
  await slow.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const started = performance.now();
  await page.goto(`${url}/workflows#key=${apiKey}`, { waitUntil: 'commit' });
  await page.getByRole('link', { name: 'Large' }).waitFor();
  // it answers: a task of its own is run
  await page.evaluate(() => new Promise((done) => setTimeout(done, 0)));
  const tookMs = performance.now() - started;
  await page.close();
  return round(tookMs);
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
    await page.mouse.wheel(0, turn % 20 < 10 ? -60 : 60);
  }
  return round(await frames);
}

/** What the page does between a key and the frame that shows it. */
async function typing(page: Page): Promise<{ p50: number; p95: number }> {
  await page.evaluate(() => {
    const took: number[] = [];
    (globalThis as { took?: number[] }).took = took;
    addEventListener(
      'keydown',
      () => {
        const began = performance.now();
        requestAnimationFrame(() => {
          const framed = performance.now();
          const channel = new MessageChannel();
          // waiting for the frame is no work: what counts is the event's own task and the frame's
          channel.port1.addEventListener('message', () => took.push(performance.now() - framed));
          channel.port1.start();
          channel.port2.postMessage(0);
        });
        const after = new MessageChannel();
        after.port1.addEventListener('message', () => took.push(performance.now() - began), { once: true });
        after.port1.start();
        after.port2.postMessage(0);
      },
      { capture: true },
    );
  });
  await page.keyboard.type('x'.repeat(LETTERS), { delay: 60 });
  const took = await page.evaluate(() => (globalThis as { took?: number[] }).took ?? []);
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number): number => round(sorted[Math.floor(sorted.length * share)] ?? Number.NaN, 1);
  return { p50: at(0.5), p95: at(0.95) };
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
    const first = page.locator('.react-flow__node').first();
    await first.focus();
    await first.press('Enter');
    await page.getByRole('textbox', { name: 'Name', exact: true }).focus();
    const { p50: typingP50, p95: typingP95 } = await typing(page);
    await page.goto(`${url}/workflows/${smallId}`);
    const liveMs = await live(page, product, smallId);
    return {
      results: {
        web: { initialKb, editorKb, interactiveMs, firstRenderMs, fps, fpsWhole, typingP50, typingP95, liveMs },
      },
    };
  } finally {
    await browser.close();
  }
}

export const section: Section = { name: 'web', run };
