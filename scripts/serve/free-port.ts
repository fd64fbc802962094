import { createServer } from 'node:net';

/**
 * workerd shares a port that is taken (SO_REUSEPORT) and two deployments would answer in turn, so we ask first.
 * @throws Error when `port` on `host` cannot be had.
 */
export function assertPortFree(host: string, port: number): Promise<void> {
  if (port === 0) {
    return Promise.resolve();
  }
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      fail(
        new Error(
          error.code === 'EADDRINUSE'
            ? `Port ${port} is in use. Stop what uses it, or choose another: PORT=8788 npm start`
            : `Cannot listen on ${host}:${port}: ${error.message}`,
        ),
      );
    });
    server.listen({ host, port, exclusive: true }, () => server.close(() => done()));
  });
}
