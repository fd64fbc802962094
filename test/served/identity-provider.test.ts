import { afterAll, beforeAll, describe, it } from 'vitest';
import { signInAtProvider, startOidcProvider } from '../harness/oidc-provider.ts';
import type { OidcProvider } from '../harness/oidc-provider.ts';
import { Person } from '../harness/person.ts';
import type { Place } from '../harness/person.ts';
import { freePort, Server } from './server.ts';

let provider: OidcProvider;
let server: Server;
let place: Place;

beforeAll(async () => {
  const port = await freePort();
  provider = await startOidcProvider([`http://127.0.0.1:${port}/auth/callback/oidc`]);
  server = await Server.start({
    PORT: String(port),
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
  });
  place = { url: server.ready.url, dataDir: server.dataDir };
});
afterAll(async () => {
  await server?.stop();
  await provider?.stop();
});

/** As a browser: to the provider, which signs in whoever its account is, and back. */
async function through(person: Person): Promise<string | undefined> {
  const begun = await person.post('/auth/sign-in/social', { provider: 'oidc', callbackURL: '/welcome' });
  const back = await signInAtProvider(String(begun.json['url']), place.url);
  const done = await person.get(back.href);
  return done.headers.get('location') ?? undefined;
}

describe('[IDN16] an OpenID provider of the deployment', () => {
  it('signs people in, the same person again, and another as another', async ({ expect }) => {
    const [first, again, other] = [new Person(place), new Person(place), new Person(place)];
    expect(await through(first)).toBe(`${place.url}/welcome`);
    await through(again);
    const account = (await first.get('/v1/account')).json;
    expect(account).toMatchObject({ email: 'ada@example.com', name: 'Ada', organizations: [] });
    expect((await again.get('/v1/account')).json['id']).toBe(account['id']);
    provider.account = { sub: 'sub-2', email: 'bob@example.com', email_verified: true, name: 'Bob' };
    await through(other);
    expect(await other.who()).toBe('bob@example.com');
  });

  it('is not believed an address that it has not proven', async ({ expect }) => {
    provider.account = { sub: 'sub-3', email: 'ada@example.com', email_verified: false, name: 'Eve' };
    const eve = new Person(place);
    expect(await through(eve)).toContain('error=');
    expect(await eve.who()).toBeUndefined();
  });

  it('never shows its secret', ({ expect }) => {
    expect(server.launcher.stderr).not.toContain(provider.clientSecret);
  });
});
