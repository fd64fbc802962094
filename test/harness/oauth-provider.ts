import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Issued {
  redirectUri: string;
  challenge: string;
  scope: string;
}

const token = (): string => randomBytes(24).toString('base64url');

/**
 * An authorization server that agrees to everything and forgives nothing: it checks PKCE, the redirect URI, the client
 * and single use, gives a new refresh token each time, and takes a used one for a theft (RFC 9700 §4.14).
 */
export class OAuthProvider {
  readonly clientId = 'millrace-test';
  readonly clientSecret = 'provider-secret-canary-41';
  /** Of access tokens. */
  lifeSeconds = 3_600;
  /** Before an answer to a token request: renewals overlap. */
  delayMs = 0;
  /** Bodies of token requests. */
  readonly asked: URLSearchParams[] = [];
  /** Requests to the API behind the tokens: whether the token was good. */
  readonly api: boolean[] = [];
  readonly issued: string[] = [];
  readonly #codes = new Map<string, Issued>();
  #access = new Set<string>();
  #refresh = new Set<string>();
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.#serve(request, response));
  }

  static async start(): Promise<OAuthProvider> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new OAuthProvider(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** What was given before is good for nothing from now on. */
  revokeAccess(): void {
    this.#access = new Set();
  }

  revokeAll(): void {
    this.revokeAccess();
    this.#refresh = new Set();
  }

  /** A person who agrees: where their browser is sent back to. @throws Error when the request is not as it has to be. */
  agree(authorizeUrl: string): URL {
    const { searchParams: query } = new URL(authorizeUrl);
    const read = (name: string): string => {
      const [value, ...more] = query.getAll(name);
      if (value === undefined || more.length > 0) throw new Error(`${name} must be there once`);
      return value;
    };
    if (read('response_type') !== 'code' || read('client_id') !== this.clientId) throw new Error('another client');
    if (read('code_challenge_method') !== 'S256') throw new Error('no PKCE');
    const code = token();
    const redirectUri = read('redirect_uri');
    this.#codes.set(code, { redirectUri, challenge: read('code_challenge'), scope: query.get('scope') ?? '' });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', read('state'));
    back.searchParams.set('iss', this.url);
    return back;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = (status: number, body: object): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url?.startsWith('/authorize?')) {
      const back = this.agree(this.url + request.url).href.replaceAll('&', '&amp;');
      response.writeHead(200, { 'content-type': 'text/html' });
      return void response.end(`<!doctype html><title>Service</title><a href="${back}">Agree</a>`);
    }
    // of the browser that shows the page above
    if (request.url === '/favicon.ico') return void response.writeHead(404).end();
    if (request.url === '/token') {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      this.asked.push(form);
      if (this.delayMs > 0) await new Promise((done) => setTimeout(done, this.delayMs));
      return this.#token(form, request.headers.authorization, answer);
    }
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const ok = this.#access.has(given);
    this.api.push(ok);
    answer(ok ? 200 : 401, ok ? { ok, echo: request.headers.authorization } : { error: 'invalid_token', got: given });
  }

  #token(form: URLSearchParams, header: string | undefined, answer: (status: number, body: object) => void): void {
    const basic = `Basic ${Buffer.from(`${this.clientId}:${this.clientSecret}`).toString('base64')}`;
    const isClient =
      header === basic || (form.get('client_id') === this.clientId && form.get('client_secret') === this.clientSecret);
    if (!isClient) return answer(401, { error: 'invalid_client', got: form.get('client_secret') });
    switch (form.get('grant_type')) {
      case 'authorization_code': {
        const code = form.get('code') ?? '';
        const issued = this.#codes.get(code);
        this.#codes.delete(code);
        const challenge = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url');
        const ok = issued && issued.challenge === challenge && issued.redirectUri === form.get('redirect_uri');
        return ok ? this.#give(answer) : answer(400, { error: 'invalid_grant' });
      }
      case 'refresh_token': {
        const used = form.get('refresh_token') ?? '';
        if (this.#refresh.delete(used)) return this.#give(answer);
        this.revokeAll();
        return answer(400, { error: 'invalid_grant', error_description: `no such token: ${used}` });
      }
      case 'client_credentials':
        return this.#give(answer, false);
      default:
        return answer(400, { error: 'unsupported_grant_type' });
    }
  }

  #give(answer: (status: number, body: object) => void, withRefresh = true): void {
    const [access, refresh] = [token(), token()];
    this.#access.add(access);
    this.issued.push(access);
    if (withRefresh) {
      this.#refresh.add(refresh);
      this.issued.push(refresh);
    }
    answer(200, {
      access_token: access,
      token_type: 'Bearer',
      expires_in: this.lifeSeconds,
      ...(withRefresh ? { refresh_token: refresh } : {}),
    });
  }
}
