import { describe, it } from 'vitest';
import { followRuns } from '../../../workers/areas/runs/following.ts';

/** A shard that always has something to say, and counts what is taken from it. */
function shard() {
  const state = { sent: 0, isGone: false };
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      // a turn of its own each time, as over a connection
      await new Promise((done) => setTimeout(done));
      if (!state.isGone) controller.enqueue(new Uint8Array([state.sent++]));
    },
    cancel: () => void (state.isGone = true),
  });
  return { state, fetch: async () => new Response(body) };
}

// With several shards their pieces were taken as they came: a reader who did not read was never cut off by any of them,
// and its list piled up in the Worker instead.
describe('[RNS5] the stream of the list over several shards', () => {
  it('takes no more of them than is read, and leaves them with its reader', async ({ expect }) => {
    const shards = [shard(), shard()];
    const response = (await followRuns(shards, undefined)) as Response;
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await new Promise((done) => setTimeout(done, 100));
    for (const { state } of shards) expect(state.sent).toBeLessThan(10);
    for (let piece = 0; piece < 20; piece++) expect((await reader.read()).done).toBe(false);
    for (const { state } of shards) expect(state.sent).toBeGreaterThan(2);
    await reader.cancel();
    expect(shards.map(({ state }) => state.isGone)).toEqual([true, true]);
  });

  it('ends with the first that ends, or breaks with the first that breaks', async ({ expect }) => {
    for (const last of ['close', 'error'] as const) {
      const going = shard();
      const ending = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new Uint8Array([200])),
        pull: (controller) => controller[last](),
      });
      const response = await followRuns([going, { fetch: async () => new Response(ending) }], undefined);
      const text = (response as Response).bytes();
      if (last === 'close') expect(await text).toContain(200);
      else await expect(text).rejects.toBeUndefined();
      expect(going.state.isGone).toBe(true);
    }
  });
});
