import type { RunnerRpc } from '../../../durable-objects/runner/protocol.ts';

/** What changes in the list of runs, of all shards as one stream. Undefined when one of them takes no more readers. */
export async function followRuns(
  runners: readonly Pick<RunnerRpc, 'fetch'>[],
  workflows: readonly string[] | undefined,
): Promise<Response | undefined> {
  const body = JSON.stringify(workflows === undefined ? {} : { workflows });
  const streams = await Promise.all(
    runners.map((runner) => runner.fetch(new Request('https://runner/events', { method: 'POST', body }))),
  );
  const bodies = streams.flatMap((stream) => (stream.ok && stream.body ? [stream.body] : []));
  if (bodies.length < runners.length) {
    await Promise.all(bodies.map((each) => each.cancel()));
    return undefined;
  }
  const [only] = bodies;
  return new Response(bodies.length === 1 && only ? only : joined(bodies));
}

/** Shards send whole events at a time, so their pieces may follow each other in any order. Ends with the first that ends. */
function joined(bodies: readonly ReadableStream<Uint8Array>[]): ReadableStream<Uint8Array> {
  const readers = bodies.map((body) => body.getReader());
  const stop = (): void => {
    for (const reader of readers) void reader.cancel().catch(() => undefined);
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const pass = async (reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> => {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return;
          controller.enqueue(value);
        }
      };
      void Promise.race(readers.map(pass))
        .then(() => controller.close())
        .catch(() => undefined)
        .finally(stop);
    },
    cancel: stop,
  });
}
