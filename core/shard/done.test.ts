import { describe, it } from 'vitest';
import { MAX_SAID_CHARS, saidBy } from '../chat/told.ts';
import { bench, pass, passOn, sketch } from './testing.ts';

const replying = (body: string) =>
  sketch(
    {
      chat: { type: 'chat-trigger', does: pass },
      respond: {
        outputs: 1,
        run: (step) => ({ ...passOn(step), reply: { status: 200, headers: [], body } }),
      },
    },
    ['chat -> respond'],
  );

describe('what a step said', () => {
  it('[CHT13] is recorded as far as a chat shows it, whoever replied', async ({ expect }) => {
    const { host } = bench();
    const run = await host.run(replying('x'.repeat(MAX_SAID_CHARS + 1)));
    expect(saidBy(run).map(({ length }) => length)).toEqual([MAX_SAID_CHARS]);
    expect(JSON.stringify(host.journals.get(run.id)).length).toBeLessThan(MAX_SAID_CHARS + 2_000);
  });
});
