import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser, openBrowser } from '../harness/browser.ts';
import type { Ready } from '../harness/launcher.ts';
import { Launcher, removeDataDir, temporaryDataDir } from '../harness/launcher.ts';
import { violations } from '../harness/web.ts';

const PARTS = {
  organization: 'General',
  environments: 'Environments',
  variables: 'Variables',
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
  const dataDir = temporaryDataDir();
  let launcher: Launcher;
  let ready: Ready;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    launcher = new Launcher({ dataDir });
    ready = await launcher.ready();
    browser = await openBrowser();
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(`${ready.url}/#key=${ready.apiKey}`);
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
    removeDataDir(dataDir);
  });

  const api = async (path: string): Promise<Record<string, unknown>> => {
    const answer = await fetch(ready.url + path, { headers: { authorization: `Bearer ${ready.apiKey}` } });
    return (await answer.json()) as Record<string, unknown>;
  };
  const open = async (part: keyof typeof PARTS): Promise<void> => {
    await page.goto(`${ready.url}/settings/${part}`);
    await page.getByRole('heading', { level: 1, name: PARTS[part] }).waitFor();
  };
  /** Opens the menu of one row and takes an entry, by keyboard. */
  const takeFor = async (row: string, entry: string): Promise<void> => {
    await page.getByRole('button', { name: `Actions for ${row}` }).press('Enter');
    await page.getByRole('menuitem', { name: entry }).press('Enter');
  };
  const dialog = () => page.getByRole('dialog');
  const save = async (): Promise<void> => {
    await dialog().getByRole('button', { name: 'Save' }).press('Enter');
    await dialog().waitFor({ state: 'hidden' });
  };

  for (const part of Object.keys(PARTS) as (keyof typeof PARTS)[]) {
    it(`shows ${part} at its own address, light and dark`, async ({ expect }) => {
      for (const theme of ['light', 'dark']) {
        await page.evaluate((chosen) => localStorage.setItem('millrace.theme', chosen), theme);
        await open(part);
        await page.waitForFunction(() => document.querySelectorAll('main [role=status]:not(:empty)').length === 0);
        expect(await violations(page), theme).toEqual([]);
      }
      await page.evaluate(() => localStorage.setItem('millrace.theme', 'light'));
    });
  }

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
    await page.getByRole('option', { name: 'Watcher' }).press('Enter');
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
    await page.getByRole('option', { name: 'Service account' }).press('Enter');
    await dialog()
      .getByLabel('Id')
      .first()
      .fill(account?.id ?? '');
    await dialog().getByRole('button', { name: 'Role' }).press('Enter');
    await page.getByRole('option', { name: 'operator' }).press('Enter');
    expect(await violations(page)).toEqual([]);
    await save();
    await page.getByRole('rowheader', { name: `service ${account?.id}` }).waitFor();
  });

  it('connects an identity provider by the form of its kind', async ({ expect }) => {
    await open('sso');
    await page.getByRole('button', { name: 'Connect a provider' }).press('Enter');
    await dialog().getByRole('button', { name: 'Kind' }).press('Enter');
    await page.getByRole('option', { name: 'LDAP' }).press('Enter');
    await dialog().getByLabel('Base DN', { exact: true }).waitFor();
    await dialog().getByRole('button', { name: 'Kind' }).press('Enter');
    await page.getByRole('option', { name: 'OpenID' }).press('Enter');
    await dialog().getByLabel('Issuer').fill('https://idp.example.com');
    await dialog().getByLabel('Client id').fill('millrace');
    await dialog().getByLabel('Further scopes').fill('groups\noffline_access');
    await dialog().getByLabel('Secret').fill('shh');
    await dialog().getByLabel('Name').fill('Corporate');
    await dialog().getByRole('button', { name: 'Add another' }).press('Enter');
    await dialog().getByLabel('Group', { exact: true }).fill('Engineers');
    await dialog().getByRole('button', { name: 'Role' }).first().press('Enter');
    await page.getByRole('option', { name: 'editor' }).press('Enter');
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
    expect((await api('/v1/egress'))['deny']).toEqual(['ads.example.com', 'tracker.example.com']);
    await open('organization');
    await page.getByLabel('Title').fill('Shop');
    await page.getByLabel('Accent colour, light').fill('#0b6e6e');
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByText('Saved.').waitFor();
    expect((await api('/v1/organization'))['branding']).toMatchObject({ title: 'Shop', accent: '#0b6e6e' });
  });

  it('searches the audit log by what stands in the address', async ({ expect }) => {
    await open('audit');
    await page.getByLabel('What').fill('variables.set');
    await page.keyboard.press('Enter');
    await page.waitForURL(/action=variables.set/);
    await page.getByRole('rowheader', { name: 'variables.set' }).first().waitFor();
    await page.reload();
    await page.getByRole('rowheader', { name: 'variables.set' }).first().waitFor();
    expect(await page.getByRole('rowheader', { name: 'keys.create' }).count()).toBe(0);
    expect(await page.getByLabel('What').inputValue()).toBe('variables.set');
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
    expect(await confirm.isDisabled()).toBe(true);
    await dialog().getByLabel('Type local to confirm').fill('local');
    expect(await violations(page)).toEqual([]);
    await confirm.press('Enter');
    await page.getByText('The certificate will be at').waitFor();
    await page.getByRole('button', { name: 'Take the deletion back' }).press('Enter');
    await page.getByRole('button', { name: 'Delete the organisation' }).waitFor();
    expect((await api('/v1/organization'))['standing']).toBe('active');
  });

  it('broke nothing on the way', ({ expect }) => {
    expect(faults).toEqual([]);
  });
});
