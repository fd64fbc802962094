import { describe, it } from 'vitest';
import { itemsText } from '../../core/data/json-text.ts';
import { hookItems } from './hook-items.ts';
import type { HookCall } from './protocol.ts';

const call = (contentType = 'application/json'): HookCall =>
  ({
    request: {
      method: 'POST',
      url: 'http://x/hooks/acme/a',
      headers: { 'content-type': contentType },
      params: {},
      query: '?a=1&a=2',
      contentType,
    },
  }) as unknown as HookCall;
const around = {
  headers: { 'content-type': 'application/json' },
  params: {},
  query: { a: ['1', '2'] },
  webhookUrl: 'http://x/hooks/acme/a',
  executionMode: 'production',
};
const list = Array.from({ length: 1_000 }, (_, n) => ({ n, text: 'grün "x"' }));

describe('items of a webhook call', () => {
  it('are the same for small and large bodies, and large ones travel on as they came', ({ expect }) => {
    for (const body of [{ a: 1 }, { list }]) {
      for (const space of [0, 2]) {
        const text = JSON.stringify(body, null, space);
        const decoded = hookItems(call(), text);
        if (!decoded.ok) throw new Error(decoded.error.message);
        const written = itemsText(decoded.items);
        expect(written).not.toContain('\n');
        expect(JSON.parse(written)).toEqual([{ json: { ...around, body } }]);
        if (text.length > 4_096) expect(written).toContain(text.replaceAll('\n', ' '));
        expect(decoded.items).toEqual([{ json: { ...around, body } }]);
        expect(Object.keys(decoded.items[0]?.json ?? {})).toEqual(
          Object.keys({ ...around, webhookUrl: undefined, executionMode: undefined }).toSpliced(3, 0, 'body'),
        );
      }
    }
  });

  it('are refused with the reason, whatever the size', ({ expect }) => {
    const pad = JSON.stringify(list);
    for (const text of ['{"a":', `{"a":${pad},}`, `${pad}x`, `[${'['.repeat(5_000)}`]) {
      const decoded = hookItems(call(), text);
      expect(decoded).toMatchObject({ ok: false, error: { status: 400, code: 'invalid-json' } });
    }
    const deep = (levels: number): string => `{"pad":${pad},"deep":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    expect(hookItems(call(), deep(255)).ok).toBe(true);
    expect(hookItems(call(), deep(256))).toMatchObject({ ok: false, error: { code: 'json-too-deep' } });
  });
});
