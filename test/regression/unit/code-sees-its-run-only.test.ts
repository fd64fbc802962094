import { describe, it } from 'vitest';
import { codeExecutor } from '../../../core/nodes/code/executor.ts';
import type { EffectReply } from '../../../core/node/kit.ts';
import { bench, json, out, sketch } from '../../../core/shard/testing.ts';

describe('what travels into an isolate with code', () => {
  // The facts about the run carried the run itself: every step's items, the document and the variables.
  it('[CDN15, CDN16] is what the code may read, and nothing else of its run', async ({ expect }) => {
    const source = { code: 'return items', language: 'javascript', mode: 'all' } as const;
    const program = sketch(
      {
        first: { outputs: 1, run: () => out(json({ unseen: 'of another step' })) },
        last: { outputs: 1, run: () => out(json({ a: 1 })) },
        code: codeExecutor(source),
      },
      ['first -> last', 'last -> code'],
    );
    const reply: EffectReply = { ok: true, value: { outputJson: '{"value":[]}', round: 0, names: [] } };
    const { host, orders } = bench({ replies: () => reply });
    const run = await host.run(program, { mode: 'manual' });
    const payload = orders[0]?.effect.payload ?? {};
    expect(JSON.stringify(payload)).not.toContain('of another step');
    const meta = JSON.parse(String(payload['metaJson'])) as { execution: object; runMode: string };
    expect(meta.execution).toEqual({ id: run.id, mode: 'test' });
    expect(meta.runMode).toBe('manual');
  });
});
