import { afterEach, beforeEach, describe, it, vi } from 'vitest';
import { readAnswer } from './read-answer.ts';

const HEADERS = { 'Content-Type': 'text/event-stream' };
const said = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('an answer that is a stream', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is shown as far as it came in three seconds, and let go', async ({ expect }) => {
    const cancel = vi.fn();
    const body = new ReadableStream({ start: (stream) => stream.enqueue(said('data: 1')), cancel });
    const answer = readAnswer(new Response(body, { headers: HEADERS }), 7);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await answer).toEqual({ status: 200, ms: 7, text: 'data: 1', isWhole: false });
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('fails at once where it breaks, and nothing is left to fail later', async ({ expect }) => {
    const body = new ReadableStream({ start: (stream) => stream.error(new Error('gone')) });
    await expect(readAnswer(new Response(body, { headers: HEADERS }), 7)).rejects.toThrow('gone');
    expect(vi.getTimerCount()).toBe(0);
  });
});
