import { execFileSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { WebApp } from '../harness/web-app.ts';

const FAILING = {
  schema: 1,
  name: 'Fails',
  nodes: [
    { id: 'start', name: 'Start', type: 'manual', version: 1, position: [0, 0], parameters: {} },
    {
      id: 'stop',
      name: 'Stop',
      type: 'stop-and-error',
      version: 1,
      position: [200, 0],
      parameters: { errorMessage: 'The shelf is empty' },
    },
  ],
  edges: [{ from: { node: 'start', port: 'main', index: 0 }, to: { node: 'stop', port: 'main', index: 0 } }],
  settings: {},
  notes: [],
  pinned: [],
};

describe.runIf(hasBrowser)('what surrounds every page of the web app', () => {
  let app: WebApp;
  let page: Page;

  beforeAll(async () => {
    app = await WebApp.open();
    page = app.page;
  });
  afterAll(async () => app?.close());

  const goTo = (path: string) => page.goto(app.ready.url + path);

  it('publishes to the environment that is chosen, and remembers it', async ({ expect }) => {
    await page.getByRole('button', { name: 'Environment: production' }).press('Enter');
    await page.getByRole('menuitem', { name: 'staging' }).press('Enter');
    await page.getByRole('button', { name: 'Environment: staging' }).waitFor();
    await page.getByRole('link', { name: 'Quick start' }).click();
    await page.locator('.react-flow__node').first().waitFor();
    await page.getByRole('button', { name: 'Publish · staging' }).press('Enter');
    await page.getByText('is live').first().waitFor();
    const { environments } = (await app.api('GET', '/v1/environments')) as {
      environments: { name: string; published: number }[];
    };
    expect(environments.find(({ name }) => name === 'staging')?.published).toBe(1);
    await page.reload();
    await page.getByRole('button', { name: 'Environment: staging' }).press('Enter');
    await page.getByRole('menuitem', { name: 'production' }).press('Enter');
    await page.getByRole('button', { name: 'Publish', exact: true }).waitFor();
  });

  it('gives focus back to what opened a menu or a choice', async ({ expect }) => {
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    await page.getByRole('button', { name: 'Environment: production' }).press('Enter');
    await page.getByRole('menuitem', { name: 'staging' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'staging' }).waitFor({ state: 'hidden' });
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('production'));
    await goTo('/design');
    await page.getByRole('button', { name: 'Choice' }).press('ArrowDown');
    await page.getByRole('option', { name: '2' }).press('Enter');
    await page.getByRole('option', { name: '2' }).waitFor({ state: 'hidden' });
    await page.waitForFunction(() => document.activeElement?.textContent?.startsWith('2'));
    expect(await focused()).toContain('2');
  });

  it('tells what failed while nobody looked, once', async ({ expect }) => {
    const workflow = await app.workflow(FAILING);
    const run = await app.run(workflow, { version: 'draft' });
    await goTo('/workflows');
    await page.getByRole('link', { name: 'Notifications 1' }).waitFor();
    await page.getByRole('link', { name: 'Notifications 1' }).press('Enter');
    await page.getByText('The shelf is empty').waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor();
    await page.getByRole('link', { name: 'A run of Fails failed' }).press('Enter');
    await page.waitForURL(`**/runs/${run}`);
  });

  it('shows an endpoint with ids of the own organisation, whose examples work and hold no key', async ({ expect }) => {
    await goTo('/developers');
    await page.getByRole('heading', { level: 1, name: 'Developers' }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByLabel('Find an endpoint').fill('/v1/workflows/{id}/versions');
    await page.getByLabel('Find an endpoint').fill('GET /v1/workflows/{id} ');
    await page.getByRole('link', { name: 'GET' }).first().press('Enter');
    await page.waitForURL(/\/developers\/workflows\./);
    const example = page.locator('pre[data-example]');
    await page.waitForFunction(() =>
      /workflows\/wf_/.test(document.querySelector('pre[data-example]')?.textContent ?? ''),
    );
    const curl = (await example.textContent()) ?? '';
    const answer = execFileSync('sh', ['-c', `${curl} -s`], {
      env: { PATH: process.env['PATH'] ?? '', MILLRACE_KEY: app.ready.apiKey },
      encoding: 'utf8',
    });
    expect(JSON.parse(answer)).toHaveProperty('revision');
    for (const language of ['JavaScript', 'Python', 'Go']) {
      await page.getByRole('button', { name: language, exact: true }).press('Enter');
      await page.waitForFunction(
        (name) => document.querySelector('pre')?.dataset['example'] === name,
        language.toLowerCase(),
      );
      expect(await example.textContent()).toContain('MILLRACE_KEY');
    }
    await page.getByRole('button', { name: 'Send' }).press('Enter');
    await page.getByText('Answered 200.').waitFor();
    expect(await app.violations()).toEqual([]);
    expect(await page.content()).not.toContain(app.ready.apiKey);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(app.ready.apiKey);
  });

  it('asks before it sends what changes something, and shows a refusal with what to do', async ({ expect }) => {
    await goTo('/developers/keys.create');
    await page.getByRole('heading', { level: 1, name: 'Make an API key' }).waitFor();
    await page.getByRole('textbox', { name: 'Body' }).fill('{"name":""}');
    await page.getByRole('button', { name: 'Send' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Send this?' });
    await dialog.getByRole('button', { name: 'Send' }).press('Enter');
    await page.getByText('Answered 400.').waitFor();
    await page.getByText('/name').first().waitFor();
    expect(await app.violations()).toEqual([]);
  });

  it('[WSN6] says when nothing can be reached, and stops saying it', async ({ expect }) => {
    await goTo('/workflows');
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
    await page.context().setOffline(true);
    await page.getByText('Millrace does not answer').waitFor();
    expect(await app.violations()).toEqual([]);
    await page.context().setOffline(false);
    await page.getByText('Millrace does not answer').waitFor({ state: 'hidden' });
    // the network is there, the server is not
    await page.route('**/*', (route) => route.abort());
    await page.getByLabel('Filter by name').fill('anything');
    await page.getByText('Millrace does not answer').waitFor();
    await page.unroute('**/*');
    await page.getByText('Millrace does not answer').waitFor({ state: 'hidden' });
  });

  it('[WSN6] believes no answer to what was asked before the connection was lost', async ({ expect }) => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const lists = (url: URL): boolean => url.pathname === '/v1/workflows';
    await page.route(lists, async (route) => {
      const response = await route.fetch();
      await released;
      await route.fulfill({ response });
    });
    const asked = page.waitForRequest((request) => lists(new URL(request.url())));
    await page.getByLabel('Filter by name').fill('nothing');
    const answered = (await asked).response();
    await page.context().setOffline(true);
    await page.getByText('Millrace does not answer').waitFor();
    release();
    await (await answered)?.finished();
    await page.getByText('No workflow matches').first().waitFor();
    expect(await page.getByText('Millrace does not answer').isVisible()).toBe(true);
    await page.unroute(lists);
    await page.context().setOffline(false);
    await page.getByText('Millrace does not answer').waitFor({ state: 'hidden' });
  });

  it('reaches any part of the settings from the palette', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('searchbox', { name: 'Go to or do' }).fill('outgoing');
    await page.getByRole('option', { name: 'Outgoing traffic' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Outgoing traffic' }).waitFor();
  });

  it('finds a setting by what it is about, a run by its error, and does what it names', async ({ expect }) => {
    const ask = async (text: string): Promise<void> => {
      await page.keyboard.press('Control+k');
      await page.getByRole('searchbox', { name: 'Go to or do' }).fill(text);
    };
    await ask('logo');
    await page.getByRole('option', { name: /^General/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'General' }).waitFor();
    await ask('shelf is');
    await page.getByRole('option', { name: /^Fails: The shelf is empty/ }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/runs/run_*');
    await ask('dark');
    await page.getByRole('option', { name: /Dark/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
    await ask('deutsch');
    await page.getByRole('option', { name: /Deutsch/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.documentElement.lang === 'de');
  });

  it('says in German what the server refuses, with its values, at its field', async ({ expect }) => {
    await goTo('/settings/variables');
    await page
      .getByRole('button', { name: /Variable/ })
      .first()
      .press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('1 not a name');
    await dialog.getByLabel('Wert').fill('x');
    await dialog.getByRole('button', { name: 'Speichern' }).press('Enter');
    await dialog.getByText('Buchstaben, Ziffern und _, zuerst keine Ziffer, höchstens 64').first().waitFor();
    expect(await app.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await goTo('/runs/run_0_zzz_0');
    await page.getByRole('heading', { name: /Lauf/ }).first().waitFor();
    expect(await page.getByText(/There is|Read the|GET \//).count()).toBe(0);
    await page.evaluate(() => localStorage.clear());
  });

  it('shows what it is made of, in both themes and languages', async ({ expect }) => {
    for (const theme of ['light', 'dark']) {
      for (const [language, title] of [
        ['en', 'Design system'],
        ['de', 'Gestaltung'],
      ] as const) {
        await page.evaluate(
          (chosen) => {
            localStorage.setItem('millrace.theme', chosen.theme);
            localStorage.setItem('millrace.language', chosen.language);
          },
          { theme, language },
        );
        await goTo('/design');
        await page.getByRole('heading', { level: 1, name: title }).waitFor();
        expect(await app.violations(), `${theme} ${language}`).toEqual([]);
      }
    }
  });

  it('broke nothing on the way', ({ expect }) => {
    expect(app.faults.filter((text) => !/40[0-9]|ERR_|Failed to load/.test(text))).toEqual([]);
  });
});
