import { createServer } from 'node:http';
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

/** What a service answers: text, or bytes. */
export interface Said {
  status?: number;
  type: string;
  body: string | Uint8Array;
}

export const jsonText = (value: unknown): Said => ({ type: 'application/json', body: JSON.stringify(value) });

/** Plays the services that real workflows call, one below each first part of the path. */
export class StandIn {
  readonly url: string;
  readonly calls: Call[] = [];
  private readonly server: HttpServer;
  private readonly services: Record<string, (call: Call) => Said>;

  private constructor(server: HttpServer, services: Record<string, (call: Call) => Said>) {
    this.server = server;
    this.services = services;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(services: Record<string, (call: Call) => Said>): Promise<StandIn> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const standIn = new StandIn(server, services);
    server.on('request', (request, response) => void standIn.answer(request, response));
    return standIn;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const [, name = '', ...rest] = pathname.split('/');
    const { method = 'GET', headers } = request;
    const call = { method, path: rest.join('/'), query: searchParams, headers, body: Buffer.concat(parts).toString() };
    this.calls.push(call);
    const said = this.services[name]?.(call) ?? { status: 404, ...jsonText({ error: `no service ${name}` }) };
    response.writeHead(said.status ?? 200, { 'content-type': said.type });
    response.end(said.body);
  }
}
