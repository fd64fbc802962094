import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024));

/** What the server that may be reached does: `/redirect/307?to=`, `/echo`, and bodies that do not end well. */
export function answer(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
  const status = /^\/redirect\/(\d+)$/.exec(pathname)?.[1];
  if (status !== undefined) {
    response
      .writeHead(Number(status), { location: Buffer.from(searchParams.get('to') ?? '').toString('latin1') })
      .end();
    return;
  }
  switch (pathname) {
    case '/loop':
      response.writeHead(302, { location: `/loop?n=${Math.random()}` }).end();
      return;
    case '/endless': {
      response.writeHead(200, { 'content-type': 'text/plain' });
      const chunk = 'x'.repeat(65_536);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
      return;
    }
    case '/drip': {
      response.writeHead(200, { 'content-type': 'text/plain' });
      const timer = setInterval(() => response.write('x'), 200);
      response.on('close', () => clearInterval(timer));
      return;
    }
    case '/silent':
      return;
    case '/gzip':
      response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' }).end(BOMB);
      return;
    case '/declared':
      response.writeHead(200, { 'content-length': '10000000000' });
      response.write('x');
      return;
    case '/deep':
      response.writeHead(200, { 'content-type': 'application/json' }).end('['.repeat(200_000));
      return;
    case '/liar':
      response.writeHead(200, { 'content-type': 'application/json' }).end('<html>not json');
      return;
    case '/hangup':
      response.writeHead(200, { 'content-length': '100' });
      response.write('x');
      request.socket.destroy();
      return;
    default:
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data: request.headers }));
  }
}
