import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, it, type ExpectStatic } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { Canary } from '../harness/canary.ts';
import { everyOf } from '../harness/every-of.ts';
import { MARKUP, MARKUP_TEXTS } from '../harness/hostile-markup.ts';
import { hostileTexts, OWN } from '../harness/hostile-texts.ts';
import { loaded, SECTIONS } from '../harness/places.ts';
import { WebApp } from '../harness/web-app.ts';
import { chain, manual, node, set } from '../served/documents.ts';

const { texts, missing } = await hostileTexts();
if (missing.length > 0) console.warn(`hostile.test.ts: without ${missing.join(' and ')}: not in ../shared/data/sets`);

/** Texts that could become markup, code or an address. */
const sharp = texts.filter((text) => /[<>"'&{$`]|script:/.test(text));
const AT_ONCE = 8;
const LONG_MS = 480_000;
/** Pages of strangers that are drawn at once. */
const DRAWN_AT_ONCE = 64;

/** Until a page had time to do what was hidden in it: it painted, and what it asked for came or was refused. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((done) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 300)));
      }),
  );
}

/** Every place that shows data, with texts that want to be more than text: nothing fires, nothing is even refused. */
describe.runIf(hasBrowser)('hostile content in the web app', () => {
  let app: WebApp;
  let fired: string[];

  beforeAll(async () => {
    app = await WebApp.open();
    ({ fired } = await Canary.on(app.page, app.ready.url));
    await app.page.reload();
  });
  afterAll(() => app?.close());
  // what one test lets through fails that one, and none after it
  afterEach(async ({ expect }) => {
    await settled(app.page);
    expect(fired.splice(0)).toEqual([]);
  });

  async function open(path: string): Promise<void> {
    await app.page.goto(app.ready.url + path);
    await app.page.getByRole('heading', { level: 1 }).waitFor();
  }

  /** Names of places and people come after what stands there. */
  async function showsAll(expect: ExpectStatic, expected: readonly string[]): Promise<void> {
    const missed = async (): Promise<string[]> => {
      const shown = (await app.page.locator('body').textContent()) ?? '';
      return expected.filter((text) => !shown.includes(text));
    };
    await expect.poll(missed).toEqual([]);
  }

  async function loadMore(expect: ExpectStatic): Promise<void> {
    const more = app.page.getByRole('button', { name: 'Load more' });
    const rows = app.page.getByRole('row');
    while ((await more.count()) > 0) {
      const before = await rows.count();
      await more.click();
      await expect.poll(async () => (await more.count()) === 0 || (await rows.count()) > before).toBe(true);
    }
  }

  it(
    'names, tags, projects and folders in the list of workflows and the palette',
    { timeout: LONG_MS },
    async ({ expect }) => {
      const { page } = app;
      let made = 0;
      await everyOf(sharp, AT_ONCE, async (name) => {
        const document = chain(name, [manual()]);
        // what no editor could show is refused: core/graph says why
        const answer = await fetch(`${app.ready.url}/v1/workflows`, {
          method: 'POST',
          headers: { authorization: `Bearer ${app.ready.apiKey}`, 'content-type': 'application/json' },
          body: JSON.stringify(document),
        });
        expect([201, 400]).toContain(answer.status);
        if (answer.status === 201) made++;
      });
      expect(made).toBeGreaterThan(sharp.length / 2);
      const tagged = await app.workflow(chain('Tagged', [manual()]));
      const short = sharp.filter((text) => text.length <= 50 && text.trim() === text && text !== '').slice(0, 20);
      await app.api('PUT', `/v1/tags/workflow/${tagged}`, { tags: short });
      const { id: project } = await app.api('POST', '/v1/projects', { name: OWN[1] });
      const { id: folder } = await app.api('POST', '/v1/folders', { project, name: OWN[2] });
      await app.api('PUT', `/v1/placements/workflow/${tagged}`, { project, folder });
      await open('/workflows');
      await page.getByText('Tagged').waitFor();
      await loadMore(expect);
      await showsAll(expect, [...OWN.filter((text) => text.trim() === text), `${OWN[1]} / ${OWN[2]}`]);
      await page.keyboard.press('Control+k');
      await page.getByRole('searchbox', { name: 'Go to or do' }).fill('<');
      await page.getByRole('option').first().waitFor();
      await settled(page);
      await page.keyboard.press('Escape');
    },
  );

  it(
    'names of nodes and groups, remarks, notes and parameters in the editor, by drawing and by outline',
    { timeout: LONG_MS },
    async ({ expect }) => {
      const { page } = app;
      const usable = sharp.filter((text) => text.trim() === text && text !== '' && text.length < 500).slice(0, 300);
      const nodes = usable.map((text, index) => ({
        ...set(`n${index}`, { [text]: text }),
        name: text,
        notes: text,
        group: `group${index}`,
        position: [(index % 14) * 240, Math.floor(index / 14) * 120] as [number, number],
      }));
      const notes = usable.map((text, index) => ({
        id: `note${index}`,
        text,
        position: [(index % 14) * 240, 1_800 + Math.floor(index / 14) * 120] as [number, number],
      }));
      const groups = usable.map((name, index) => ({ id: `group${index}`, name, collapsed: index % 2 === 1 }));
      const id = await app.workflow({ ...chain('Names', [manual(), ...nodes]), notes, groups });
      await open(`/workflows/${id}`).catch(() => undefined);
      await page.locator('.react-flow__node').first().waitFor();
      await page
        .getByText(OWN[1] ?? '')
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'Outline' }).click({ noWaitAfter: true });
      const outline = page.getByRole('list', { name: 'Outline' });
      await outline.getByRole('listitem').nth(20).waitFor();
      await showsAll(
        expect,
        OWN.filter((text) => usable.includes(text)),
      );
      // groups and steps alike; the buttons beside them remove and connect
      const rows = outline.locator('button[aria-pressed]');
      for (const index of [0, 1, 2, 3]) {
        await rows.nth(index).click();
        await rows.nth(index).and(page.locator('[aria-pressed=true]')).waitFor();
        await page.locator('[data-pane=panel]').waitFor();
        await settled(page);
      }
      // looking changes nothing: the next test leaves the editor without being asked
      await page.getByText('Saved', { exact: true }).waitFor();
      expect((await app.api('GET', `/v1/workflows/${id}`))['revision']).toBe(1);
    },
  );

  it('items, their keys and file names in runs, as table and JSON', { timeout: LONG_MS }, async () => {
    const { page } = app;
    const file = node('file', 'convert-to-file', 1.1, {
      operation: 'toText',
      sourceProperty: 'm',
      options: { fileName: '={{ $json.m }}' },
    });
    const id = await app.workflow(chain('Items', [manual(), file]));
    for (let from = 0; from < texts.length; from += 100) {
      const chunk = texts.slice(from, from + 100);
      const run = await app.run(id, { input: chunk.map((m) => ({ m, [m.slice(0, 100) || 'empty']: m })) });
      await open(`/runs/${run}`);
      await page.getByRole('list', { name: 'Timeline' }).getByRole('button').first().click();
      await page.getByRole('region').first().waitFor();
      const views = page.getByRole('radio', { name: 'JSON' });
      await views.first().waitFor();
      for (let index = 0; index < (await views.count()); index++) await views.nth(index).click({ force: true });
      await page.locator('pre').first().waitFor();
      await page.getByRole('list', { name: 'Timeline' }).getByRole('button').last().click();
      await settled(page);
    }
  });

  it(
    'errors in the list of runs, on a run, beside its failing item, and compared',
    { timeout: LONG_MS },
    async ({ expect }) => {
      const { page } = app;
      const id = await app.workflow(
        chain('Errors', [manual(), node('stop', 'stop-and-error', 1, { errorMessage: '={{ $json.m }}' })]),
      );
      const runs: string[] = [];
      await everyOf([...OWN, ...MARKUP_TEXTS], AT_ONCE, async (m) => runs.push(await app.run(id, { input: [{ m }] })));
      await open(`/runs?workflow=${id}`);
      await page.getByRole('table', { name: 'Runs' }).waitFor();
      await loadMore(expect);
      await showsAll(
        expect,
        OWN.map((text) => text.trim()),
      );
      for (const run of runs.slice(0, 5)) {
        await open(`/runs/${run}`);
        await page.getByRole('list', { name: 'Timeline' }).waitFor();
        await settled(page);
      }
      await open(`/runs/${runs[0]}/compare?with=${runs[1]}`);
      const list = page.getByRole('list', { name: 'Two runs compared' });
      await list.getByRole('button').last().click();
      await list.getByRole('heading', { name: 'Other run' }).waitFor();
    },
  );

  it('pages, Markdown, drawings and tables of a run, drawn', { timeout: LONG_MS }, async ({ expect }) => {
    const { page } = app;
    const id = await app.workflow(chain('Drawn', [manual()]));
    const drawn = [...OWN, ...MARKUP_TEXTS];
    const data = (text: string): string => Buffer.from(text).toString('base64');
    for (let from = 0; from < drawn.length; from += DRAWN_AT_ONCE) {
      const chunk = drawn.slice(from, from + DRAWN_AT_ONCE);
      const fields = Object.fromEntries(chunk.map((text, index) => [`f${index}`, `<p>${text}`]));
      const kinds = [
        ['text/markdown', (text: string) => text],
        ['image/svg+xml', (text: string) => `<svg xmlns="http://www.w3.org/2000/svg">${text}</svg>`],
        ['text/csv', (text: string) => `a,b\n"${text.replaceAll('"', '""')}",${text}`],
      ] as const;
      const files = chunk.flatMap((text, index) =>
        kinds.map(([mimeType, write]) => [
          `${mimeType.slice(-3)}${index}`,
          { mimeType, fileName: text.slice(0, 100), data: data(write(text)) },
        ]),
      );
      const run = await app.run(id, { input: [{ json: fields, binary: Object.fromEntries(files) as object }] });
      await open(`/runs/${run}`);
      await page.getByRole('radio', { name: 'Rendered' }).last().press('Enter');
      await page
        .locator('iframe')
        .nth(chunk.length - 1)
        .waitFor();
      await expect
        .poll(() => page.frames().filter((frame) => frame.url() === 'about:srcdoc').length, { timeout: 60_000 })
        .toBeGreaterThanOrEqual(chunk.length);
      await page.getByRole('radio', { name: 'Files' }).last().press('Enter');
      const previews = page.getByRole('button', { name: 'Preview' });
      await previews.nth(files.length - 1).waitFor();
      await previews.evaluateAll((all) => all.forEach((each) => (each as HTMLButtonElement).click()));
      await expect.poll(() => page.locator('iframe').count(), { timeout: 60_000 }).toBe(chunk.length);
      await settled(page);
      expect(fired, `texts ${from} to ${from + DRAWN_AT_ONCE}`).toEqual([]);
      await expect.poll(() => new URL(page.url()).pathname).toBe(`/runs/${run}`);
    }
  });

  it(
    'variables, keys, accounts, roles, projects, tables, notices and the audit log in the settings',
    { timeout: LONG_MS },
    async ({ expect }) => {
      const { page } = app;
      const short = [...OWN, ...MARKUP_TEXTS].filter((text) => text.trim() === text && text.length <= 60).slice(0, 60);
      const made = async (method: string, path: string, body: object): Promise<number> => {
        const headers = { authorization: `Bearer ${app.ready.apiKey}`, 'content-type': 'application/json' };
        return (await fetch(app.ready.url + path, { method, headers, body: JSON.stringify(body) })).status;
      };
      const statuses: number[] = [];
      await everyOf(
        short.map((text, index) => ({ text, index })),
        AT_ONCE,
        async ({ text, index }) => {
          const value = { value: text, description: text };
          statuses.push(await made('PUT', `/v1/variables/production/hostile_${index}`, value));
          statuses.push(await made('POST', '/v1/keys', { name: text, scopes: ['runs:read'] }));
          statuses.push(await made('POST', '/v1/roles', { name: text, scopes: ['runs:read'] }));
          statuses.push(await made('POST', '/v1/service-accounts', { name: text, role: 'viewer' }));
          statuses.push(await made('POST', '/v1/projects', { name: text }));
        },
      );
      expect(statuses.filter((status) => status < 300).length).toBeGreaterThan(short.length * 3);
      expect(statuses.filter((status) => status >= 500)).toEqual([]);
      for (const section of SECTIONS) {
        await open(`/settings/${section}`);
        await loaded(page, `/settings/${section}`);
        await settled(page);
      }
      await open('/settings/variables');
      await page
        .getByText(short[0] ?? '')
        .first()
        .waitFor();
      await open('/notices');
      await loaded(page, '/notices');
    },
  );

  it('a run that is shown to strangers by a link', { timeout: LONG_MS }, async ({ expect }) => {
    const id = await app.workflow(
      chain(OWN[0] ?? '', [manual(), { ...set('mark', { a: OWN[1] ?? '' }), name: OWN[2] ?? '' }]),
    );
    const run = await app.run(id, { input: [...OWN, ...MARKUP_TEXTS].slice(0, 90).map((m) => ({ m, [m]: m })) });
    const { url } = (await app.api('POST', `/v1/runs/${run}/shares`, { withData: true })) as { url: string };
    const stranger = await (await app.browser.newContext()).newPage();
    const canary = await Canary.on(stranger, app.ready.url);
    await stranger.goto(new URL(url, app.ready.url).href);
    await stranger.getByRole('heading', { level: 1 }).waitFor();
    await expect.poll(() => stranger.locator('body').textContent()).toContain(OWN[2]);
    await settled(stranger);
    expect(canary.fired).toEqual([]);
    await stranger.context().close();
  });

  it('forms, their endings and chats, for visitors', { timeout: LONG_MS }, async ({ expect }) => {
    const all = [...OWN, ...MARKUP_TEXTS];
    const [a = '', b = '', c = ''] = OWN;
    const each = (from: number) => all.slice(from, from + 40);
    const fields = each(0).flatMap((text) => [
      { fieldLabel: text, placeholder: text, defaultValue: text },
      { fieldType: 'dropdown', fieldLabel: `list ${text}`, fieldOptions: { values: [{ option: text || 'x' }] } },
      { fieldType: 'radio', fieldLabel: `one of ${text}`, fieldOptions: { values: [{ option: text || 'x' }] } },
      { fieldType: 'html', html: text },
    ]);
    const formed = async (path: string, ending: object): Promise<string> => {
      const first = node(`Form ${path}`, 'form-trigger', 2.3, {
        formTitle: a,
        formDescription: each(40).join('\n'),
        options: { path, customCss: `${all.join('\n')}` },
        formFields: { values: fields },
      });
      const id = await app.workflow(
        chain(b, [first, node('End', 'form', 2.3, { operation: 'completion', ...ending })]),
      );
      await app.api('POST', `/v1/workflows/${id}/publish`);
      return `${app.ready.url}/forms/local/${path}`;
    };
    const visitor = await (await app.browser.newContext()).newPage();
    const canary = await Canary.on(visitor, app.ready.url);
    const answer = async (url: string): Promise<void> => {
      await visitor.goto(url);
      for (const box of await visitor.locator('input[type=text]').all()) await box.fill(c);
      await visitor.locator('button[type=submit]').click();
      await visitor.waitForURL(/\/waiting\//);
    };
    await answer(await formed('hostile-text', { completionTitle: a, completionMessage: each(80).join('\n') }));
    await visitor.getByRole('heading', { level: 1 }).waitFor();
    await answer(await formed('hostile-page', { respondWith: 'showText', responseText: all.join('\n') }));
    await answer(await formed('hostile-away', { respondWith: 'redirect', redirectUrl: 'javascript:alert(1)' }));
    await visitor.getByText('There was a problem with this form.').waitFor();
    const trigger = node('Chat', 'chat-trigger', 1.4, {
      public: true,
      initialMessages: each(0).join('\n'),
      options: { title: a, subtitle: b, inputPlaceholder: c, customCss: each(0).join('\n') },
    });
    const said = each(0).map((message, index) =>
      node(`Say ${index}`, 'respond-to-chat', 1.1, { operation: 'send', message: message || 'x' }),
    );
    const chat = await app.workflow(
      chain('Hostile chat', [{ ...trigger, webhookId: 'hostile' } as typeof trigger, ...said]),
    );
    await app.api('POST', `/v1/workflows/${chat}/publish`);
    await visitor.goto(`${app.ready.url}/chats/local/hostile`);
    const before = await visitor.locator('#said > li').count();
    await visitor.getByRole('textbox').fill(all.join('\n').slice(0, 20_000));
    await visitor.keyboard.press('Enter');
    await expect
      .poll(() => visitor.locator('#said > li').count(), { timeout: 60_000 })
      .toBeGreaterThanOrEqual(before + said.length + 1);
    await visitor.reload();
    await expect
      .poll(() => visitor.locator('#said > li').count(), { timeout: 60_000 })
      .toBeGreaterThanOrEqual(before + said.length + 1);
    await settled(visitor);
    // a style that wants to load something is refused by the policy, which is what a policy is for
    expect(canary.fired.filter((line) => !/^(img|style|font)-src refused/.test(line))).toEqual([]);
    await visitor.context().close();
  });

  it(
    'names of data tables, credentials, files and environments in the settings',
    { timeout: LONG_MS },
    async ({ expect }) => {
      const { page } = app;
      const short = [...OWN, ...MARKUP_TEXTS].filter(
        (text) => text.trim() === text && text !== '' && text.length <= 60,
      );
      const names = short.slice(0, 30);
      const statuses: number[] = [];
      const made = async (method: string, path: string, body: BodyInit, type = 'application/json'): Promise<void> => {
        const headers = { authorization: `Bearer ${app.ready.apiKey}`, 'content-type': type };
        statuses.push((await fetch(app.ready.url + path, { method, headers, body })).status);
      };
      await everyOf(names, AT_ONCE, async (name) => {
        const column = { name, type: 'string' };
        await made('POST', '/v1/data-tables', JSON.stringify({ name, columns: [column] }));
        const values = { name: 'x-key', value: name };
        await made('POST', '/v1/credentials', JSON.stringify({ type: 'httpHeaderAuth', name, values }));
        await made('PUT', `/v1/files/content?${new URLSearchParams({ path: name })}`, name, 'application/octet-stream');
        // its names are words: refused, and said back
        await made('POST', '/v1/environments', JSON.stringify({ name }));
      });
      expect(statuses.filter((status) => status < 300).length).toBeGreaterThan(names.length);
      expect(statuses.filter((status) => status >= 500)).toEqual([]);
      for (const path of ['credentials', 'grants', 'environments', 'audit'].map((section) => `/settings/${section}`)) {
        await open(path);
        await loaded(page, path);
        await settled(page);
      }
    },
  );

  it('versions, an imported file, and what waits for people', { timeout: LONG_MS }, async ({ expect }) => {
    const { page } = app;
    const id = await app.workflow(chain('Versions', [manual(), set('mark', { a: OWN[1] ?? '' })]));
    await app.api('POST', `/v1/workflows/${id}/publish`, { note: OWN[0] });
    await app.api('PUT', `/v1/workflows/${id}`, chain(OWN[1] ?? '', [manual(), set('mark', { a: OWN[2] ?? '' })]));
    await open(`/workflows/${id}/versions`);
    await page.getByRole('region', { name: 'mark' }).waitFor();
    await showsAll(expect, OWN.slice(0, 3));
    const asking = await app.workflow(
      chain('Asks', [
        manual(),
        { ...node('ask', 'approval', 1, { title: '={{ $json.m }}', message: '={{ $json.m }}' }), name: OWN[1] ?? '' },
      ]),
    );
    for (const m of OWN) {
      const run = await app.run(asking, { input: [{ m }] });
      let asked = '';
      await expect
        .poll(async () => {
          const { resumeUrls } = (await app.api('GET', `/v1/runs/${run}`)) as { resumeUrls?: { url: string }[] };
          return (asked = resumeUrls?.[0]?.url ?? '');
        })
        .not.toBe('');
      await page.goto(new URL(asked, app.ready.url).href);
      await page.getByRole('radio', { name: 'Approve' }).waitFor();
    }
    await open('/runs/inbox');
    await page.getByRole('button', { name: 'Approve' }).first().waitFor();
    await open('/workflows?import=1');
    const imported = {
      name: OWN[1],
      nodes: OWN.map((name, index) => ({
        name,
        type: `evil.${name}`,
        typeVersion: 1,
        parameters: { x: name },
        position: [index, 0],
      })),
      connections: {},
    };
    await page.getByRole('textbox', { name: 'JSON or curl command' }).fill(JSON.stringify(imported));
    await page.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
    await page.getByRole('link', { name: `Open ${OWN[1]}` }).waitFor();
    await settled(page);
  });

  it('is sharp: most of it fires in a page that takes no care', { timeout: LONG_MS }, async ({ expect }) => {
    const home = 'http://careless.test/';
    const careless = await (await app.browser.newContext()).newPage();
    const all = Object.entries(MARKUP).flatMap(([kind, kindly]) => kindly.map((text) => ({ kind, text })));
    const hit = new Set<number>();
    await careless.exposeFunction('canary', (name: string) => void hit.add(Number(name)));
    await careless.addInitScript(() => {
      const alert = (): void => {
        let frame: Window = window;
        while (frame.parent !== frame.top) frame = frame.parent;
        (globalThis as unknown as { canary: (name: string) => void }).canary(frame.name);
      };
      Object.defineProperty(globalThis, 'alert', { value: alert });
    });
    await careless.route('**/*', (route) => {
      const request = route.request();
      if (request.url() === home) return route.fulfill({ contentType: 'text/html', body: '<!doctype html><body>' });
      if (request.url().includes('canary.invalid')) hit.add(Number(request.frame().name()));
      return route.fulfill({ status: 404, body: '' });
    });
    await careless.goto(home);
    for (let from = 0; from < all.length; from += DRAWN_AT_ONCE) {
      const chunk = all
        .slice(from, from + DRAWN_AT_ONCE)
        .map(({ text }, index) => ({ text, name: String(from + index) }));
      await careless.evaluate(async (payloads) => {
        const late = new Promise((done) => setTimeout(done, 5_000));
        const framed = payloads.map(({ text, name }) => {
          const frame = document.createElement('iframe');
          frame.name = name;
          frame.srcdoc = text;
          document.body.append(frame);
          return new Promise((done) => frame.addEventListener('load', done));
        });
        await Promise.race([late, Promise.all(framed)]);
        await new Promise((done) => setTimeout(done, 1_000));
        document.body.replaceChildren();
      }, chunk);
    }
    const kinds = new Set([...hit].map((index) => all[index]?.kind));
    // names that clobber do nothing by themselves
    expect([...kinds].sort()).toEqual(
      Object.keys(MARKUP)
        .filter((kind) => kind !== 'clobbering')
        .sort(),
    );
    expect(hit.size).toBeGreaterThan(120);
    expect(MARKUP_TEXTS.length).toBeGreaterThanOrEqual(223);
    await careless.context().close();
  });

  it('fires when something does get through, so that silence means something', async ({ expect }) => {
    await app.page.evaluate(() => alert('here'));
    await app.page.evaluate(() => {
      const script = document.createElement('script');
      try {
        script.textContent = 'alert(2)';
      } catch {
        // text that becomes code is refused before it is there
      }
      script.append('alert(3)');
      document.body.append(script);
    });
    await expect.poll(() => fired.slice(1)).toContainEqual(expect.stringMatching(/require-trusted-types-for/));
    expect(fired.splice(0).filter((each) => each.startsWith('alert'))).toHaveLength(1);
  });
});
