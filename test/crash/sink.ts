import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request the product made. Order of arrival is the order in the list. */
export interface Arrival {
  run: string;
  /** Id that the test's client gave; one client request must become one run. */
  id: string;
  step: number;
  key: string;
  /** Number the sink answered with: says later which arrival an outcome was recorded from. */
  n: number;
}

export interface Sink {
  url: string;
  arrivals: Arrival[];
  /** While true, requests are taken and not answered. */
  hold: boolean;
  /** Settles when each of these runs has made its request of `step`; false after `limitMs`. */
  reached(runs: ReadonlySet<string>, step: number, limitMs: number): Promise<boolean>;
  stop(): void;
}

/** The world outside: counts what is done to it, in a process that is never killed. */
export async function startSink(): Promise<Sink> {
  const arrivals: Arrival[] = [];
  const seen = new Map<number, Set<string>>();
  let n = 0;
  const sink: Sink = {
    url: '',
    arrivals,
    hold: false,
    async reached(runs, step, limitMs) {
      const deadline = performance.now() + limitMs;
      while (performance.now() < deadline) {
        const there = seen.get(step);
        if (there && [...runs].every((run) => there.has(run))) return true;
        await new Promise((done) => setTimeout(done, 5));
      }
      return runs.size === 0;
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('error', () => undefined);
    request.on('data', (part: string) => (text += part));
    request.on('end', () => {
      const { run, id, step } = JSON.parse(text) as Pick<Arrival, 'run' | 'id' | 'step'>;
      arrivals.push({ run, id, step, key: String(request.headers['idempotency-key'] ?? ''), n: ++n });
      const there = seen.get(step) ?? new Set();
      seen.set(step, there.add(run));
      const number = n;
      const answer = (): void => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ n: number, id }));
      };
      // Spread, so that kills find runs before, in and after their calls.
      if (!sink.hold) setTimeout(answer, Math.random() * 20);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  sink.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return sink;
}
