import { rmSync } from 'node:fs';
import { createServer } from './http.ts';

/**
 * Miniflare's simulators (D1, R2, Queues) report to "loopback", which in Miniflare is its own process. It takes their
 * log lines (a queue whose line is not taken delivers again) and words their internal errors.
 */
export async function startLoopback(socketPath: string, onError: (text: string) => void): Promise<{ stop(): void }> {
  rmSync(socketPath, { force: true });
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (text += part));
    request.on('end', () => {
      // The simulator passes our answer on as its own.
      if (request.url?.startsWith('/core/error')) {
        onError(text.slice(0, 2_000));
        response
          .writeHead(500, { 'content-type': 'text/plain' })
          .end('The local storage simulator failed; see the log.');
      } else {
        response.writeHead(204).end();
      }
    });
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(socketPath, done);
  });
  return {
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
