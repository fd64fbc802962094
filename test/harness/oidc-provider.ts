import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { freePort } from './daemon.ts';

// The part of oidc-provider that is used: it comes without types.
interface GrantLike {
  addOIDCScope(scope: string): void;
  save(): Promise<string>;
}
interface ProviderLike {
  proxy: boolean;
  callback(): (request: IncomingMessage, response: ServerResponse) => void;
  interactionDetails(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<{
    prompt: { name: string };
    session?: { accountId: string };
    params: { client_id: string; scope: string };
  }>;
  interactionFinished(
    request: IncomingMessage,
    response: ServerResponse,
    result: object,
    options?: object,
  ): Promise<void>;
  Grant: new (init: { accountId: string; clientId: string }) => GrantLike;
}

export interface OidcProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who is signed in when the next browser comes. */
  account: { sub: string; email?: string; email_verified?: boolean; name?: string; groups?: string[] };
  stop(): Promise<void>;
}

/** A real OpenID provider that signs in whoever `account` says, without asking. */
export async function startOidcProvider(redirectUris: string[], at?: number): Promise<OidcProvider> {
  const port = at ?? (await freePort());
  const issuer = `http://127.0.0.1:${port}`;
  const name = 'oidc-provider';
  const { Provider } = (await import(name)) as { Provider: new (issuer: string, config: object) => ProviderLike };
  const made: OidcProvider = {
    issuer,
    clientId: 'millrace',
    clientSecret: 'canary-oidc-client-secret',
    account: { sub: 'sub-1', email: 'ada@example.com', email_verified: true, name: 'Ada', groups: ['Editors'] },
    stop: () => Promise.resolve(),
  };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: made.clientId,
        client_secret: made.clientSecret,
        redirect_uris: redirectUris.length > 0 ? redirectUris : ['http://127.0.0.1/none'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    cookies: { keys: ['test'] },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    features: { devInteractions: { enabled: false } },
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ ...made.account, sub: id }) }),
  });
  const serve = provider.callback();
  const interact = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { prompt, session, params } = await provider.interactionDetails(request, response);
    if (prompt.name === 'login') {
      await provider.interactionFinished(request, response, {
        login: { accountId: made.account.sub, remember: false },
      });
      return;
    }
    const grant = new provider.Grant({ accountId: session?.accountId ?? '', clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    await provider.interactionFinished(
      request,
      response,
      { consent: { grantId: await grant.save() } },
      { mergeWithLastSubmission: true },
    );
  };
  const server: Server = createServer((request, response) => {
    if (!request.url?.startsWith('/interaction/')) return serve(request, response);
    interact(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
  made.stop = () =>
    new Promise((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  return made;
}

/** Follows redirects at the provider as a browser does, until it is sent back to us. */
export async function signInAtProvider(url: string, home: string): Promise<URL> {
  const jar = new Map<string, string>();
  let next = url;
  for (let hop = 0; hop < 12; hop++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(next, { redirect: 'manual', headers: cookie === '' ? {} : { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`${next}: ${answer.status} ${(await answer.text()).slice(0, 500)}`);
    const target = new URL(location, next);
    if (target.href.startsWith(home)) return target;
    next = target.href;
  }
  throw new Error('The provider redirects for ever');
}
