import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { ChainCheck } from '../../core/audit/chain.ts';
import type { AuditRecord } from '../../core/audit/entry.ts';
import { hasBrowser } from '../harness/browser.ts';
import type { Ready } from '../harness/launcher.ts';
import { WebApp } from '../harness/web-app.ts';
import { pick, violations } from '../harness/web.ts';

const PARTS = {
  organization: 'General',
  environments: 'Environments',
  variables: 'Variables',
  credentials: 'Credentials',
  egress: 'Outgoing traffic',
  danger: 'Danger zone',
  members: 'Members',
  roles: 'Roles',
  grants: 'Grants',
  sso: 'Single sign-on',
  keys: 'API keys',
  'service-accounts': 'Service accounts',
  usage: 'Usage',
  audit: 'Audit log',
} as const;

describe.runIf(hasBrowser)('settings in the web app', () => {
  let app: WebApp;
  let ready: Ready;
  let page: Page;

  beforeAll(async () => {
    app = await WebApp.open({ viewport: { width: 1280, height: 900 } });
    ({ ready, page } = app);
  });
  afterAll(() => app?.close());

  const api = (path: string): Promise<Record<string, unknown>> => app.api('GET', path);
  const open = async (part: keyof typeof PARTS): Promise<void> => {
    await page.goto(`${ready.url}/settings/${part}`);
    await page.getByRole('heading', { level: 1, name: PARTS[part] }).waitFor();
  };
  /** Opens the menu of one row and takes an entry, by keyboard. */
  const takeFor = async (row: string, entry: string): Promise<void> => {
    await page.getByRole('button', { name: `Actions for ${row}` }).press('Enter');
    await pick(page.getByRole('menuitem', { name: entry }));
  };
  const dialog = () => page.getByRole('dialog');
  const save = async (): Promise<void> => {
    await dialog().getByRole('button', { name: 'Save' }).press('Enter');
    await dialog().waitFor({ state: 'hidden' });
  };

  it('makes a key for a person who sees it once, and revokes it', async ({ expect }) => {
    await open('keys');
    await page.getByRole('button', { name: 'New key' }).press('Enter');
    await dialog().getByLabel('Name').fill('Billing');
    await dialog().getByText('Everything').click();
    await dialog().getByRole('checkbox', { name: 'runs:read read' }).press('Space');
    expect(await violations(page)).toEqual([]);
    await save();
    const key = (await page.locator('main code').first().textContent()) ?? '';
    expect(key).toMatch(/^mr_local_/);
    const refused = await fetch(`${ready.url}/v1/keys`, { headers: { authorization: `Bearer ${key}` } });
    const allowed = await fetch(`${ready.url}/v1/runs`, { headers: { authorization: `Bearer ${key}` } });
    expect([refused.status, allowed.status]).toEqual([403, 200]);
    await takeFor('Billing', 'Revoke');
    await dialog().getByRole('button', { name: 'Revoke' }).press('Enter');
    await page.getByRole('rowheader', { name: 'Billing' }).waitFor({ state: 'hidden' });
  });

  it('says at the field what the server finds wrong, and keeps what was typed', async ({ expect }) => {
    await open('variables');
    await page.getByRole('button', { name: 'New variable' }).press('Enter');
    await dialog().getByLabel('Name').fill('1st');
    await dialog().getByLabel('Value').fill('https://example.com');
    await dialog().getByRole('button', { name: 'Save' }).press('Enter');
    await dialog().locator('input[aria-invalid]').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog().getByLabel('Name').fill('API_URL');
    await save();
    await page.getByRole('rowheader', { name: 'API_URL' }).waitFor();
    await takeFor('API_URL', 'Change');
    await dialog().getByLabel('Value').fill('https://example.org');
    await dialog().getByRole('switch', { name: 'Secret' }).press('Space');
    await save();
    await page.getByRole('cell', { name: 'secret', exact: true }).waitFor();
    expect(JSON.stringify(await api('/v1/variables'))).not.toContain('example.org');
  });

  it('keeps credentials: stores one for a service, changes it, seals all anew, and says what removing means', async ({
    expect,
  }) => {
    await open('credentials');
    await page.getByText('Store what a service asks for once').waitFor();
    await page.getByRole('button', { name: 'New credential' }).press('Enter');
    await dialog().getByRole('searchbox', { name: 'Find a service' }).fill('no such service');
    await dialog().getByText('No service of that name').waitFor();
    await dialog().getByRole('searchbox', { name: 'Find a service' }).fill('bearer');
    expect(await violations(page)).toEqual([]);
    await dialog()
      .getByRole('button', { name: /^Bearer auth/ })
      .press('Enter');
    await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill('Shop');
    await dialog().getByLabel('Token').fill('sk-very-secret-token');
    await dialog().getByLabel('May be sent to').fill('shop.example');
    await dialog().getByRole('button', { name: 'Save' }).press('Enter');
    await dialog().getByText('Ready', { exact: true }).waitFor();
    await dialog().getByRole('button', { name: 'Close' }).press('Enter');
    // a field that begins with something can be emptied to be filled in anew
    await page.getByRole('button', { name: 'New credential' }).press('Enter');
    await dialog()
      .getByRole('button', { name: /^Header auth/ })
      .press('Enter');
    const header = dialog().getByLabel('Header name');
    await expect.poll(() => header.inputValue()).toBe('Authorization');
    await header.fill('');
    await expect.poll(() => header.inputValue()).toBe('');
    await dialog().getByRole('button', { name: 'Close' }).press('Enter');
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Shop' }) });
    await row.getByText('shop.example').waitFor();
    await row.getByText('Bearer auth').waitFor();
    await takeFor('Shop', 'Change');
    await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill('Shop of ours');
    await expect.poll(() => dialog().getByLabel('Token').inputValue()).toBe('');
    await dialog().getByRole('button', { name: 'Save' }).press('Enter');
    await dialog().getByRole('heading', { name: 'Shop of ours' }).waitFor();
    await dialog().getByRole('button', { name: 'Close' }).press('Enter');
    const before = ((await api('/v1/credential-keys'))['keys'] as { id: string }[])[0]?.id;
    await page.getByRole('button', { name: 'Change the key' }).press('Enter');
    await dialog().getByRole('button', { name: 'Change the key' }).press('Enter');
    await dialog().waitFor({ state: 'hidden' });
    await expect.poll(async () => (await api('/v1/credential-keys'))['left'], { timeout: 20_000 }).toBe(0);
    expect(((await api('/v1/credential-keys'))['keys'] as { id: string }[])[0]?.id).not.toBe(before);
    expect(await page.content()).not.toContain('sk-very-secret-token');
    await takeFor('Shop of ours', 'Delete');
    await dialog().getByText('Its secrets are gone for good.').waitFor();
    await dialog().getByRole('button', { name: 'Delete' }).press('Enter');
    await page.getByRole('rowheader', { name: 'Shop of ours' }).waitFor({ state: 'hidden' });
    await expect.poll(async () => (await api('/v1/credentials'))['credentials']).toEqual([]);
  });

  it('searches a long list by anything in it, and removes an environment only when its name is typed', async ({
    expect,
  }) => {
    for (let number = 1; number <= 8; number++) {
      await app.api('PUT', `/v1/variables/development/COUNT_${number}`, { value: `value number ${number}` });
    }
    await open('variables');
    const find = page.getByRole('searchbox', { name: 'Find in Variables' });
    await find.fill('NUMBER 7');
    await page.getByRole('rowheader', { name: 'COUNT_7' }).waitFor();
    await expect.poll(() => page.getByRole('rowheader').count()).toBe(1);
    await find.fill('nothing like it');
    await page.getByText('Nothing here has “nothing like it”.').waitFor();
    expect(await violations(page)).toEqual([]);
    await open('environments');
    await page.getByRole('button', { name: 'New environment' }).press('Enter');
    await dialog().getByLabel('Name').fill('trial');
    await save();
    await takeFor('trial', 'Delete');
    const confirm = dialog().getByRole('button', { name: 'Delete' });
    await expect.poll(() => confirm.isDisabled()).toBe(true);
    await dialog().getByLabel('Type trial to confirm').fill('trial');
    await confirm.press('Enter');
    await page.getByRole('rowheader', { name: 'trial' }).waitFor({ state: 'hidden' });
  });

  it('makes a role, a service account with it, a key of that account, and a grant', async ({ expect }) => {
    await open('roles');
    await page.getByRole('button', { name: 'New role' }).press('Enter');
    await dialog().getByLabel('Name').fill('Watcher');
    await dialog().getByRole('checkbox', { name: 'runs:read read' }).press('Space');
    await save();
    await page.getByRole('rowheader', { name: 'Watcher' }).waitFor();
    await open('service-accounts');
    await page.getByRole('button', { name: 'New service account' }).press('Enter');
    await dialog().getByLabel('Name').fill('Robot');
    await dialog().getByRole('button', { name: 'Role' }).press('Enter');
    await pick(page.getByRole('option', { name: 'Watcher' }));
    await save();
    await page.getByRole('rowheader', { name: 'Robot' }).waitFor();
    await takeFor('Robot', 'API keys');
    await dialog().getByRole('button', { name: 'New key' }).press('Enter');
    await page.getByLabel('Name').fill('Nightly');
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByRole('rowheader', { name: 'Nightly' }).waitFor();
    const [account] = (await api('/v1/service-accounts'))['accounts'] as { id: string; role: string }[];
    expect(account?.role).toMatch(/^role_/);
    await open('grants');
    await page.getByRole('button', { name: 'New grant' }).press('Enter');
    await dialog().getByRole('button', { name: 'Kind' }).first().press('Enter');
    await pick(page.getByRole('option', { name: 'Service account' }));
    await dialog().getByRole('button', { name: 'Which' }).press('Enter');
    await pick(page.getByRole('option', { name: 'Robot' }));
    await dialog().getByRole('button', { name: 'Role' }).press('Enter');
    await pick(page.getByRole('option', { name: 'Operator' }));
    expect(await violations(page)).toEqual([]);
    await save();
    await page.getByRole('rowheader', { name: `Service account Robot ${account?.id}` }).waitFor();
  });

  it('connects an identity provider by the form of its kind', async ({ expect }) => {
    await open('sso');
    await page.getByRole('button', { name: 'Connect a provider' }).press('Enter');
    await dialog().getByRole('button', { name: 'Kind' }).press('Enter');
    await pick(page.getByRole('option', { name: 'LDAP' }));
    await dialog().getByLabel('Base DN', { exact: true }).waitFor();
    await dialog().getByRole('button', { name: 'Kind' }).press('Enter');
    await pick(page.getByRole('option', { name: 'OpenID' }));
    await dialog().getByLabel('Issuer').fill('https://idp.example.com');
    await dialog().getByLabel('Client id').fill('millrace');
    await dialog().getByLabel('Further scopes').fill('groups\noffline_access');
    await dialog().getByLabel('Secret').fill('shh');
    await dialog().getByLabel('Name').fill('Corporate');
    await dialog().getByRole('button', { name: 'Add another' }).press('Enter');
    await dialog().getByLabel('Group', { exact: true }).fill('Engineers');
    await dialog().getByRole('button', { name: 'Role' }).first().press('Enter');
    await pick(page.getByRole('option', { name: 'Editor' }));
    expect(await violations(page)).toEqual([]);
    await save();
    await page.getByRole('rowheader', { name: 'Corporate' }).waitFor();
    await takeFor('Corporate', 'Addresses for the provider');
    await dialog().getByText('/callback').waitFor();
    const [made] = (await api('/v1/sso-connections'))['connections'] as { mappings: unknown; hasSecret: boolean }[];
    expect(made).toMatchObject({
      hasSecret: true,
      settings: { scopes: ['groups', 'offline_access'] },
      mappings: [{ group: 'Engineers', role: 'editor' }],
    });
  });

  it('narrows outgoing traffic, and changes how pages look', async ({ expect }) => {
    await open('egress');
    await page.getByLabel('Never').fill('ads.example.com\ntracker.example.com');
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByText('Saved.').waitFor();
    await expect
      .poll(async () => (await api('/v1/egress'))['deny'])
      .toEqual(['ads.example.com', 'tracker.example.com']);
    await open('organization');
    await page.getByLabel('Title').fill('Shop');
    await page.getByLabel('Pick: Accent colour, light').fill('#ffd400');
    const preview = page.getByRole('group', { name: 'How forms will look' });
    const button = preview.getByText('Submit').first();
    const look = () =>
      button.evaluate((each) => [getComputedStyle(each).backgroundColor, getComputedStyle(each).color]);
    await expect.poll(look).toEqual(['rgb(255, 212, 0)', 'rgb(0, 0, 0)']);
    await page.getByLabel('Accent colour, light', { exact: true }).fill('#0b6e6e');
    await expect.poll(look).toEqual(['rgb(11, 110, 110)', 'rgb(255, 255, 255)']);
    await preview.getByText('Shop').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByText('Saved.').waitFor();
    await expect
      .poll(async () => (await api('/v1/organization'))['branding'])
      .toMatchObject({ title: 'Shop', accent: '#0b6e6e' });
  });

  it('searches the audit log by what stands in the address', async ({ expect }) => {
    await open('audit');
    await page.getByLabel('What').fill('variables.set');
    await page.keyboard.press('Enter');
    await page.waitForURL(/action=variables.set/);
    await page.getByRole('rowheader', { name: 'variables.set' }).first().waitFor();
    // whoever types stays in the box
    await page.getByLabel('What').and(page.locator(':focus')).waitFor();
    await page.reload();
    await page.getByRole('rowheader', { name: 'variables.set' }).first().waitFor();
    await page.getByRole('rowheader', { name: 'Set a variable' }).first().waitFor();
    // who did it is the key of the first start
    const { keys } = await api('/v1/keys');
    const [key] = keys as { id: string; name: string }[];
    await page
      .getByRole('cell', { name: `API key ${key?.name} ${key?.id}` })
      .first()
      .waitFor();
    expect(await page.getByRole('rowheader', { name: 'keys.create' }).count()).toBe(0);
    await expect.poll(() => page.getByLabel('What').inputValue()).toBe('variables.set');
  });

  it('shows all that a record holds, finds others like it, and downloads a log that checks', async ({ expect }) => {
    await open('audit');
    await page.getByRole('rowheader', { name: 'variables.set' }).first().waitFor();
    // reads are there for whoever asks for them
    expect(await page.getByRole('rowheader', { name: 'audit.search' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Show' }).press('Enter');
    await pick(page.getByRole('option', { name: 'Everything, reads too' }));
    await page.getByRole('button', { name: 'Search', exact: true }).last().press('Enter');
    await page.waitForURL(/all=true/);
    await page.getByRole('rowheader', { name: 'audit.search' }).first().waitFor();
    await page.goto(`${ready.url}/settings/audit?action=variables.set`);
    const menu = page.getByRole('button', { name: /^Actions for variables.set / }).first();
    await menu.press('Enter');
    await pick(page.getByRole('menuitem', { name: 'Details' }));
    await dialog().getByText('SHA-256 after').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Close' }).press('Enter');
    await menu.press('Enter');
    await pick(page.getByRole('menuitem', { name: 'All of this request' }));
    await page.waitForURL(/request=/);
    await page.waitForFunction(() => document.querySelectorAll('main tbody th').length === 1);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the whole log' }).press('Enter');
    const check = new ChainCheck((text) => createHash('sha256').update(text).digest('hex'));
    const lines = readFileSync(await (await saved).path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) expect(check.add(JSON.parse(line) as AuditRecord)).toBeUndefined();
  });

  it('draws usage, says it as a table and as CSV, and sends notices of limits on', async ({ expect }) => {
    await open('usage');
    await page.getByRole('img', { name: 'Runs' }).locator('canvas').waitFor();
    await page.getByText(/^\d+ in 31 days$/).waitFor();
    await page.getByRole('button', { name: 'Show' }).press('Enter');
    await pick(page.getByRole('option', { name: 'API calls' }));
    await page.getByRole('img', { name: 'API calls' }).waitFor();
    await page.getByText('As a table').press('Enter');
    const cells = page.getByRole('table', { name: 'Over time: API calls' }).getByRole('cell');
    // the last row is of today, which may just have begun
    const numbers = async () => (await cells.allTextContents()).map((text) => Number(text.replaceAll(',', '')));
    await expect.poll(async () => Math.max(0, ...(await numbers()))).toBeGreaterThan(0);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download as CSV' }).press('Enter');
    expect((await saved).suggestedFilename()).toBe('usage-day.csv');
    await page.getByRole('button', { name: 'Send notices on' }).press('Enter');
    await dialog().getByLabel('URL').fill('https://monitoring.example/in');
    await save();
    await page.getByText('Copy it now').waitFor();
    await page.getByRole('rowheader', { name: 'https://monitoring.example/in' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('takes everything out, suspends and lets go on, deletes and takes that back', async ({ expect }) => {
    await open('danger');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the archive' }).press('Enter');
    expect((await download).suggestedFilename()).toBe('local.zip');
    await page.getByRole('button', { name: 'Suspend' }).press('Enter');
    await dialog().getByRole('button', { name: 'Suspend' }).press('Enter');
    await page.getByText('The organisation is suspended.').waitFor();
    expect((await fetch(ready.hookUrl, { method: 'POST' })).status).toBe(423);
    await page.getByRole('button', { name: 'Let it go on' }).press('Enter');
    await page.getByRole('button', { name: 'Suspend' }).waitFor();
    await page.getByRole('button', { name: 'Delete the organisation' }).press('Enter');
    const confirm = dialog().getByRole('button', { name: 'Delete the organisation' });
    await expect.poll(() => confirm.isDisabled()).toBe(true);
    await dialog().getByLabel('Type local to confirm').fill('local');
    expect(await violations(page)).toEqual([]);
    await confirm.press('Enter');
    await page.getByText('The certificate will be at').waitFor();
    await page.getByRole('button', { name: 'Take the deletion back' }).press('Enter');
    await page.getByRole('button', { name: 'Delete the organisation' }).waitFor();
    await expect.poll(async () => (await api('/v1/organization'))['standing']).toBe('active');
  });

  it('broke nothing on the way', ({ expect }) => {
    expect(app.faults.filter((text) => !/status of 4/.test(text))).toEqual([]);
  });
});
