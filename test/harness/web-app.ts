import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { Launcher, type Ready, removeDataDir, temporaryDataDir } from './launcher.ts';
import { violations } from './web.ts';

type Body = Record<string, unknown>;

const EMPTY = { schema: 1, name: 'Test', nodes: [], edges: [], settings: {}, notes: [], pinned: [] };

/** The web app under test: the real `npm start`, and a page of Chromium that is signed in to it. */
export class WebApp {
  readonly dataDir = temporaryDataDir();
  launcher!: Launcher;
  ready!: Ready;
  browser!: Browser;
  page!: Page;
  /** Errors the page threw or logged. Refusals are logged by the browser itself. */
  readonly faults: string[] = [];

  static async open(options: BrowserContextOptions = {}, env: Record<string, string> = {}): Promise<WebApp> {
    const app = new WebApp();
    await app.start(env);
    app.browser = await openBrowser();
    app.page = await app.signedIn(options);
    return app;
  }

  async start(env: Record<string, string> = {}): Promise<void> {
    this.launcher = new Launcher({ dataDir: this.dataDir, env });
    this.ready = await this.launcher.ready();
  }

  async signedIn(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({
      locale: 'en-GB',
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && this.faults.push(message.text()));
    await page.goto(`${this.ready.url}/#key=${this.ready.apiKey}`);
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
    return page;
  }

  async close(): Promise<void> {
    await this.browser?.close();
    await this.launcher?.stop();
    removeDataDir(this.dataDir);
  }

  /** Calls the API with the key of the first start. @throws Error with the answer when it is refused. */
  async api(method: string, path: string, body?: unknown): Promise<Body> {
    const response = await fetch(this.ready.url + path, {
      method,
      headers: { authorization: `Bearer ${this.ready.apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as Body;
  }

  async workflow(document: object): Promise<string> {
    return String((await this.api('POST', '/v1/workflows', document))['id']);
  }

  /** Stores a workflow of these parts and opens it in the editor. */
  async openWorkflow(parts: object): Promise<string> {
    const id = await this.workflow({ ...EMPTY, ...parts });
    await this.page.goto(`${this.ready.url}/workflows/${id}`);
    return id;
  }

  /** Starts a run of the draft or the published version and waits until it rests. */
  async run(workflow: string, body: object = {}): Promise<string> {
    return String((await this.api('POST', `/v1/workflows/${workflow}/runs?wait=10s`, body))['id']);
  }

  /** Violations of the rules that axe knows, as text. */
  async violations(page: Page = this.page): Promise<string[]> {
    return violations(page);
  }
}
