import type { Browser, BrowserContextOptions, ConsoleMessage, Page } from 'playwright-core';
import { openBrowser, slowed } from './browser.ts';
import { Launcher, type Ready, removeDataDir, temporaryDataDir } from './launcher.ts';
import type { Person } from './person.ts';
import { violations } from './web.ts';

type Body = Record<string, unknown>;

const EMPTY = { schema: 1, name: 'Test', nodes: [], edges: [], settings: {}, notes: [], pinned: [] };

/** The browser logs refused and failed requests itself, without the address it asked. */
function saidBy(message: ConsoleMessage): string {
  const { url } = message.location();
  const text = message.text();
  return text.startsWith('Failed to load resource') && URL.canParse(url) ? `${text} ${new URL(url).pathname}` : text;
}

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
    const app = await WebApp.served(env);
    app.page = await app.signedIn(options);
    return app;
  }

  /** Without anybody at it: its `page` is for the test to set. */
  static async served(env: Record<string, string> = {}): Promise<WebApp> {
    const app = new WebApp();
    await app.start(env);
    app.browser = await openBrowser();
    return app;
  }

  async start(env: Record<string, string> = {}): Promise<void> {
    this.launcher = new Launcher({ dataDir: this.dataDir, env });
    this.ready = await this.launcher.ready();
  }

  /** A page of a browser that was never here. */
  async stranger(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({
      locale: 'en-GB',
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await slowed(page);
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && this.faults.push(saidBy(message)));
    return page;
  }

  async signedIn(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.stranger(options);
    await page.goto(`${this.ready.url}/#key=${this.ready.apiKey}`);
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
    return page;
  }

  /** A page of a browser that somebody is signed in with. */
  async pageOf(person: Person): Promise<Page> {
    const page = await this.stranger();
    await page.context().addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: this.ready.url })));
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

  /** Searches among the steps that can be added, takes the first, and waits until the new step has the focus. */
  async addStep(wanted: string): Promise<void> {
    await this.page.getByRole('searchbox', { name: 'Search steps' }).fill(wanted);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.react-flow__node:focus, [data-step]:focus').waitFor();
  }

  /** Starts a run that does not rest by itself, and waits for nothing. */
  async begin(workflow: string): Promise<string> {
    return String((await this.api('POST', `/v1/workflows/${workflow}/runs`, {}))['id']);
  }

  /** Starts a run of the draft or the published version and waits until it rests, ten seconds at most. */
  async run(workflow: string, body: object = {}): Promise<string> {
    return String((await this.api('POST', `/v1/workflows/${workflow}/runs?wait=10s`, body))['id']);
  }

  /** Violations of the rules that axe knows, as text. */
  async violations(page: Page = this.page): Promise<string[]> {
    return violations(page);
  }
}
