import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inflateRawSync } from 'node:zlib';
import { encode } from '../../workers/saml/testing.ts';

/**
 * The page of a SAML identity provider, for browsers: who presses its button is sent back with what `answer` makes of
 * the request. Under the name `localhost`, so that its post comes from another site than the product's at 127.0.0.1.
 */
export class SamlPage {
  answer: (request: string) => string = () => '';
  acs = '';
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request, response) => {
      const { searchParams } = new URL(request.url ?? '/', this.url);
      // browsers ask for icons as well
      if (!searchParams.has('SAMLRequest')) return void response.writeHead(404).end();
      const xml = inflateRawSync(Buffer.from(searchParams.get('SAMLRequest') ?? '', 'base64')).toString();
      const given = {
        SAMLResponse: encode(this.answer(/ ID="([^"]+)"/.exec(xml)?.[1] ?? '')),
        RelayState: searchParams.get('RelayState') ?? '',
      };
      const fields = Object.entries(given).map(
        ([name, value]) => `<input type="hidden" name="${name}" value="${value}">`,
      );
      response.setHeader('content-type', 'text/html');
      response.end(
        `<!doctype html><title>Company</title><form method="post" action="${this.acs}">${fields.join('')}<button>Sign in as Bob</button></form>`,
      );
    });
  }

  static async start(): Promise<SamlPage> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new SamlPage(server);
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
