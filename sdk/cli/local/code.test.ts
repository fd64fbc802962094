import { describe, it } from 'vitest';
import { CodeRunner } from './code.ts';

const payload = (code: string) => ({
  code,
  metaJson: JSON.stringify({
    mode: 'all',
    node: { name: 'Code', version: 2, parameters: {} },
    workflow: {},
    execution: {},
    vars: {},
    nowMs: 0,
    zone: 'UTC',
  }),
  itemsJson: '[]',
  nodesJson: '{}',
  continueOnFail: false,
  round: 0,
  names: [],
});

describe('code in a local run', () => {
  it('[CLI17] is killed when it never yields, and the next call has a process again', async ({ expect }) => {
    const runner = new CodeRunner(1_500);
    try {
      const [hung, next] = await Promise.all([
        runner.perform(payload('for (;;) {}'), undefined),
        runner.perform(payload('return [{ json: { ok: true } }]'), undefined),
      ]);
      expect(hung).toMatchObject({ ok: false, error: { code: 'code-timeout' } });
      expect(next).toMatchObject({ ok: true, value: { outputJson: '{"value":[{"json":{"ok":true}}]}' } });
    } finally {
      runner.close();
    }
  });

  it('[CLI17] tells where the syntax is wrong', async ({ expect }) => {
    const runner = new CodeRunner();
    try {
      const reply = await runner.perform(payload('const a = 1;\nreturn [;'), undefined);
      expect(reply).toMatchObject({
        ok: false,
        error: { code: 'code-error', message: expect.stringMatching(/^SyntaxError: .*\[line 2\]$/) as string },
      });
    } finally {
      runner.close();
    }
  });
});
