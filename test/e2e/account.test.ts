import { createHmac } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import type { Ready } from '../harness/launcher.ts';
import { linkTo, newPerson, PASSWORD } from '../harness/person.ts';
import { WebApp } from '../harness/web-app.ts';
import { pressByTab, violations } from '../harness/web.ts';

const EMAIL = 'ada@example.com';

/** What an authenticator app shows (RFC 6238). */
function totp(secret: string, nowMs: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((char) => alphabet.indexOf(char).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(nowMs / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

describe.runIf(hasBrowser)('accounts in the web app', () => {
  let app: WebApp;
  let ready: Ready;
  let context: BrowserContext;
  let page: Page;

  const freshPage = async (locale = 'en-GB', colorScheme: 'light' | 'dark' = 'light'): Promise<Page> => {
    const made = await app.stranger({ locale, colorScheme, viewport: { width: 1280, height: 900 } });
    context = made.context();
    return made;
  };
  const place = () => ({ url: ready.url, dataDir: app.dataDir });

  beforeAll(async () => {
    app = await WebApp.served();
    ({ ready } = app);
    page = await freshPage();
  });
  afterAll(() => app?.close());

  it('signs somebody up by keyboard, whose address the mail confirms', async ({ expect }) => {
    await page.goto(`${ready.url}/runs`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await pressByTab(page, 'Create an account');
    await page.getByLabel('Your name').waitFor();
    await expect.poll(() => new URL(page.url()).pathname).toBe('/sign-up');
    await page.getByLabel('Your name').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('Ada');
    await page.keyboard.press('Tab');
    await page.keyboard.type(EMAIL);
    await page.keyboard.press('Tab');
    await page.keyboard.type('short');
    await page.keyboard.press('Enter');
    await page.locator('input[aria-invalid][name=password]').waitFor();
    await expect.poll(() => page.getByLabel('Your name').inputValue()).toBe('Ada');
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.goto(await linkTo(place(), EMAIL, 'Confirm'));
    await page.getByText('Your address is confirmed').waitFor();
  });

  it('says what is wrong, then lets them in to make an organisation and leads where they had wanted to go', async ({
    expect,
  }) => {
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Password').fill('something else altogether');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Make an organisation' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Name of the organisation').fill('Acme');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Workflows', exact: true }).press('Enter');
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Organisation: Acme' }).waitFor();
  });

  it('leads to the step a link was about, though another page of the door was looked at first', async ({ expect }) => {
    const link = `${(await page.getByRole('link', { name: 'Quick start' }).getAttribute('href')) ?? ''}#node=hook`;
    const other = await app.stranger();
    await other.goto(ready.url + link);
    await other.getByRole('link', { name: 'Create an account' }).press('Enter');
    await other.getByLabel('Your name').waitFor();
    await other.goBack();
    // both pages ask for an address
    await other.getByLabel('Your name').waitFor({ state: 'detached' });
    await other.getByLabel('E-mail address').fill(EMAIL);
    await other.getByLabel('Password').fill(PASSWORD);
    await other.keyboard.press('Enter');
    await other.getByRole('textbox', { name: 'Name of the workflow' }).waitFor();
    await expect.poll(() => other.url()).toBe(ready.url + link);
    await other.context().close();
  });

  it('[WSN3] makes another organisation, and switches between them by keyboard', async ({ expect }) => {
    await page.getByRole('button', { name: 'Organisation: Acme' }).press('Enter');
    await page.getByRole('menuitem', { name: 'New organisation' }).press('Enter');
    await page.getByLabel('Name of the organisation').fill('Beta');
    await page.getByLabel('Id').fill('beta-works');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Organisation: Beta' }).waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      const organization = request.headers()['x-millrace-organization'];
      if (request.url().includes('/v1/workflows')) asked.push(organization ?? 'none');
    });
    await page.getByRole('button', { name: 'Organisation: Beta' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Acme' }).press('Enter');
    await page.getByRole('button', { name: 'Organisation: Acme' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Organisation: Acme' }).waitFor();
    await page.goto(`${ready.url}/workflows?organization=beta-works`);
    await page.getByRole('button', { name: 'Organisation: Beta' }).waitFor();
    await page.getByRole('link', { name: 'Quick start' }).waitFor();
    expect(asked.at(-1)).toBe('beta-works');
  });

  it('[WSN2] keeps the session where no script can read it', async ({ expect }) => {
    const readable = await page.evaluate(() =>
      [document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage)].join(' '),
    );
    const [cookie] = (await context.cookies()).filter(({ name }) => name.endsWith('millrace'));
    expect(cookie?.httpOnly).toBe(true);
    expect(readable).not.toContain(cookie?.value.slice(0, 20));
  });

  it('[WSN5] waits for a server that does not answer instead of asking who is there', async ({ expect }) => {
    let unanswered = 0;
    await page.route('**/v1/account', (route) => {
      unanswered++;
      return route.abort();
    });
    await page.goto(`${ready.url}/workflows`);
    // whoever asks again has heard the first time
    await expect.poll(() => unanswered).toBeGreaterThan(1);
    expect(await page.getByRole('heading', { name: 'Sign in' }).count()).toBe(0);
    await page.unroute('**/v1/account');
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  });

  it('[WSN4] asks to sign in again in place when the session is over, and loses nothing that was typed', async ({
    expect,
  }) => {
    await page.goto(`${ready.url}/workflows`);
    await page.getByRole('button', { name: 'New workflow' }).first().press('Enter');
    await page.getByRole('heading', { name: 'Start with a trigger' }).waitFor();
    await page.getByText('Saved', { exact: true }).waitFor();
    const address = page.url();
    const cookies = await context.cookies();
    await context.clearCookies();
    await page.getByRole('textbox', { name: 'Name of the workflow' }).fill('Typed after the end');
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.waitFor();
    expect(await violations(page)).toEqual([]);
    await expect.poll(() => dialog.getByLabel('E-mail address').inputValue()).toBe(EMAIL);
    await dialog.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('Saved', { exact: true }).waitFor();
    await expect.poll(() => page.url()).toBe(address);
    await expect.poll(() => page.title()).toBe('Typed after the end · Millrace');
    expect(cookies.length).toBeGreaterThan(0);
    await page.reload();
    await page.waitForFunction(() =>
      [...document.querySelectorAll('input')].some(({ value }) => value === 'Typed after the end'),
    );
  });

  it('lists sessions and ends the others', async ({ expect }) => {
    await page.goto(`${ready.url}/account`);
    const sessions = page.getByRole('table', { name: 'Where you are signed in' });
    await sessions.getByText('this one').waitFor();
    // the head, this one, the one of before, and that of who followed a link
    await expect.poll(() => sessions.getByRole('row').count()).toBe(4);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sign out everywhere else' }).press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('table[aria-label^="Where"] tbody tr').length === 1);
  });

  it('turns codes of an authenticator app on, asks for one, and takes a recovery code', async ({ expect }) => {
    await page.getByLabel('Your password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Turn on' }).press('Enter');
    await page.getByRole('img', { name: 'Scan this' }).waitFor();
    const secret = (await page.locator('svg[role=img] + div code').textContent()) ?? '';
    await page.getByRole('textbox', { name: 'Code' }).fill(totp(secret, Date.now()));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Recovery codes' }).waitFor();
    expect(await violations(page)).toEqual([]);
    const codes = await page.locator('h2:has-text("Recovery codes") ~ ul li').allTextContents();
    expect(codes).toHaveLength(10);
    await page.getByRole('button', { name: 'Ada' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Sign out' }).press('Enter');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Enter a code' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Use a recovery code' }).press('Enter');
    await page.getByLabel('Recovery code').fill(codes[0] ?? '');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  });

  it('adds a passkey and signs in with it alone', async ({ expect }) => {
    const devices = await context.newCDPSession(page);
    await devices.send('WebAuthn.enable');
    await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    });
    // passkeys belong to a name: an address in numbers has none
    const local = ready.url.replace('127.0.0.1', 'localhost');
    await page.goto(`${local}/sign-in`);
    await page.getByLabel('E-mail address').fill('passkey@example.com');
    await newPerson({ url: local, dataDir: app.dataDir }, 'passkey@example.com', 'Kay');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Make an organisation' }).waitFor();
    await page.getByLabel('Name of the organisation').fill('Keys');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
    await page.goto(`${local}/account`);
    await page.getByLabel('Name of the device').fill('Laptop');
    await page.keyboard.press('Enter');
    await page.getByRole('rowheader', { name: 'Laptop' }).waitFor();
    await page.getByRole('button', { name: 'Kay' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Sign out' }).press('Enter');
    await page.getByRole('button', { name: 'Use a passkey' }).press('Enter');
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Organisation: Keys' }).count()).toBe(1);
  });

  it('[WSN1] signs in by a link, and sets a new password by another, in German and dark', async ({ expect }) => {
    await page.close();
    page = await freshPage('de-DE', 'dark');
    await newPerson(place(), 'emmy@example.com', 'Emmy');
    await page.goto(`${ready.url}/forgot`);
    await page.getByLabel('E-Mail-Adresse').fill('emmy@example.com');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sehen Sie in Ihre E-Mails' }).waitFor();
    await page.goto(await linkTo(place(), 'emmy@example.com', 'new password'));
    await page.getByLabel('Neues Passwort').fill('eine ganz neue Losung');
    await expect.poll(() => new URL(page.url()).search).toBe('');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('Ihr Passwort ist geändert').waitFor();
    await page.goto(`${ready.url}/sign-in/link`);
    await page.getByLabel('E-Mail-Adresse').fill('emmy@example.com');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sehen Sie in Ihre E-Mails' }).waitFor();
    await page.goto(await linkTo(place(), 'emmy@example.com', 'sign-in link'));
    await page.getByRole('heading', { name: 'Organisation anlegen' }).waitFor();
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await violations(page)).toEqual([]);
  });

  it('calls no organisation after somebody who came by a link and has no name yet', async ({ expect }) => {
    const other = await app.stranger();
    await other.goto(`${ready.url}/sign-in/link`);
    await other.getByLabel('E-mail address').fill('nobody@example.com');
    await other.keyboard.press('Enter');
    await other.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await other.goto(await linkTo(place(), 'nobody@example.com', 'sign-in link'));
    await other.getByRole('heading', { name: 'Make an organisation' }).waitFor();
    await expect.poll(() => other.getByLabel('Name of the organisation').inputValue()).toBe('');
    await other.context().close();
  });

  it('[WSN1] takes an invitation, as whom it says, and hides its text at once', async ({ expect }) => {
    const sent = await fetch(`${ready.url}/v1/invitations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ready.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'emmy@example.com', role: 'owner' }),
    });
    expect(sent.status).toBe(201);
    const link = await linkTo(place(), 'emmy@example.com', 'invited');
    expect(link).toContain('#invitation=inv_');
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByText('Sie treten als emmy@example.com bei.').waitFor();
    expect(page.url()).not.toContain('inv_');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Annehmen' }).press('Enter');
    await page.getByRole('link', { name: 'Quick start' }).waitFor();
    await page.getByRole('button', { name: 'Organisation: Local' }).waitFor();
  });

  it('broke nothing on the way', ({ expect }) => {
    expect(app.faults.filter((text) => !/Failed to load resource/.test(text))).toEqual([]);
  });
});
