import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { OAuthProvider } from '../harness/oauth-provider.ts';
import { linkTo, newPerson, PASSWORD, Person } from '../harness/person.ts';
import { WebApp } from '../harness/web-app.ts';
import { violations } from '../harness/web.ts';
import { chain, manual, node, set } from '../served/documents.ts';

/** One red pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

describe.runIf(hasBrowser)('an organisation and its people in the web app', { timeout: 120_000 }, () => {
  let app: WebApp;
  let page: Page;
  const place = () => ({ url: app.ready.url, dataDir: app.dataDir });
  const dialog = () => page.getByRole('dialog').last();
  const open = async (path: string, heading: string): Promise<void> => {
    await page.goto(app.ready.url + path);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  };

  beforeAll(async () => {
    app = await WebApp.open();
    page = app.page;
  });
  afterAll(async () => app?.close());
  beforeEach(() => {
    page = app.page;
  });

  it('shows the logo that was chosen, and says what is no picture', async ({ expect }) => {
    await open('/settings/organization', 'General');
    const choose = page.locator('input[type=file]');
    await choose.setInputFiles({
      name: 'logo.png',
      mimeType: 'image/png',
      buffer: Buffer.from('<svg onload=alert(1)>'),
    });
    await page.getByText('This is no picture that can be a logo').waitFor();
    await choose.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: PNG });
    const logo = page.getByRole('img', { name: 'Logo' });
    await logo.waitFor();
    await expect
      .poll(() => logo.evaluate((image: HTMLImageElement) => [image.complete, image.naturalWidth]))
      .toEqual([true, 1]);
    expect(await app.violations()).toEqual([]);
    const served = await fetch(`${app.ready.url}/brand/${app.ready.tenant}/logo`);
    expect(Buffer.from(await served.arrayBuffer())).toEqual(PNG);
    await page.getByRole('button', { name: 'Show no logo' }).press('Enter');
    await logo.waitFor({ state: 'hidden' });
    await expect.poll(async () => (await fetch(`${app.ready.url}/brand/${app.ready.tenant}/logo`)).status).toBe(404);
  });

  it('says what an environment lacks before a version goes there, and promotes once it is there', async ({
    expect,
  }) => {
    await app.api('PUT', '/v1/variables/development/SHOP', { value: 'here' });
    const id = await app.workflow(chain('Uses a variable', [manual(), set('pick', { shop: '={{ $vars.SHOP }}' })]));
    await app.api('POST', `/v1/workflows/${id}/publish?environment=development`);
    await open(`/workflows/${id}/versions`, 'Versions');
    const pick = async (label: string, option: string): Promise<void> => {
      await page.getByRole('button', { name: label }).press('Enter');
      await page.getByRole('option', { name: option, exact: true }).press('Enter');
    };
    await pick('From', 'development');
    await pick('To', 'staging');
    await page.getByRole('button', { name: 'Promote', exact: true }).press('Enter');
    const lacking = page.getByRole('alert');
    await lacking.getByText('SHOP').first().waitFor();
    expect(await app.violations()).toEqual([]);
    await app.api('PUT', '/v1/variables/staging/SHOP', { value: 'there' });
    await page.getByRole('button', { name: 'Promote', exact: true }).press('Enter');
    await page.getByText('Version 1 is live in staging').waitFor();
    await page.getByText('staging', { exact: true }).first().waitFor();
  });

  it('signs in to a service in a window of its own, for a credential of a step', async ({ expect }) => {
    const provider = await OAuthProvider.start();
    try {
      await app.openWorkflow(
        chain('Asks', [
          manual(),
          node('ask', 'http-request', 4.2, {
            url: `${provider.url}/api`,
            authentication: 'genericCredentialType',
            genericAuthType: 'oAuth2Api',
          }),
        ]),
      );
      await page.getByRole('button', { name: 'Outline', exact: true }).press('Enter');
      await page.getByRole('list', { name: 'Outline' }).getByRole('button', { name: /^ask/ }).press('Enter');
      const field = page.getByRole('group', { name: 'Credential', exact: true });
      await field.getByRole('button', { name: 'New', disabled: false }).press('Enter');
      await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill('Service');
      await dialog().getByRole('button', { name: 'Grant type' }).press('Enter');
      await page.getByRole('option', { name: 'Authorization code' }).press('Enter');
      // what the service has to be told stands there to be copied
      await dialog().getByText(`${app.ready.url}/oauth/callback`).waitFor();
      await dialog().getByRole('textbox', { name: 'Authorization URL' }).fill(`${provider.url}/authorize`);
      await dialog().getByRole('textbox', { name: 'Access token URL' }).fill(`${provider.url}/token`);
      await dialog().getByRole('textbox', { name: 'Client ID' }).fill(provider.clientId);
      await dialog().getByLabel('Client secret').fill(provider.clientSecret);
      await dialog().getByRole('button', { name: 'Save' }).press('Enter');
      const signIn = dialog().getByRole('button', { name: /^Sign in/ });
      await signIn.waitFor();
      const windows = page.waitForEvent('popup');
      await signIn.press('Enter');
      const popup = await windows;
      await popup.getByRole('link', { name: 'Agree' }).click();
      await dialog().getByText('Ready', { exact: true }).waitFor();
      if (!popup.isClosed()) await popup.waitForEvent('close');
      expect(await app.violations()).toEqual([]);
      // it is ready already: the window stays for whoever signs in again, as somebody else perhaps
      const others = page.waitForEvent('popup');
      await signIn.press('Enter');
      const other = await others;
      await other.getByRole('link', { name: 'Agree' }).waitFor();
      await page.waitForTimeout(2_500);
      await other.getByRole('link', { name: 'Agree' }).click();
      if (!other.isClosed()) await other.waitForEvent('close');
      await signIn.and(page.locator(':enabled')).waitFor();
      await expect.poll(() => provider.asked.length).toBe(2);
      await dialog().getByRole('button', { name: 'Close' }).press('Enter');
      await field.getByRole('button', { name: /Service/ }).waitFor();
      await page.getByText('Saved', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Run', exact: true }).press('Enter');
      // of the run: its first step says so sooner
      await page.getByRole('status').getByText('Success', { exact: true }).waitFor();
      expect(provider.api).toEqual([true]);
      for (const secret of [provider.clientSecret, ...provider.issued]) {
        expect(await page.content()).not.toContain(secret);
      }
    } finally {
      provider.stop();
    }
  });

  it('brings the archive of one organisation into another, and says what is left to do', async ({ expect }) => {
    await app.api('PUT', '/v1/variables/production/TOKEN', { value: 'hush-hush', secret: true });
    const id = await app.workflow(chain('Moves house', [manual(), set('pick', { a: '=1' })]));
    await app.api('POST', `/v1/workflows/${id}/publish`);
    await open('/settings/danger', 'Danger zone');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the archive' }).press('Enter');
    const archive = readFileSync(await (await saved).path());
    const grace = await newPerson(place(), 'grace@example.com', 'Grace');
    await grace.post('/v1/organizations', { name: 'New house', id: 'new-house' });
    page = await app.pageOf(grace);
    await open('/settings/danger', 'Danger zone');
    const choose = page.locator('input[type=file]');
    await choose.setInputFiles({ name: 'photo.zip', mimeType: 'application/zip', buffer: Buffer.from('no archive') });
    await page.getByText('This is not an export of an organization').waitFor();
    await choose.setInputFiles({ name: 'local.zip', mimeType: 'application/zip', buffer: archive });
    const outcome = page.getByRole('status').filter({ hasText: 'Imported' });
    await outcome.waitFor();
    const told = (await outcome.textContent()) ?? '';
    expect(told).toMatch(/workflows \d/);
    expect(told).toContain('variable production/TOKEN');
    expect(told).not.toContain('hush-hush');
    // kinds have names
    expect(told).not.toMatch(/[a-z]_[a-z]+ \d+,/);
    expect(await violations(page)).toEqual([]);
    await outcome.getByRole('link', { name: 'Moves house 1' }).click();
    await page.getByRole('heading', { level: 1, name: 'Versions' }).waitFor();
    await page.goto(`${app.ready.url}/workflows`);
    await page.getByRole('link', { name: 'Moves house' }).waitFor();
    await page.context().close();
    page = app.page;
  });

  it('invites somebody who has no account, who becomes a member by the link in the mail', async ({ expect }) => {
    await open('/settings/members', 'Members');
    await page.getByRole('button', { name: 'Invite' }).press('Enter');
    await dialog().getByLabel('E-mail address').fill('no address');
    await dialog().getByRole('button', { name: 'Save' }).press('Enter');
    await dialog().getByRole('alert').waitFor();
    await dialog().getByLabel('E-mail address').fill('emmy@example.com');
    await dialog().getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByRole('rowheader', { name: 'emmy@example.com' }).waitFor();
    const guest = await app.pageOf(new Person(place()));
    page = guest;
    await guest.goto(await linkTo(place(), 'emmy@example.com', 'invited'));
    await guest.getByText('You are invited.').waitFor();
    await guest.getByRole('link', { name: 'Create an account' }).press('Enter');
    await guest.getByLabel('Your name').fill('Emmy');
    await guest.getByLabel('E-mail address').fill('emmy@example.com');
    await guest.getByLabel('Password').fill(PASSWORD);
    await guest.keyboard.press('Enter');
    await guest.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await guest.goto(await linkTo(place(), 'emmy@example.com', 'Confirm'));
    await guest.getByLabel('E-mail address').fill('emmy@example.com');
    await guest.getByLabel('Password').fill(PASSWORD);
    await guest.keyboard.press('Enter');
    await guest.getByRole('button', { name: 'Accept' }).press('Enter');
    await guest.getByRole('button', { name: 'Organisation: Local' }).waitFor();
    // what an editor may not do is said before a form is filled in
    await guest.goto(`${app.ready.url}/settings/members`);
    await guest.getByText('Your role lacks members:write.').waitFor();
    expect(await guest.getByRole('button', { name: 'Invite somebody' }).count()).toBe(0);
    expect(await guest.getByRole('button', { name: /^Actions for/ }).count()).toBe(0);
    expect(await violations(guest)).toEqual([]);
    await guest.goto(`${app.ready.url}/settings/variables`);
    await guest.getByRole('button', { name: 'New variable' }).waitFor();
    await guest.context().close();
    page = app.page;
    await page.reload();
    await page.getByRole('table', { name: 'Members' }).getByText('emmy@example.com').waitFor();
  });

  it('shares a credential with one person, by name', async ({ expect }) => {
    await app.api('POST', '/v1/credentials', { type: 'httpBearerAuth', name: 'Lent', values: { token: 'hush-hush' } });
    await open('/settings/credentials', 'Credentials');
    await page.getByRole('button', { name: 'Actions for Lent' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Change' }).press('Enter');
    await dialog().getByRole('group', { name: 'People' }).getByRole('checkbox', { name: 'Emmy' }).press('Space');
    await dialog().getByText('Only those chosen here').waitFor();
    expect(await app.violations()).toEqual([]);
    const { members } = (await app.api('GET', '/v1/members')) as { members: { id: string; name: string }[] };
    const { credentials } = (await app.api('GET', '/v1/credentials')) as {
      credentials: { name: string; sharing: unknown }[];
    };
    const emmy = members.find(({ name }) => name === 'Emmy');
    expect(credentials.find(({ name }) => name === 'Lent')?.sharing).toEqual({
      users: [emmy?.id],
      roles: [],
      projects: [],
    });
    await page.keyboard.press('Escape');
  });

  it('[RNS6] says by name who started a run, and once they left, that they did', async ({ expect }) => {
    const workflow = await app.workflow(chain('Hers', [manual(), set('mark', { a: 'x' })]));
    const emmy = new Person(place());
    await emmy.signIn('emmy@example.com');
    const started = await emmy.in(app.ready.tenant, 'POST', `/v1/workflows/${workflow}/runs?wait=10s`, {});
    const { id, startedBy } = started.json as { id: string; startedBy: { kind: string; id: string } };
    expect(startedBy.kind).toBe('member');
    await open('/runs', 'Runs');
    const row = page.getByRole('row', { name: /Hers/ });
    await row.getByText('Started by: Emmy').waitFor();
    await page.getByRole('button', { name: /Person or key/ }).press('Enter');
    await page.getByRole('option', { name: 'Emmy' }).click();
    await page.waitForURL((url) => url.searchParams.get('startedBy') === startedBy.id);
    await row.getByRole('link').press('Enter');
    await page.getByText('Started by: Emmy').waitFor();
    await app.api('DELETE', `/v1/members/${startedBy.id}`);
    await open(`/runs/${id}`, `Hers · ${id}`);
    await page.getByText('Started by: someone who left').waitFor();
    expect(await app.violations()).toEqual([]);
  });

  it('deletes an account when its address is typed, though not the only owner’s', async ({ expect }) => {
    const grace = new Person(place());
    await grace.signIn('grace@example.com');
    page = await app.pageOf(grace);
    await open('/account', 'Your account');
    const remove = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Delete account' }).press('Enter');
      await expect.poll(() => dialog().getByRole('button', { name: 'Delete account' }).isDisabled()).toBe(true);
      await dialog().getByLabel('Type grace@example.com to confirm').fill('grace@example.com');
      await page.keyboard.press('Enter');
    };
    await remove();
    await dialog().getByText('You are the only owner of new-house.').waitFor();
    expect(await violations(page)).toEqual([]);
    await grace.in('new-house', 'DELETE', '/v1/organization', { confirm: 'new-house', graceDays: 0 });
    const belongs = async (): Promise<unknown> => (await grace.get('/v1/account')).json['organizations'];
    await expect.poll(belongs, { timeout: 40_000, interval: 500 }).toEqual([]);
    // who belongs nowhere still has an account
    await page.goto(app.ready.url);
    await page.getByRole('heading', { name: 'Make an organisation' }).waitFor();
    await page.getByRole('button', { name: 'Your account' }).press('Enter');
    await page.getByRole('button', { name: 'Delete account' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await remove();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByLabel('E-mail address').fill('grace@example.com');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await page.context().close();
    page = app.page;
  });

  it('broke nothing on the way', ({ expect }) => {
    expect(app.faults.filter((text) => !/status of 4/.test(text))).toEqual([]);
  });
});
