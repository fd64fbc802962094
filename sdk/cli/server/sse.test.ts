import { describe, it } from 'vitest';
import { eventsOf } from './sse.ts';

describe('server-sent events', () => {
  it('[CLI6] are the same however the bytes are cut', async ({ expect }) => {
    const text = ': hello\nretry: 5\n\nevent: step\ndata: {"é":1}\n\ndata: a\ndata: b\n\nevent: cut\ndata: no end';
    const bytes = new TextEncoder().encode(text);
    for (let size = 1; size <= bytes.length; size++) {
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.subarray(at, at + size));
          controller.close();
        },
      });
      const events = [];
      for await (const event of eventsOf(stream)) events.push(event);
      expect(events).toEqual([
        { event: 'step', data: '{"é":1}' },
        { event: 'message', data: 'a\nb' },
      ]);
    }
  });
});
