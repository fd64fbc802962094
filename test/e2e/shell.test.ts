import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { findTool } from '../../scripts/system-tools.ts';
import { hasBrowser } from '../harness/browser.ts';
import { pick } from '../harness/web.ts';
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
    await pick(page.getByRole('menuitem', { name: 'staging' }));
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
    await pick(page.getByRole('menuitem', { name: 'production' }));
    await page.getByRole('button', { name: 'Publish', exact: true }).waitFor();
  });

  it('gives focus back to what opened a menu or a choice', async ({ expect }) => {
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    await goTo('/workflows');
    const environment = page.getByRole('button', { name: /^Environment: / });
    await environment.press('Enter');
    await page.locator('[role=menuitem]:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'staging' }).waitFor({ state: 'hidden' });
    await environment.and(page.locator(':focus')).waitFor();
    await goTo('/design');
    await page.getByRole('button', { name: 'Choice' }).press('ArrowDown');
    await pick(page.getByRole('option', { name: '2' }));
    await page.getByRole('option', { name: '2' }).waitFor({ state: 'hidden' });
    await page.waitForFunction(() => document.activeElement?.textContent?.startsWith('2'));
    await expect.poll(() => focused()).toContain('2');
  });

  it('chooses tabs by arrows, and leaves those with Alt to the browser, whose way back they are', async ({
    expect,
  }) => {
    await goTo('/design');
    const tab = (name: string) => page.getByRole('tab', { name });
    const chosen = () => page.getByRole('tab', { selected: true }).textContent();
    await tab('First').press('Alt+ArrowRight');
    expect(await chosen()).toBe('First');
    await tab('First').press('ArrowRight');
    await page.getByRole('tabpanel', { name: 'Second' }).waitFor();
    await tab('Second').press('ArrowRight');
    await page.getByRole('tabpanel', { name: 'First' }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('First');
  });

  it('says that it could not copy where the browser has no clipboard, as without https', async ({ expect }) => {
    await goTo('/design');
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await page.getByRole('button', { name: 'Copy', exact: true }).press('Enter');
    await page.getByRole('button', { name: 'Not copied: select it by hand' }).waitFor();
    expect(await app.violations()).toEqual([]);
  });

  it('tells what failed while nobody looked, once', async ({ expect }) => {
    const workflow = await app.workflow(FAILING);
    const run = await app.run(workflow, { version: 'draft' });
    await goTo('/workflows');
    await page.getByRole('link', { name: 'Notifications 1' }).waitFor();
    await page.getByRole('link', { name: 'Notifications 1' }).press('Enter');
    await page.getByText('The shelf is empty').waitFor();
    await page.getByRole('link', { name: 'Waiting for people' }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor();
    await page.getByRole('link', { name: 'A run of Fails failed' }).press('Enter');
    await page.waitForURL(`**/runs/${run}`);
  });

  it('shows an endpoint with ids of the own organisation, whose examples work and hold no key', async ({ expect }) => {
    await goTo('/developers');
    await page.getByRole('heading', { level: 1, name: 'Developers' }).waitFor();
    await page.getByText(`${app.ready.url}/v1`, { exact: true }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByLabel('Find an endpoint').fill('/v1/workflows/{id}/versions');
    await page.getByLabel('Find an endpoint').fill('GET /v1/workflows/{id} ');
    await page.getByRole('link', { name: 'GET' }).first().press('Enter');
    await page.waitForURL(/\/developers\/workflows\./);
    const example = page.locator('pre[data-example]');
    await page.waitForFunction(() =>
      /workflows\/wf_/.test(document.querySelector('pre[data-example]')?.textContent ?? ''),
    );
    const go = `${app.dataDir}/example.go`;
    const runs: Readonly<Record<string, (text: string) => [string | undefined, string[]]>> = {
      curl: (text) => [findTool('sh'), ['-c', `${text} -s`]],
      JavaScript: (text) => [process.execPath, ['--input-type=module', '-e', text]],
      Python: (text) => [findTool('python3'), ['-c', text]],
      Go: (text) => {
        writeFileSync(go, text);
        return [findTool('go'), ['run', go]];
      },
    };
    for (const [language, runOf] of Object.entries(runs)) {
      await page.getByRole('button', { name: language, exact: true }).press('Enter');
      await page.waitForFunction(
        (name) => document.querySelector('pre')?.dataset['example'] === name,
        language.toLowerCase(),
      );
      const text = (await example.textContent()) ?? '';
      expect(text).toContain('MILLRACE_KEY');
      const [program, args] = runOf(text);
      // not every machine has every language
      if (program === undefined) continue;
      const said = execFileSync(program, args, {
        env: {
          PATH: process.env['PATH'] ?? '',
          HOME: app.dataDir,
          GOROOT: process.env['GOROOT'] ?? '',
          MILLRACE_KEY: app.ready.apiKey,
        },
        encoding: 'utf8',
      });
      expect(JSON.parse(said.slice(said.indexOf('{'))), language).toHaveProperty('revision');
    }
    await page.getByRole('button', { name: 'Send' }).press('Enter');
    await page.getByText('Answered 200.').waitFor();
    expect(await app.violations()).toEqual([]);
    expect(await page.content()).not.toContain(app.ready.apiKey);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(app.ready.apiKey);
  });

  it('writes a query into the examples as it is typed, and sends a file', async ({ expect }) => {
    await goTo('/developers/runs.list');
    await page.getByRole('button', { name: 'curl', exact: true }).press('Enter');
    await page.getByLabel('?limit').fill('2');
    await page.getByRole('button', { name: '?mode' }).press('Enter');
    await pick(page.getByRole('option', { name: 'manual' }));
    await page.waitForFunction(() =>
      /runs\?\S*limit=2/.test(document.querySelector('pre[data-example]')?.textContent ?? ''),
    );
    await expect.poll(() => page.locator('pre[data-example]').textContent()).toContain('mode=manual');
    await page.getByRole('button', { name: 'Send' }).press('Enter');
    await page.getByText('Answered 200.').waitFor();
    await goTo('/developers/organization.logo');
    await page.getByText('--data-binary').waitFor();
    await page
      .locator('main input[type=file]')
      .setInputFiles({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await page.getByRole('button', { name: 'Send' }).press('Enter');
    await page.getByRole('dialog', { name: 'Send this?' }).getByRole('button', { name: 'Send' }).press('Enter');
    await page.getByText('Answered 400.').waitFor();
    await page.getByText('logo-invalid').first().waitFor();
    expect(await app.violations()).toEqual([]);
  });

  it('says of an endpoint that is none that there is none', async ({ expect }) => {
    await goTo('/developers/workflows.gone');
    await page.getByRole('heading', { level: 1, name: 'No such endpoint' }).waitFor();
    await page.getByText('Nothing here is called workflows.gone').waitFor();
    await expect.poll(() => page.title()).toBe('No such endpoint · Millrace');
    expect(await app.violations()).toEqual([]);
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

  it('[WSN6] says when nothing can be reached, and stops saying it', async ({ expect, onTestFinished }) => {
    onTestFinished(async () => {
      await page.unroute('**/*');
      await page.context().setOffline(false);
    });
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

  it('[WSN6] believes no answer to what was asked before the connection was lost', async ({
    expect,
    onTestFinished,
  }) => {
    onTestFinished(() => page.context().setOffline(false));
    await goTo('/workflows');
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    // of no other filter: what was asked before may be asked again now that the server is there
    const lists = ({ pathname, searchParams }: URL): boolean =>
      pathname === '/v1/workflows' && searchParams.get('text') === 'nothing';
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
    await expect.poll(() => page.getByText('Millrace does not answer').isVisible()).toBe(true);
    await page.unroute(lists);
    await page.context().setOffline(false);
    await page.getByText('Millrace does not answer').waitFor({ state: 'hidden' });
  });

  it('names each tab, says what to do where there is no page, and leads back', async ({ expect }) => {
    const id = await app.workflow({ ...FAILING, name: 'Renamed often' });
    for (const [path, title] of [
      ['/workflows', 'Workflows'],
      ['/settings/members', 'Members'],
      ['/developers', 'Developers'],
      [`/workflows/${id}`, 'Renamed often'],
    ] as const) {
      await goTo(path);
      await page.waitForFunction((wanted) => document.title === `${wanted} · Millrace`, title);
    }
    await goTo('/nowhere/at/all');
    await page.getByRole('heading', { name: 'There is no page at this address' }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByRole('link', { name: 'Go to the workflows' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Workflows' }).waitFor();
    await goTo('/workflows/wf_nobodyhasit');
    await page.getByRole('heading', { name: /This workflow is not in the organisation/ }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.getByRole('link', { name: 'Go to the workflows' }).press('Enter');
    await page.getByRole('link', { name: 'Renamed often' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: /This workflow is not in the organisation/ }).waitFor();
  });

  it('offers what somebody likely wants next, and words in any order', async ({ expect }) => {
    const workflow = await app.workflow({ ...FAILING, name: 'Ship the parcels' });
    const run = await app.run(workflow, { version: 'draft' });
    await goTo(`/workflows/${workflow}`);
    await page.getByRole('textbox', { name: 'Name of the workflow' }).waitFor();
    const chosen = async (text: string, option: RegExp): Promise<void> => {
      await page.keyboard.press('Control+k');
      await page.getByRole('searchbox', { name: 'Go to or do' }).fill(text);
      await page.getByRole('option', { name: option }).click();
    };
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: /^Runs of Ship the parcels/ }).waitFor();
    await page.getByRole('option', { name: /^Ship the parcels: The shelf is empty/ }).waitFor();
    expect(await app.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await chosen('runs parcels', /^Runs of Ship the parcels/);
    await page.waitForURL(`**/runs?workflow=${workflow}`);
    await chosen('parcels ship', /^Ship the parcels\s*Workflow/);
    await page.waitForURL(`**/workflows/${workflow}`);
    await chosen('POST cancel', /^Cancel a run/);
    await page.waitForURL('**/developers/runs.cancel');
    await goTo(`/runs/${run}`);
    await page.getByRole('list', { name: 'Timeline' }).waitFor();
    await chosen('compare', /^Compare this run/);
    await page.waitForURL(`**/runs/${run}/compare`);
    await chosen('failed', /^Failed runs/);
    await page.waitForURL('**/runs?status=error');
  });

  it('reaches any part of the settings from the palette', async () => {
    await goTo('/runs');
    await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
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
    // one of the newest is found at once, and can be taken while the server still looks for others
    let go = (): void => undefined;
    const isFound = new Promise<void>((done) => (go = done));
    const hold = async (route: Route): Promise<void> => {
      await isFound;
      // the page asks no more once it is left
      await route.continue().catch(() => undefined);
    };
    await page.route(/runs\?.*text=shelf/, hold, { times: 1 });
    const searching = page.waitForRequest(/runs\?.*text=shelf/);
    await ask('shelf is');
    await searching;
    expect(await app.violations()).toEqual([]);
    await expect.poll(() => page.getByRole('option', { name: /^Fails: The shelf is empty/ }).count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/runs/run_*');
    go();
    await ask('runs fails');
    await page.getByRole('option', { name: /^Runs of Fails/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/runs?workflow=wf_*');
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
    await page.evaluate(() => localStorage.setItem('millrace.language', 'de'));
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
