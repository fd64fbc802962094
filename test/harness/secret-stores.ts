import { createHash, createHmac, createVerify, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Stand-ins for four stores of secrets that check what the real ones check: tokens, SigV4, signed assertions. */
export class SecretStores {
  readonly keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  readonly vaultToken = 'hvs.canary-vault-token';
  readonly aws = { accessKeyId: 'AKIDCANARY', secretAccessKey: 'canary/aws+secret' };
  readonly azure = { clientId: 'azure-client', clientSecret: 'canary-azure-secret' };
  /** By name: the text of the secret. */
  readonly secrets = new Map<string, string>();
  readonly asked: string[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request: IncomingMessage, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (part: Buffer) => chunks.push(part));
      request.on('end', () => {
        this.asked.push(`${request.method} ${request.url}`);
        const { status, body } = this.#answer(request, Buffer.concat(chunks).toString());
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
  }

  static async start(): Promise<SecretStores> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new SecretStores(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer(request: IncomingMessage, body: string): { status: number; body: object } {
    const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
    if (request.headers['x-amz-target'] !== undefined) return this.#aws(request, body);
    if (path.startsWith('/v1/kv/data/')) {
      if (request.headers['x-vault-token'] !== this.vaultToken) {
        return { status: 403, body: { errors: ['permission denied'] } };
      }
      const found = this.secrets.get(path.slice('/v1/kv/data/'.length));
      return found === undefined
        ? { status: 404, body: { errors: [] } }
        : { status: 200, body: { data: { data: JSON.parse(found) as object, metadata: { version: 1 } } } };
    }
    if (path === '/gcp/token') return this.#gcpToken(new URLSearchParams(body));
    if (path === '/dir-1/oauth2/v2.0/token') {
      const form = new URLSearchParams(body);
      const ok =
        form.get('grant_type') === 'client_credentials' &&
        form.get('client_id') === this.azure.clientId &&
        form.get('client_secret') === this.azure.clientSecret &&
        form.get('scope') === 'https://vault.azure.net/.default';
      return ok
        ? { status: 200, body: { access_token: 'azure-access' } }
        : { status: 401, body: { error: 'invalid_client', got: body } };
    }
    const gcp = /^\/v1\/projects\/proj\/secrets\/([^/]+)\/versions\/latest:access$/.exec(path)?.[1];
    if (gcp !== undefined) {
      if (request.headers.authorization !== 'Bearer gcp-access') {
        return { status: 401, body: { error: 'UNAUTHENTICATED' } };
      }
      const found = this.secrets.get(gcp);
      return found === undefined
        ? { status: 404, body: { error: 'NOT_FOUND' } }
        : { status: 200, body: { payload: { data: Buffer.from(found).toString('base64') } } };
    }
    const azure = /^\/secrets\/([^/]+)$/.exec(path)?.[1];
    if (azure !== undefined && request.url?.endsWith('?api-version=7.4')) {
      if (request.headers.authorization !== 'Bearer azure-access') {
        return { status: 401, body: { error: 'Unauthorized' } };
      }
      const found = this.secrets.get(azure);
      return found === undefined
        ? { status: 404, body: { error: 'SecretNotFound' } }
        : { status: 200, body: { value: found } };
    }
    return { status: 404, body: {} };
  }

  /** RFC 7523: signed by the account's key, for this token URL, not expired. */
  #gcpToken(form: URLSearchParams): { status: number; body: object } {
    const [head = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
    const read = JSON.parse(Buffer.from(claims, 'base64url').toString() || '{}') as Record<string, unknown>;
    const ok =
      form.get('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer' &&
      createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(this.keys.publicKey, signature, 'base64url') &&
      read['iss'] === 'robot@proj.iam' &&
      read['aud'] === `${this.url}/gcp/token` &&
      Number(read['exp']) * 1_000 > Date.now();
    return ok
      ? { status: 200, body: { access_token: 'gcp-access' } }
      : { status: 400, body: { error: 'invalid_grant' } };
  }

  /** Signature Version 4 computed again from what arrived. */
  #aws(request: IncomingMessage, body: string): { status: number; body: object } {
    const header = request.headers.authorization ?? '';
    const [, id = '', date = '', region = '', service = '', names = '', signature = ''] =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
        header,
      ) ?? [];
    const stamp = String(request.headers['x-amz-date'] ?? '');
    const canonical = [
      request.method,
      '/',
      '',
      ...names.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}`),
      '',
      names,
      hex(body),
    ].join('\n');
    const scope = `${date}/${region}/${service}/aws4_request`;
    const text = ['AWS4-HMAC-SHA256', stamp, scope, hex(canonical)].join('\n');
    const key = [region, service, 'aws4_request'].reduce<Buffer>(
      (before, part) => hmac(before, part),
      hmac(`AWS4${this.aws.secretAccessKey}`, date),
    );
    const isSigned =
      id === this.aws.accessKeyId &&
      service === 'secretsmanager' &&
      region === 'eu-west-1' &&
      names.includes('host') &&
      names.includes('x-amz-target') &&
      hmac(key, text).toString('hex') === signature;
    if (!isSigned) return { status: 400, body: { __type: 'InvalidSignatureException', got: header } };
    const found = this.secrets.get((JSON.parse(body) as { SecretId: string }).SecretId);
    return found === undefined
      ? { status: 400, body: { __type: 'ResourceNotFoundException' } }
      : { status: 200, body: { SecretString: found } };
  }
}
