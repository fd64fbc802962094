import { describe, it } from 'vitest';
import type { CodePayload } from '../../../core/nodes/code/payload.ts';
import { CodeRunner } from './code.ts';

const payload = (code: string) => ({
  code,
  language: 'javascript' as const,
  network: false,
  metaJson: JSON.stringify({
    mode: 'all',
    runMode: 'manual',
    runIndex: 0,
    node: { id: 'n1', name: 'Code', version: 2, parameters: {} },
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
    const runner = new CodeRunner(fetch, 1_500);
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
    const runner = new CodeRunner(fetch);
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

  const answerOf = async (runner: CodeRunner, more: Partial<CodePayload>): Promise<unknown> => {
    const reply = await runner.perform({ ...payload(''), ...more }, undefined);
    return reply.ok ? JSON.parse(String((reply.value as { outputJson: string }).outputJson)) : reply.error;
  };
  const sending = (): { runner: CodeRunner; sent: string[] } => {
    const sent: string[] = [];
    const runner = new CodeRunner((url) => {
      sent.push(String(url));
      return Promise.resolve(Response.json({ a: 1 }));
    });
    return { runner, sent };
  };

  it('[CLI17] has the packages and the files of a server', async ({ expect }) => {
    const { runner } = sending();
    try {
      const code = `const file = await this.helpers.prepareBinaryData(Buffer.from('hi'), 'a.txt');
        items.push({ json: {}, binary: { file } });
        return { n: require('lodash').sum([1, 2]), text: require('cheerio').load('<b>x</b>')('b').text(), file, back: String(await this.helpers.getBinaryDataBuffer(0, 'file')) }`;
      expect(await answerOf(runner, { code })).toEqual({
        value: {
          n: 3,
          text: 'x',
          file: { mimeType: 'text/plain', fileName: 'a.txt', data: 'aGk=', sizeBytes: 2 },
          back: 'hi',
        },
      });
    } finally {
      runner.close();
    }
  });

  it('[CLI17] sends requests through the command line, where the node allows it', async ({ expect }) => {
    const { runner, sent } = sending();
    const code = 'return { got: await (await fetch("http://example.com/")).json() }';
    try {
      const metaJson = JSON.stringify({ ...(JSON.parse(payload('').metaJson) as object), network: true });
      expect(await answerOf(runner, { code })).toMatchObject({ code: 'network-denied' });
      expect(await answerOf(runner, { code: 'return { t: typeof globalThis.fetch }' })).toEqual({
        value: { t: 'undefined' },
      });
      expect(sent).toEqual([]);
      expect(await answerOf(runner, { code, network: true, metaJson })).toEqual({ value: { got: { a: 1 } } });
      expect(sent).toEqual(['http://example.com/']);
    } finally {
      runner.close();
    }
  });

  it('[CLI17] runs Python', async ({ expect }) => {
    const { runner } = sending();
    try {
      const python = (code: string): Promise<unknown> => answerOf(runner, { language: 'python', code });
      expect(await python('print("hi")\nreturn [{"json": {"n": 1 + len(_items)}}]')).toEqual({
        value: [{ json: { n: 1 } }],
        logs: ['hi'],
      });
      expect(await python('import js\nreturn js.process')).toMatchObject({ code: 'code-error' });
    } finally {
      runner.close();
    }
  });

  it('[CDN13] facts noted about the run come back, from code that fails too', async ({ expect }) => {
    const { runner } = sending();
    const note = `const { customData } = $execution;
      customData.setAll({ a: 1, b: 'x' });
      customData.set('a', Number(customData.get('a')) + 1);`;
    const facts = { a: '2', b: 'x' };
    try {
      const code = `${note} return customData.getAll()`;
      expect(await answerOf(runner, { code })).toEqual({ value: facts, customData: facts });
      expect(await answerOf(runner, { code: `${note} throw new Error('no')` })).toMatchObject({ customData: facts });
    } finally {
      runner.close();
    }
  });
});
