import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';

/** What the next token endpoint answer is made of; a test changes it to what a hostile provider would send. */
export interface Forging {
  /** The id token, from the claims an honest provider would sign. */
  idToken?(claims: JWTPayload, provider: OpenIdProvider): Promise<string | undefined> | string | undefined;
  userInfo?: Record<string, unknown>;
  /** Takes any verifier, as a provider that knows no PKCE would. */
  ignoresPkce?: boolean;
}

interface Grant {
  challenge: string | null;
  nonce: string | null;
  redirectUri: string;
  claims: Record<string, unknown>;
}

const CLIENT = { id: 'millrace', secret: 'client-secret-of-the-test' };

/** An OpenID provider that signs in whoever `identity` says at once, honestly unless `forging` says otherwise. */
export class OpenIdProvider {
  identity: Record<string, unknown> = {
    sub: 'sub-1',
    email: 'person@provider.test',
    email_verified: true,
    name: 'Person',
  };
  forging: Forging = {};
  readonly issuer: string;
  readonly client = CLIENT;
  readonly key: CryptoKey;
  readonly jwk: JWK;
  readonly #server: Server;
  readonly #grants = new Map<string, Grant>();
  readonly #tokens = new Map<string, Grant>();

  private constructor(server: Server, key: CryptoKey, jwk: JWK) {
    this.#server = server;
    this.key = key;
    this.jwk = jwk;
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<OpenIdProvider> {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'first', alg: 'RS256', use: 'sig' };
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new OpenIdProvider(server, privateKey, jwk);
  }

  /** Settings of a deployment that trusts this provider. */
  get settings(): Record<string, string> {
    return { OIDC_ISSUER: this.issuer, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret };
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  sign(
    claims: JWTPayload,
    header: { alg?: string; kid?: string; [name: string]: unknown } = {},
    key = this.key,
  ): Promise<string> {
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'first', ...header }).sign(key);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    const json = (value: unknown, status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (url.pathname === '/.well-known/openid-configuration') return json(this.#configuration());
    if (url.pathname === '/jwks') return json({ keys: [this.jwk] });
    if (url.pathname === '/authorize') return this.#authorize(url, response);
    if (url.pathname === '/userinfo') {
      const grant = this.#tokens.get((request.headers.authorization ?? '').replace(/^Bearer /, ''));
      return grant ? json(this.forging.userInfo ?? grant.claims) : json({ error: 'invalid_token' }, 401);
    }
    if (url.pathname !== '/token') return json({ error: 'not_found' }, 404);
    let body = '';
    for await (const chunk of request) body += String(chunk);
    return json(...(await this.#token(new URLSearchParams(body))));
  }

  #configuration() {
    const at = (path: string): string => this.issuer + path;
    return {
      issuer: this.issuer,
      authorization_endpoint: at('/authorize'),
      token_endpoint: at('/token'),
      userinfo_endpoint: at('/userinfo'),
      jwks_uri: at('/jwks'),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  #authorize(url: URL, response: ServerResponse): void {
    const code = randomBytes(16).toString('hex');
    const redirectUri = url.searchParams.get('redirect_uri') ?? '';
    const [challenge, nonce] = [url.searchParams.get('code_challenge'), url.searchParams.get('nonce')];
    this.#grants.set(code, { challenge, nonce, redirectUri, claims: { ...this.identity } });
    const target = new URL(redirectUri);
    target.searchParams.set('code', code);
    target.searchParams.set('state', url.searchParams.get('state') ?? '');
    response.writeHead(302, { location: target.href }).end();
  }

  async #token(form: URLSearchParams): Promise<[unknown, number]> {
    const code = form.get('code') ?? '';
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    const verifier = form.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const isProven = this.forging.ignoresPkce || (grant?.challenge !== null && challenge === grant?.challenge);
    if (!grant || !isProven || grant.redirectUri !== form.get('redirect_uri')) return [{ error: 'invalid_grant' }, 400];
    const access = randomBytes(16).toString('hex');
    this.#tokens.set(access, grant);
    const nowS = Math.floor(Date.now() / 1_000);
    const claims: JWTPayload = { iss: this.issuer, aud: CLIENT.id, iat: nowS, exp: nowS + 300, ...grant.claims };
    if (grant.nonce !== null) claims['nonce'] = grant.nonce;
    const idToken = this.forging.idToken ? await this.forging.idToken(claims, this) : await this.sign(claims);
    return [
      {
        access_token: access,
        token_type: 'Bearer',
        expires_in: 300,
        ...(idToken === undefined ? {} : { id_token: idToken }),
      },
      200,
    ];
  }
}
