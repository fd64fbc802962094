import type { Locator } from 'playwright-core';
import { it } from 'vitest';
import { chain, http, manual, set } from '../../served/documents.ts';
import { newPerson } from '../../harness/person.ts';
import { Desk } from './desk.ts';

const MOST_STOPS = 200;

/** Of the settings, one of each kind: what finds it in the palette, what it is called, and what opens its dialogs. */
const CARDS: readonly (readonly [string, string, readonly string[]])[] = [
  ['variables', 'Variables', ['New variable']],
  ['credentials', 'Credentials', ['New credential']],
  ['danger', 'Danger zone', ['Suspend', 'Delete the organisation']],
  ['roles', 'Roles', ['New role']],
  ['single', 'Single sign-on', ['Connect a provider']],
];

/** Tab stays in what is open, both ways and in sight; Escape closes it, and the focus is where it was before. */
export function dialogTests(at: () => Desk): void {
  /** Goes around in what is open by Tab, both ways. */
  const walk = async (desk: Desk, dialog: Locator): Promise<void> => {
    const { page, keys } = desk;
    await desk.isFocused(dialog.or(dialog.locator('*')));
    await dialog.getByText('Loading', { exact: false }).waitFor({ state: 'detached' });
    const title = await dialog.evaluate(
      (each) => each.getAttribute('aria-label') ?? each.querySelector('h2')?.textContent,
    );
    const here = () => page.evaluateHandle(() => document.activeElement ?? document.body);
    let count = 0;
    const go = async (key: string): Promise<void> => {
      await keys.press(key);
      const { isThere, what } = await keys.at(dialog.locator('*'));
      if (!isThere) throw new Error(`${key} leaves “${title}” for ${what}`);
      if (++count > MOST_STOPS) throw new Error(`${key} never comes around in “${title}”: caught at ${what}`);
    };
    await go('Tab');
    const first = await here();
    do await go('Tab');
    while (!(await first.evaluate((element) => element === document.activeElement)));
    // backwards as far as over the edge, from the first to the last
    let isBefore = true;
    while (isBefore) {
      const from = await here();
      await go('Shift+Tab');
      isBefore = await from.evaluate(
        (element) =>
          (element.compareDocumentPosition(document.activeElement ?? element) & Node.DOCUMENT_POSITION_PRECEDING) > 0,
      );
    }
  };
  const leave = async (desk: Desk, back: Locator, dialog = desk.dialog()): Promise<void> => {
    await walk(desk, dialog);
    await desk.keys.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await desk.isFocused(back);
  };
  const through = async (desk: Desk, opener: Locator, by?: string): Promise<void> => {
    await desk.keys.hit(opener, 'Enter', by);
    await leave(desk, opener);
  };
  /** By an entry of a menu: its button has the focus again. */
  const throughMenu = async (desk: Desk, menu: Locator, entry: string, by?: string): Promise<void> => {
    await desk.keys.take(menu, entry, by);
    await leave(desk, menu);
  };

  it('holds Tab in the dialogs of the settings, and gives the focus back at Escape', async () => {
    const desk = at();
    await desk.app.api('PUT', '/v1/variables/production/SHOP', { value: 'x' });
    for (const [text, title, openers] of CARDS) {
      await desk.open(text, new RegExp(`^${title}`), title);
      for (const opener of openers) await through(desk, desk.button(opener));
    }
    await desk.open('variables', /^Variables/, 'Variables');
    await throughMenu(desk, desk.button('Actions for SHOP'), 'Delete');
    await desk.app.api('POST', '/v1/environments', { name: 'attic' });
    await desk.open('environments', /^Environments/, 'Environments');
    await throughMenu(desk, desk.button('Actions for attic'), 'Delete');
    await desk.open('audit', /^Audit log/, 'Audit log');
    await throughMenu(desk, desk.button(/^Actions for variables.set/).first(), 'Details');
  });

  it('closes only what lies on top at Escape: a dialog, or a choice, that was opened in a dialog', async () => {
    const desk = at();
    const { app, keys } = desk;
    await app.api('POST', '/v1/service-accounts', { name: 'Robot', role: 'editor' });
    await desk.open('service', /^Service accounts/, 'Service accounts');
    const menu = desk.button('Actions for Robot');
    await keys.take(menu, 'API keys');
    const inside = desk.button('New key');
    await keys.hit(inside);
    await leave(desk, inside, desk.page.getByRole('dialog', { name: 'New key' }));
    await leave(desk, menu);
    await desk.open('variables', /^Variables/, 'Variables');
    const opener = desk.button('New variable');
    await keys.hit(opener);
    const choice = desk.page.locator('[role=dialog] [aria-haspopup=listbox]');
    await keys.hit(choice);
    await desk.isFocused(desk.page.getByRole('option').or(desk.page.getByRole('listbox')));
    await keys.press('Escape');
    await desk.isFocused(choice);
    await leave(desk, opener);
  });

  it('holds Tab in the dialogs of places and of people with an account, and while somebody has to sign in again', async () => {
    const desk = at();
    const { app, page } = desk;
    const { id } = await app.api('POST', '/v1/projects', { name: 'Held place' });
    await page.goto(`${app.ready.url}/workflows?place=project:${String(id)}`);
    for (const opener of ['Rename…', 'Remove…']) await through(desk, desk.button(opener));
    const kay = await newPerson({ url: app.ready.url, dataDir: app.dataDir }, 'kay@example.com', 'Kay');
    await kay.post('/v1/organizations', { name: 'Her place', id: 'her-place' });
    const hers = Desk.at(app, await app.pageOf(kay));
    await hers.page.goto(`${app.ready.url}/account`);
    await through(hers, hers.button('Delete account'));
    await through(hers, hers.button('Leave Her place'));
    // not by the palette, which asks the server as well: the dialog would come in between
    await hers.keys.to(hers.page.getByRole('link', { name: 'Runs', exact: true }), 'Shift+Tab');
    await hers.page.context().clearCookies();
    await hers.keys.press('Enter');
    const again = hers.page.getByRole('dialog', { name: 'Sign in again' });
    await walk(hers, again);
    await hers.keys.press('Escape');
    await walk(hers, again);
    await hers.page.context().close();
  });

  it('holds Tab in the dialogs of workflows, runs and the editor, and gives the focus back at Escape', async () => {
    const desk = at();
    const { app, page, keys } = desk;
    const id = await app.workflow(chain('Held', [manual(), set('mark', { a: '1' })]));
    const run = await app.run(id);
    await desk.open('workflows', /^Workflows/, 'Workflows');
    for (const opener of ['Import', 'Templates']) await through(desk, desk.button(opener));
    const row = desk.button('Actions for Held');
    for (const entry of ['Move…', 'Tag…', 'Delete']) await throughMenu(desk, row, entry);
    await keys.press('?');
    await leave(desk, row);
    await keys.press('Control+k');
    await leave(desk, row);
    await page.goto(`${app.ready.url}/runs/${run}`);
    await through(desk, desk.button('Share…'));
    await app.openWorkflow(
      chain('Asks', [
        manual(),
        {
          ...http('Ask', {
            url: 'https://example.com',
            authentication: 'genericCredentialType',
            genericAuthType: 'httpBearerAuth',
          }),
          position: [260, 0],
        },
      ]),
    );
    await desk.card('Ask').waitFor();
    await through(desk, desk.button('Run with data…'));
    await keys.to(desk.card('Ask'));
    await keys.press('a');
    await leave(desk, desk.card('Ask'));
    await keys.press('Enter', 2);
    await through(desk, desk.button('New', desk.region('Ask')));
  });
}
