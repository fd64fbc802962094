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

/**
 * Shards send whole events at a time, so their pieces may follow each other in any order. Nothing is taken from them before
 * it is wanted: they cut off who does not read. Ends with the first that ends.
 */
function joined(bodies: readonly ReadableStream<Uint8Array>[]): ReadableStream<Uint8Array> {
  const readers = bodies.map((body) => body.getReader());
  const read = (reader: ReadableStreamDefaultReader<Uint8Array>) => {
    const piece = reader.read().then(({ value }) => ({ reader, value }));
    // what breaks meanwhile is seen when it is wanted
    piece.catch(() => undefined);
    return piece;
  };
  const next = new Map(readers.map((reader) => [reader, read(reader)]));
  const stop = async (): Promise<void> => {
    await Promise.all(readers.map((reader) => reader.cancel().catch(() => undefined)));
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { reader, value } = await Promise.race(next.values());
        if (value) {
          controller.enqueue(value);
          next.set(reader, read(reader));
          return;
        }
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      await stop();
    },
    cancel: stop,
  });
}
