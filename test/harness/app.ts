import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { Launcher, type Ready, removeDataDir, temporaryDataDir } from './launcher.ts';
import { violations } from './web.ts';

/** The app in a browser, served by the real `npm start` on data of its own. */
export interface App {
  ready: Ready;
  page: Page;
  browser: Browser;
  /** What the page complained about by itself. */
  faults: string[];
  /** Violations of the rules that axe knows, as text. */
  violations: () => Promise<string[]>;
  /** Calls the API as the owner; answers its JSON. */
  api: (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;
  /** Stores a workflow of these parts and opens it in the editor. */
  openWorkflow: (parts: object) => Promise<string>;
  close: () => Promise<void>;
}

const EMPTY = { schema: 1, name: 'Test', nodes: [], edges: [], settings: {}, notes: [], pinned: [] };

export async function openApp({ locale = 'en-GB' } = {}): Promise<App> {
  const dataDir = temporaryDataDir();
  const launcher = new Launcher({ dataDir });
  const ready = await launcher.ready();
  const browser = await openBrowser();
  const context = await browser.newContext({ locale, viewport: { width: 1440, height: 900 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(`${ready.url}/#key=${ready.apiKey}`);
  await page.reload();
  const api = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const answer = await fetch(ready.url + path, {
      method,
      headers: { authorization: `Bearer ${ready.apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
  return {
    ready,
    page,
    browser,
    faults,
    api,
    violations: () => violations(page),
    async openWorkflow(parts) {
      const { id } = await api('POST', '/v1/workflows', { ...EMPTY, ...parts });
      await page.goto(`${ready.url}/workflows/${String(id)}`);
      return String(id);
    },
    async close() {
      await browser.close();
      await launcher.stop();
      removeDataDir(dataDir);
    },
  };
}
