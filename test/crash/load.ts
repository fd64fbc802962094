/** What one client request became. */
export interface Acknowledged {
  run: string;
  id: string;
  path: string;
}

export interface Load {
  acknowledged: Acknowledged[];
  /** Requests whose answer never came; sent again with their key once the product is back. */
  open: { id: string; path: string }[];
  stop(): Promise<void>;
}

let counter = 0;

/** Sends one trigger; undefined when no answer came. @throws Error on an answer that is not a success. */
export async function trigger(
  base: string,
  path: string,
  body: { id: string; until?: string },
): Promise<string | undefined> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${base}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': body.id },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    text = await response.text();
  } catch {
    return undefined;
  }
  // 503 is what a runner says that restarts: not acknowledged, may be repeated.
  if (response.status === 503) return undefined;
  const run = response.headers.get('x-millrace-run');
  if (!response.ok || run === null) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 300)}`);
  return run;
}

/** `clients` clients that each send one trigger after the other until stopped. Everything goes into `into`. */
export function startLoad(
  base: string,
  paths: readonly string[],
  clients: number,
  into: Omit<Load, 'stop'>,
): Pick<Load, 'stop'> {
  let stopped = false;
  const failures: unknown[] = [];
  const client = async (): Promise<void> => {
    while (!stopped) {
      const known = into.open.pop();
      const id = known?.id ?? `c${process.pid}-${counter++}`;
      const path = known?.path ?? paths[counter % paths.length] ?? '';
      const run = await trigger(base, path, { id });
      if (run === undefined) {
        into.open.push({ id, path });
        if (!stopped) await new Promise((done) => setTimeout(done, 20));
        continue;
      }
      into.acknowledged.push({ run, id, path });
      // A breath, or the backlog of calls to the sink grows without bound.
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  const all = Promise.all(
    Array.from({ length: clients }, () => client().catch((error: unknown) => void failures.push(error))),
  );
  return {
    async stop() {
      stopped = true;
      await all;
      if (failures.length > 0) throw failures[0];
    },
  };
}
