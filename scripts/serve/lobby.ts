import { rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from './http.ts';

interface LobbyOptions {
  /** Unix socket to wait at. */
  path: string;
  /** Unix socket of the host. */
  host: string;
  /** Settles when the host listens. Called once a request. */
  open(): Promise<void>;
}

/**
 * Receives calls while their host is not up: starts it, then passes them on. Each answer closes its connection, so the
 * next call of that client goes to the host itself. A host that fails breaks the connection, as it would without us.
 */
export async function startLobby({ path, host, open }: LobbyOptions): Promise<{ stop(): void }> {
  const pass = (call: IncomingMessage, answer: ServerResponse): void => {
    const { connection: _, ...headers } = call.headers;
    const sent = request({ socketPath: host, path: call.url, method: call.method, headers, agent: false }, (reply) => {
      const { 'transfer-encoding': _chunked, connection: _closed, ...rest } = reply.headers;
      answer.writeHead(reply.statusCode ?? 502, { ...rest, connection: 'close' });
      // Callers read a meaning into a head without a body (workers/code-host/host.ts).
      answer.flushHeaders();
      reply.on('error', () => answer.destroy());
      reply.pipe(answer);
    });
    sent.on('error', () => answer.destroy());
    answer.on('close', () => sent.destroy());
    call.pipe(sent);
  };
  const server = createServer((call, answer) => {
    open().then(
      () => pass(call, answer),
      () => answer.destroy(),
    );
  });
  rmSync(path, { force: true });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(path, done);
  });
  return {
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
