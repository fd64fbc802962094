import { it } from 'vitest';
import { makeKeys } from '../../../workers/saml/testing.ts';
import { startOidcProvider } from '../../harness/oidc-provider.ts';
import type { Desk } from './desk.ts';

/** Settings, and the developer portal. */
export function settlingTests(at: () => Desk): void {
  it('keeps a variable, a role and a key, and calls the API', async () => {
    const desk = at();
    const { page, keys } = desk;
    await desk.open('variables', /^Variables/, 'Variables');
    await keys.hit(desk.button('New variable'));
    await keys.fill(desk.dialog().getByLabel('Name'), 'API_URL');
    await keys.fill(desk.dialog().getByLabel('Value'), 'https://example.com');
    await desk.save();
    await desk.row('API_URL').waitFor();
    await desk.open('roles', /^Roles/, 'Roles');
    await keys.hit(desk.button('New role'));
    await keys.fill(desk.dialog().getByLabel('Name').first(), 'Watchers');
    await keys.hit(desk.dialog().getByRole('checkbox', { name: 'runs:read read' }), 'Space');
    await desk.save();
    await desk.row('Watchers').waitFor();
    await desk.open('api keys', /^API keys/, 'API keys');
    await keys.hit(desk.button('New key'));
    await keys.fill(desk.dialog().getByLabel('Name').first(), 'Billing');
    await desk.save();
    await keys.take(desk.button('Actions for Billing'), 'Revoke');
    await keys.hit(desk.button('Revoke', desk.dialog()));
    await desk.closed();
    await desk.row('Billing').waitFor({ state: 'hidden' });
    await desk.open('developers', /^Developers/, 'Developers');
    await keys.fill(page.getByLabel('Find an endpoint'), 'GET /v1/environments');
    await keys.hit(
      page
        .getByRole('navigation', { name: /endpoints/i })
        .getByRole('link')
        .first(),
    );
    await keys.hit(desk.button('Send'));
    await page.getByText('Answered 200.').waitFor();
  });

  it('invites somebody, adds an environment and a credential', async ({ expect }) => {
    const desk = at();
    const { app, keys } = desk;
    await desk.open('members', /^Members/, 'Members');
    await keys.hit(desk.button('Invite somebody'));
    await keys.fill(desk.dialog().getByLabel('E-mail address'), 'emmy@example.com');
    await keys.choose(/^.*Role/, 'Operator');
    await desk.save();
    await desk.row('emmy@example.com').waitFor();
    await desk.open('environments', /^Environments/, 'Environments');
    await keys.hit(desk.button('New environment'));
    await keys.fill(desk.dialog().getByLabel('Name'), 'trial');
    await desk.save();
    await desk.row('trial').waitFor();
    await keys.take(desk.button('Actions for trial'), 'Delete');
    await keys.fill(desk.dialog().getByLabel('Type trial to confirm'), 'trial');
    await keys.hit(desk.button('Delete', desk.dialog()));
    await desk.closed();
    await desk.row('trial').waitFor({ state: 'hidden' });
    await desk.open('credentials', /^Credentials/, 'Credentials');
    await keys.hit(desk.button('New credential'));
    await keys.fill(desk.dialog().getByRole('searchbox', { name: 'Find a service' }), 'bearer');
    await keys.hit(desk.button(/^Bearer auth/, desk.dialog()));
    await keys.fill(desk.dialog().getByRole('textbox', { name: 'Name', exact: true }), 'Shop');
    await keys.fill(desk.dialog().getByLabel('Token'), 'sk-very-secret-token');
    await keys.fill(desk.dialog().getByLabel('May be sent to'), 'shop.example');
    await keys.hit(desk.button('Save', desk.dialog()));
    await desk.dialog().getByText('Ready', { exact: true }).waitFor();
    await desk.dismiss();
    await desk.row('Shop').waitFor();
    const { credentials } = await app.api('GET', '/v1/credentials');
    expect(credentials).toMatchObject([{ name: 'Shop' }]);
  });

  it('narrows outgoing traffic, changes how pages look, searches the audit log', async ({ expect }) => {
    const desk = at();
    const { app, page, keys } = desk;
    await desk.open('outgoing', /^Outgoing traffic/, 'Outgoing traffic');
    await keys.fill(page.getByLabel('Never'), 'ads.example.com');
    await keys.hit(desk.button('Save'));
    await page.getByText('Saved.').waitFor();
    await expect.poll(async () => (await app.api('GET', '/v1/egress'))['deny']).toEqual(['ads.example.com']);
    await desk.open('logo', /^General/, 'General');
    await keys.fill(page.getByLabel('Accent colour, light', { exact: true }), '#0b6e6e');
    await keys.hit(desk.button('Save'));
    await page.getByText('Saved.').waitFor();
    await expect
      .poll(async () => (await app.api('GET', '/v1/organization'))['branding'])
      .toMatchObject({ accent: '#0b6e6e' });
    await desk.open('audit', /^Audit log/, 'Audit log');
    await keys.fill(page.getByLabel('What'), 'egress.replace');
    await keys.press('Enter');
    await page.waitForURL(/action=egress/);
    await page
      .getByRole('rowheader', { name: /egress/ })
      .first()
      .waitFor();
  });
  it('claims a domain and connects providers of each kind, by OpenID one that works', async ({ expect }) => {
    const desk = at();
    const { app, page, keys } = desk;
    const [provider, { publicKey }] = await Promise.all([startOidcProvider([]), makeKeys()]);
    const fill = (label: string, text: string): Promise<void> =>
      keys.fill(desk.dialog().getByLabel(label, { exact: true }), text);
    const connect = async (kind: string): Promise<void> => {
      await keys.hit(desk.button('Connect a provider'));
      await keys.choose(/Kind$/, kind);
    };
    await desk.open('single', /^Single sign-on/, 'Single sign-on');
    await keys.hit(desk.button('Add a domain'));
    await fill('Domain', 'acme.example');
    await desk.save();
    await desk.row('acme.example').waitFor();
    await keys.hit(desk.button('Copy the value'));
    const { domains } = (await app.api('GET', '/v1/sso-domains')) as { domains: { dns: { value: string } }[] };
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(domains[0]?.dns.value);
    await connect('OpenID Connect');
    await fill('Issuer', provider.issuer);
    await fill('Client id', provider.clientId);
    await fill('Secret', provider.clientSecret);
    await fill('Name', 'Corporate');
    await keys.hit(desk.button('Add another', desk.dialog()));
    // what was added stands above the button
    await keys.to(desk.dialog().getByLabel('Group', { exact: true }), 'Shift+Tab');
    await keys.write('Engineers');
    await keys.choose(/Role$/, 'Editor');
    await desk.save();
    await desk.row('Corporate').waitFor();
    const corporate = desk.button('Actions for Corporate');
    await keys.take(corporate, 'Test');
    await desk.dialog().getByText('The provider describes itself and has keys').waitFor();
    await desk.dismiss();
    await desk.isFocused(corporate);
    await provider.stop();
    await connect('LDAP, Active Directory');
    await fill('Host', 'ldap.acme.example');
    await fill('DN of the service account', 'cn=reader,dc=acme');
    await fill('Base DN', 'ou=people,dc=acme');
    await fill('Secret', 'shh');
    await fill('Name', 'Directory');
    await desk.save();
    await desk.row('Directory').waitFor();
    await connect('SAML 2.0');
    await fill('Issuer', 'https://idp.acme.example/metadata');
    await fill('Sign-in address', 'https://idp.acme.example/sso');
    await fill('Certificates', publicKey);
    await fill('Name', 'Assertions');
    await desk.save();
    const assertions = desk.button('Actions for Assertions');
    await keys.take(assertions, 'Addresses for the provider');
    await desk.dialog().getByText('/acs').waitFor();
    await desk.dismiss();
    await desk.isFocused(assertions);
    const { connections } = (await app.api('GET', '/v1/sso-connections')) as { connections: { kind: string }[] };
    expect(Object.fromEntries(connections.map((each) => [each.kind, each]))).toMatchObject({
      oidc: { hasSecret: true, mappings: [{ group: 'Engineers', role: 'editor' }] },
      ldap: { hasSecret: true, settings: { port: 636, baseDn: 'ou=people,dc=acme' } },
      saml: { settings: { signInUrl: 'https://idp.acme.example/sso' } },
    });
  });
}
