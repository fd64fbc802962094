import { describe, it, vi } from 'vitest';
import type { Item, JsonObject } from '../../data/item.ts';
import { node as extract } from '../extract-from-file/index.ts';
import { MemoryFiles, transformed } from '../testing.ts';
import { node } from './index.ts';

const make = (files: MemoryFiles, items: JsonObject[], parameters: JsonObject, more = {}): Promise<Item[]> =>
  transformed(node, { items, parameters, ...more }, files);
const textOf = async (items: JsonObject[], parameters: JsonObject): Promise<string> => {
  const files = new MemoryFiles();
  const [made] = await make(files, items, parameters);
  return files.text(made?.binary?.['data']);
};

describe('convert to file', () => {
  it('[CTF1] writes all items into one CSV file', async ({ expect }) => {
    const files = new MemoryFiles();
    const items = [
      { a: 1, b: { c: true, d: [1, 2] } },
      { z: 'x,"y"\nz', a: null },
    ];
    const made = await make(files, items, {});
    expect(made).toMatchObject([
      {
        json: {},
        binary: { data: { fileName: 'file.csv', mimeType: 'text/csv' } },
        pairedItem: [{ item: 0 }, { item: 1 }],
      },
    ]);
    expect(files.text(made[0]?.binary?.['data'])).toBe('\ufeffa,b.c,b.d.0,b.d.1,z\n1,TRUE,1,2,\n,,,,"x,""y""\nz"\n');
    expect(await textOf(items, { options: { delimiter: ';', headerRow: false, addBOM: false } })).toBe(
      '1;TRUE;1;2;\n;;;;"x,""y""\nz"\n',
    );
    expect(await make(files, [], {})).toEqual([]);
  });

  it('[CTF2] writes JSON, text and bytes', async ({ expect }) => {
    const items = [{ a: 'é' }, { a: 'b' }];
    expect(await textOf(items, { operation: 'toJson' })).toBe('[{"a":"é"},{"a":"b"}]');
    expect(await textOf(items, { operation: 'toJson', mode: 'each', options: { format: true } })).toBe(
      '{\n  "a": "é"\n}',
    );
    const files = new MemoryFiles();
    const parameters = {
      operation: 'toText',
      sourceProperty: 'a',
      options: { fileName: '={{ $json.a }}.md', encoding: 'latin1' },
    };
    const made = await make(files, items, parameters);
    expect(made.map(({ binary, pairedItem }) => [binary?.['data']?.fileName, pairedItem])).toEqual([
      ['é.md', [{ item: 0 }]],
      ['b.md', [{ item: 1 }]],
    ]);
    expect([...files.bytes(made[0]?.binary?.['data'])]).toEqual([0xe9]);
    const png = { deep: [{ b64: 'iVBORw0KGgoAAAANSUhEUgAA' }] };
    const binary = await make(files, [png], { operation: 'toBinary', sourceProperty: 'deep[0].b64', options: {} });
    expect(binary).toMatchObject([{ binary: { data: { mimeType: 'image/png', sizeBytes: 18 } } }]);
  });

  const table = [
    { n: 2, name: 'uk', yes: true, text: 'ünï "q" {b} \\ <i>', zip: '0123' },
    { n: -1.5, name: '日本', yes: false, text: 'two\nlines', zip: '9' },
  ];
  it.for(['xlsx', 'xls', 'ods', 'html', 'rtf'])('[CTF3] %s reads back as written', async (operation, { expect }) => {
    const files = new MemoryFiles();
    const made = await make(files, table, { operation });
    const read = await transformed(extract, { inputs: [made], parameters: { operation, options: {} } }, files);
    const isTyped = !['html', 'rtf'].includes(operation);
    const wanted = table.map((row) => ({ ...row, ...(isTyped || row.zip !== '9' ? {} : { zip: 9 }) }));
    const plain = read.map(({ json }) => ({ ...json, text: String(json['text']).replace(/\s+/g, ' ') }));
    expect(plain).toEqual(wanted.map((row) => ({ ...row, text: row.text.replace(/\s+/g, ' ') })));
  });

  it('[CTF3] an XLS file of several megabytes', async ({ expect }) => {
    const files = new MemoryFiles();
    const items = Array.from({ length: 9_000 }, (_, n) => ({ n, text: `${n}`.repeat(100) }));
    const made = await make(files, items, { operation: 'xls' });
    const read = await transformed(extract, { inputs: [made], parameters: { operation: 'xls' } }, files);
    expect(read).toHaveLength(9_000);
    expect(read.at(-1)?.json).toEqual(items.at(-1));
  });

  it('[CTF4] writes events that say only what they are given', async ({ expect }) => {
    const parameters = {
      operation: 'iCal',
      title: 'Lunch; with, Ann\r\nATTENDEE:mailto:evil@example.com',
      start: '2026-03-01T12:00:00',
      end: '2026-03-01T13:00:00',
      additionalFields: {
        description: 'x'.repeat(200),
        url: 'https://example.com/\r\nX-EVIL:1',
        organizerUi: { organizerValues: { name: 'A "B"', email: 'a@example.com' } },
        attendeesUi: { attendeeValues: [{ name: 'C', email: 'c@example.com', rsvp: true }] },
        recurrenceRule: 'RRULE:FREQ=DAILY;COUNT=2',
        useWorkflowTimezone: true,
      },
    };
    const lines = (await textOf([{}], parameters)).split('\r\n');
    expect(lines.every((line) => line.length <= 75)).toBe(true);
    const whole = lines.join('\n').replaceAll('\n ', '').split('\n');
    expect(whole).toContain(String.raw`SUMMARY:Lunch\; with\, Ann\nATTENDEE:mailto:evil@example.com`);
    expect(whole).toContain('URL:https://example.com/X-EVIL:1');
    expect(whole).toContain('DTSTART;TZID=America/New_York:20260301T120000');
    expect(whole).toContain(`ORGANIZER;CN="A 'B'":mailto:a@example.com`);
    expect(whole).toContain('ATTENDEE;RSVP=TRUE;CN="C":mailto:c@example.com');
    expect(whole).toContain('RRULE:FREQ=DAILY;COUNT=2');
    expect(whole.filter((line) => /^(X-EVIL|ATTENDEE:)/.test(line))).toEqual([]);
    const day = await textOf([{}], { operation: 'iCal', start: '2026-03-01', allDay: true });
    expect(day).toContain('DTSTART;VALUE=DATE:20260301\r\nDTEND;VALUE=DATE:20260302\r\n');
  });

  it.for(['csv', 'xlsx', 'xls', 'ods', 'iCal'])('[CTF5] %s is the same each time', async (operation, { expect }) => {
    const files = new MemoryFiles();
    const parameters = { operation, start: '2026-03-01' };
    vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 });
    const [one] = await make(files, table, parameters);
    vi.setSystemTime(1_800_000_000_000);
    const [two] = await make(files, table, parameters);
    vi.useRealTimers();
    expect(files.bytes(one?.binary?.['data'])).toEqual(files.bytes(two?.binary?.['data']));
  });

  it('[CTF6] says what cannot be made', async ({ expect }) => {
    const cases: [JsonObject, JsonObject, string][] = [
      [{}, { operation: 'toText', sourceProperty: 'none' }, 'no-such-field'],
      [{}, { operation: 'toText' }, 'no-fields'],
      [{ a: '%%%' }, { operation: 'toBinary', sourceProperty: 'a' }, 'bad-base64'],
      [{ a: 'x' }, { operation: 'toText', sourceProperty: 'a', options: { encoding: 'klingon' } }, 'unknown-encoding'],
      [{}, { operation: 'iCal', start: 'soon' }, 'bad-date'],
      [{ a: 'x'.repeat(5_000) }, { operation: 'xls' }, 'cell-too-long'],
    ];
    for (const [json, parameters, code] of cases) {
      await expect(make(new MemoryFiles(), [json], parameters)).rejects.toMatchObject({ code });
    }
    await expect(make(new MemoryFiles(), [{}], { operation: 'docx' })).rejects.toMatchObject({ code: 'unknown-mode' });
    const made = await make(
      new MemoryFiles(),
      [{}, { a: 'x' }],
      { operation: 'toText', sourceProperty: 'a' },
      { continueOnFail: true },
    );
    expect(made).toMatchObject([{ json: { error: 'The item has no value in "a".' } }, { binary: { data: {} } }]);
  });
});
