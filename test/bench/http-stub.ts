import { createServer } from 'node:http';

/** The address W4 calls is in its file. */
const PORT = 9099;
const ANSWER = '{"id":7,"price":100,"currency":"EUR"}';

/** Whether the stub of the bench kit, or another bench, runs already: it answers the same. */
async function runsAlready(): Promise<boolean> {
  try {
    return (await (await fetch(`http://127.0.0.1:${PORT}/item`)).text()) === ANSWER;
  } catch {
    return false;
  }
}

/** Answers W4's call at once. @throws Error when the port is taken by something else. */
export async function startStub(): Promise<{ stop(): void }> {
  if (await runsAlready()) return { stop: () => undefined };
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(ANSWER);
  });
  await new Promise<void>((done, fail) => {
    server.once('error', () => fail(new Error(`Port ${PORT} of 127.0.0.1 is needed for the HTTP stub and is in use`)));
    server.listen(PORT, '127.0.0.1', done);
  });
  return {
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
