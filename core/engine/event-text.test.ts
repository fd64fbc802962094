import { describe, it } from 'vitest';
import type { Item } from '../data/item.ts';
import { itemsText, rememberJsonText } from '../data/json-text.ts';
import { eventText } from './event-text.ts';
import type { StartEvent } from './events.ts';

const start = (items: Item[]): StartEvent => ({
  t: 'start',
  at: 1,
  workflow: 'w',
  version: '1',
  mode: 'manual',
  node: 'n',
  items,
});
const pad = 'x'.repeat(5000);

describe('text of events', () => {
  it('parses to the event, remembered text or not', ({ expect }) => {
    const items: Item[] = [{ json: { pad }, binary: { f: { mimeType: 'a/b' } }, pairedItem: 0 }];
    expect(JSON.parse(eventText(start(items)))).toEqual(start(items));
    rememberJsonText(items[0]?.json ?? {}, `{ "pad": "${pad}" }`);
    expect(JSON.parse(eventText(start(items)))).toEqual(start(items));
    expect(eventText(start(items))).toContain('{ "pad"');
    expect(JSON.parse(itemsText([{ json: items[0]?.json ?? {} }]))).toEqual([{ json: { pad } }]);
  });

  it('remembers no line breaks and nothing small', ({ expect }) => {
    const json = { a: 1 };
    rememberJsonText(json, '{"a": 1}');
    expect(itemsText([{ json }])).toBe('[{"json":{"a":1}}]');
    const long = { pad };
    rememberJsonText(long, `{\n"pad":\r\n"${pad}\\n"}`);
    expect(itemsText([{ json: long }])).toBe(`[{"json":{ "pad":\r "${pad}\\n"}}]`);
  });
});
