import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser, openBrowser, slowed } from '../harness/browser.ts';
import { startOidcProvider } from '../harness/oidc-provider.ts';
import { OpenIdProvider } from '../harness/openid.ts';
import { SamlIdp } from '../harness/saml-idp.ts';
import { SamlPage } from '../harness/saml-page.ts';
import { startSlapd } from '../harness/slapd.ts';
import { connect, holdDomain } from '../harness/sso.ts';
import { violations } from '../harness/web.ts';
import { Server } from '../served/server.ts';

const mappings = [{ group: 'Editors', role: 'editor' }];

describe.runIf(hasBrowser)('every way in, from the sign-in page into the app', { timeout: 120_000 }, () => {
  let server: Server;
  let deployment: OpenIdProvider;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const faults: string[] = [];

  /** A browser that nobody is signed in with. */
  const stranger = async (locale = 'en-GB'): Promise<void> => {
    await context?.close();
    context = await browser.newContext({ locale, viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.setDefaultTimeout(40_000);
    await slowed(page);
    page.on('pageerror', (error) => faults.push(error.message));
  };
  const role = async (): Promise<unknown> =>
    page.evaluate(async () => {
      const answer = await fetch('/v1/access', { headers: { 'x-millrace-organization': 'local' } });
      return ((await answer.json()) as { role: unknown }).role;
    });
  /** Types an address, upon which the page offers what its organisation has. */
  const typeAddress = async (path: string, email: string): Promise<void> => {
    await page.goto(server.ready.url + path);
    await page.getByLabel('E-mail address').fill(email);
  };

  beforeAll(async () => {
    deployment = await OpenIdProvider.start();
    server = await Server.start({
      ...deployment.settings,
      OIDC_NAME: 'Works account',
      GOOGLE_CLIENT_ID: 'google-client',
      GOOGLE_CLIENT_SECRET: 'shh',
      GITHUB_CLIENT_ID: 'github-client',
      GITHUB_CLIENT_SECRET: 'shh',
      MICROSOFT_CLIENT_ID: 'microsoft-client',
      MICROSOFT_CLIENT_SECRET: 'shh',
    });
    await holdDomain(server, 'example.com');
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    deployment?.stop();
  });

  it('lets somebody in whom the provider of the deployment knows, to where they wanted', async ({ expect }) => {
    await stranger();
    deployment.identity = { sub: 'carol', email: 'carol@elsewhere.test', email_verified: true, name: 'Carol' };
    await page.goto(`${server.ready.url}/runs`);
    await page.getByRole('button', { name: 'Continue with Works account' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Continue with Works account' }).press('Enter');
    await page.getByRole('heading', { name: 'Make an organisation' }).waitFor();
    await page.getByLabel('Name of the organisation').fill('Carols');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Organisation: Carols' }).waitFor();
    await expect.poll(() => new URL(page.url()).pathname).toBe('/runs');
  });

  it('sends people to Google, GitHub and Microsoft with the client that was set, and says when they turned back', async ({
    expect,
  }) => {
    for (const [name, host, client] of [
      ['Google', 'accounts.google.com', 'google-client'],
      ['GitHub', 'github.com', 'github-client'],
      ['Microsoft', 'login.microsoftonline.com', 'microsoft-client'],
    ] as const) {
      await stranger();
      let back = new URL(server.ready.url);
      // their page is the one thing that is not here: what it is asked, and that it was left
      await page.route(`https://${host}/**`, (route) => {
        const asked = new URL(route.request().url()).searchParams;
        expect([name, asked.get('client_id'), asked.get('response_type'), asked.get('code_challenge_method')]).toEqual([
          name,
          client,
          'code',
          'S256',
        ]);
        back = new URL(asked.get('redirect_uri') ?? '');
        expect(back.origin).toBe(server.ready.url);
        back.search = String(new URLSearchParams({ error: 'access_denied', state: asked.get('state') ?? '' }));
        return route.fulfill({
          contentType: 'text/html',
          body: `<a href="${back.href.replaceAll('&', '&amp;')}">No</a>`,
        });
      });
      await page.goto(`${server.ready.url}/sign-in`);
      await page.getByRole('button', { name: `Continue with ${name}` }).press('Enter');
      await page.getByRole('link', { name: 'No' }).click();
      await page.getByText('The link or sign-in did not work').waitFor();
      await expect.poll(() => new URL(page.url()).pathname).toBe('/sign-in');
    }
  });

  it('[SSO8, SSO9] goes through the organisation’s own OpenID provider, found by the address', async ({ expect }) => {
    const first = await startOidcProvider([]);
    const { issuer, clientId, clientSecret } = first;
    const id = await connect(server, {
      kind: 'oidc',
      name: 'Company',
      settings: { issuer, clientId, scopes: ['groups'] },
      secret: clientSecret,
      mappings,
    });
    await first.stop();
    const callback = `${server.ready.url}/sso/local/${id}/callback`;
    const provider = await startOidcProvider([callback], Number(new URL(issuer).port));
    try {
      await stranger();
      await typeAddress('/runs?status=error', 'ada@example.com');
      await page.getByRole('button', { name: 'Continue with Company' }).press('Enter');
      await page.getByRole('heading', { name: 'Runs' }).waitFor();
      await expect.poll(() => new URL(page.url()).search).toBe('?status=error');
      await expect.poll(() => role()).toBe('editor');
      // what the library of accounts does not know of, it must not end: it cleared the cookie here
      await page.goto(`${server.ready.url}/account`);
      await page.getByRole('heading', { name: 'Your account' }).waitFor();
      await page.getByRole('heading', { name: 'Single sign-on' }).waitFor();
      await page.getByText('Company', { exact: true }).waitFor();
      await expect.poll(() => role()).toBe('editor');
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Ada' }).press('Enter');
      await page.getByRole('menuitem', { name: 'Sign out' }).press('Enter');
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    } finally {
      await provider.stop();
      await server.ok('DELETE', `/v1/sso-connections/${id}`);
    }
  });

  it('says to somebody whom the organisation does not let in why, and how to go on', async ({ expect }) => {
    const provider = await startOidcProvider([]);
    const { issuer, clientId, clientSecret } = provider;
    const id = await connect(server, {
      kind: 'oidc',
      name: 'Company',
      settings: { issuer, clientId },
      secret: clientSecret,
      mappings,
    });
    await provider.stop();
    const again = await startOidcProvider(
      [`${server.ready.url}/sso/local/${id}/callback`],
      Number(new URL(issuer).port),
    );
    try {
      again.account = { sub: 'sub-9', email: 'root@elsewhere.example', email_verified: true };
      await stranger();
      await typeAddress('/', 'root@example.com');
      await page.getByRole('button', { name: 'Continue with Company' }).press('Enter');
      await page.getByRole('heading', { name: 'Not signed in' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('link', { name: 'Back to signing in' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await stranger('de-DE');
      await page.goto(`${server.ready.url}/sso/local/${id}/callback?code=x&state=y`);
      await page.getByRole('heading', { name: 'Nicht angemeldet' }).waitFor();
      await page.getByRole('link', { name: 'Zurück zur Anmeldung' }).click();
      await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    } finally {
      await again.stop();
      await server.ok('DELETE', `/v1/sso-connections/${id}`);
    }
  });

  it('[SAM5] goes through a SAML provider of another site, whose page posts back', async ({ expect }) => {
    const company = await SamlPage.start();
    try {
      const idp = await SamlIdp.connect(server, { mappings, name: 'SAML' }, { signInUrl: `${company.url}/sso` });
      company.acs = idp.place.recipient;
      company.answer = (request) =>
        idp.response({ request, nameId: 'bob@example.com', attributes: { groups: ['Editors'] } });
      await stranger();
      await typeAddress('/runs', 'bob@example.com');
      await page.getByRole('button', { name: 'Continue with SAML' }).press('Enter');
      await page.getByRole('button', { name: 'Sign in as Bob' }).click();
      await page.getByRole('heading', { name: 'Runs' }).waitFor();
      await expect.poll(() => role()).toBe('editor');
    } finally {
      company.stop();
    }
  });

  it('[LDP6] takes a name and password of the organisation’s directory', async ({ expect, skip }) => {
    const slapd = await startSlapd();
    if (!slapd) return skip('needs slapd');
    try {
      const { port, baseDn, bindDn, bindPassword } = slapd;
      const settings = { host: '127.0.0.1', port, tls: 'off', baseDn, bindDn, groupBaseDn: `ou=groups,${baseDn}` };
      await connect(server, { kind: 'ldap', name: 'Directory', settings, secret: bindPassword, mappings });
      await stranger();
      await typeAddress('/runs', 'ada@example.com');
      await page.getByLabel('Name in Directory').fill('ada');
      const password = page.getByLabel('Password').last();
      await password.fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByText('The name or the password is not right.').waitFor();
      expect(await violations(page)).toEqual([]);
      await password.fill('pw-ada');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Runs' }).waitFor();
      await expect.poll(() => role()).toBe('editor');
    } finally {
      await slapd.stop();
    }
  });

  it('broke nothing on the way', ({ expect }) => {
    expect(faults).toEqual([]);
  });
});
