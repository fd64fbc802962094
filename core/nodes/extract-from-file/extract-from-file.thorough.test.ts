import { strToU8, zipSync, zlibSync } from 'fflate';
import { describe, it } from 'vitest';
import type { Item, Json, JsonObject } from '../../data/item.ts';
import { MemoryFiles, transformed } from '../testing.ts';
import { node } from './index.ts';

type Content = string | Uint8Array<ArrayBuffer>;

async function read(content: Content, parameters: JsonObject, more = {}): Promise<Item[]> {
  const files = new MemoryFiles();
  const inputs = [[{ json: { id: 7 }, binary: { data: files.add(content) } }]];
  return transformed(node, { inputs, parameters, ...more }, files);
}
const json = async (content: Content, parameters: JsonObject): Promise<JsonObject[]> =>
  (await read(content, parameters)).map((item) => item.json);
const csv = (content: Content, options: JsonObject = {}): Promise<JsonObject[]> => json(content, { options });

describe('extract from file', () => {
  it('[EFF1] rows become items', async ({ expect }) => {
    expect(await read('a,b\n1,\n,\n2,x\n', {})).toEqual([
      { json: { a: '1' }, pairedItem: { item: 0 } },
      { json: { a: '2', b: 'x' }, pairedItem: { item: 0 } },
    ]);
    expect(await csv('a,b\n1,\n', { includeEmptyCells: true })).toEqual([{ a: '1', b: '' }]);
    expect(await csv('a,b\n1,2\n', { headerRow: false })).toEqual([{ row: ['a', 'b'] }, { row: ['1', '2'] }]);
    expect(await csv('a,,a\n1,2,3,4\n')).toEqual([{ a: '1', __EMPTY: '2', a_1: '3', __EMPTY_3: '4' }]);
    expect(await csv('a\n1\n2\n3', { maxRowCount: 2 })).toEqual([{ a: '1' }, { a: '2' }]);
    expect(Object.keys((await csv('__proto__,constructor\n1,2'))[0] ?? {})).toEqual(['__proto__', 'constructor']);
  });

  it('[EFF2] reads CSV in its varieties', async ({ expect }) => {
    expect(await csv('a,b\r\n"x, ""y""","two\nlines"\r\n\r\n')).toEqual([{ a: 'x, "y"', b: 'two\nlines' }]);
    expect(await csv('a||b\n1||2', { delimiter: '||' })).toEqual([{ a: '1', b: '2' }]);
    expect(await csv('a\tb\n1\t2', { delimiter: String.raw`\t` })).toEqual([{ a: '1', b: '2' }]);
    expect(await csv('# note\na\n1', { fromLine: 2 })).toEqual([{ a: '1' }]);
    expect(await csv('\ufeffa\n1')).toEqual([{ '\ufeffa': '1' }]);
    expect(await csv('\ufeffa\n1', { enableBOM: true })).toEqual([{ a: '1' }]);
    expect(await csv(Uint8Array.of(0x61, 10, 0xe9), { encoding: 'win1252' })).toEqual([{ a: 'é' }]);
    await expect(csv('a\nx\ny"z\n')).rejects.toThrow('Line 3 cannot be read: a quote is in the middle of a field.');
    await expect(csv('a\n"x')).rejects.toMatchObject({ code: 'bad-csv' });
    expect(await csv('a\ny"z', { relaxQuotes: true })).toEqual([{ a: 'y"z' }]);
    const skips = (maxSkippedRecords: number): JsonObject => ({
      skipRecordsWithErrors: { value: { enabled: true, maxSkippedRecords } },
    });
    expect(await csv('a\ny"z\nw"v\nok', skips(-1))).toEqual([{ a: 'ok' }]);
    await expect(csv('a\ny"z\nw"v\nok', skips(1))).rejects.toMatchObject({ code: 'bad-csv' });
  });

  it('[EFF3] reads spreadsheets', async ({ expect }) => {
    const { writeXlsx } = await import('hucre/xlsx');
    const rows = [
      ['', 'n', 'when'],
      ['x', 1, new Date(Date.UTC(2026, 0, 1, 12))],
      ['y', 2, null],
    ];
    const book = new Uint8Array(
      await writeXlsx({
        sheets: [
          { name: 'First', rows: [['z'], [true]] },
          { name: 'Two', rows },
        ],
      }),
    );
    expect(await json(book, { operation: 'xlsx' })).toEqual([{ z: true }]);
    expect(await json(book, { operation: 'xls', options: { sheetName: 'Two' } })).toEqual([
      { __EMPTY: 'x', n: 1, when: 46023.5 },
      { __EMPTY: 'y', n: 2 },
    ]);
    const part = (range: Json, more = {}): Promise<JsonObject[]> =>
      json(book, { operation: 'xlsx', options: { sheetName: 'Two', range, ...more } });
    expect(await part('A1:B2')).toEqual([{ __EMPTY: 'x', n: 1 }]);
    expect(await part('B:B')).toEqual([{ n: 1 }, { n: 2 }]);
    expect(await part('Two!A2:B3', { headerRow: false })).toEqual([{ row: ['x', 1] }, { row: ['y', 2] }]);
    expect(await part(1)).toEqual([{ x: 'y', '1': 2 }]);
    expect(await part('', { readAsString: true })).toContainEqual({ __EMPTY: 'y', n: '2' });
    await expect(part('five')).rejects.toMatchObject({ code: 'bad-range' });
    await expect(json(book, { operation: 'xlsx', options: { sheetName: 'Three' } })).rejects.toMatchObject({
      code: 'no-such-sheet',
      description: 'It has: "First", "Two".',
    });
  });

  it('[EFF4] reads one value', async ({ expect }) => {
    expect(await json('\ufeffhé', { operation: 'text' })).toEqual([{ data: 'hé' }]);
    expect(await json('<a/>', { operation: 'xml', destinationKey: 'x.y' })).toEqual([{ x: { y: '<a/>' } }]);
    expect(await json('{"a":[1]}', { operation: 'fromJson' })).toEqual([{ data: { a: [1] } }]);
    expect(await json('hé', { operation: 'binaryToPropery', destinationKey: 'b64' })).toEqual([{ b64: 'aMOp' }]);
    await expect(json('{', { operation: 'fromJson' })).rejects.toMatchObject({ code: 'bad-json', itemIndex: 0 });
    await expect(json('x', { operation: 'text', options: { encoding: 'klingon' } })).rejects.toMatchObject({
      code: 'unknown-encoding',
    });
    const calendar = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'BEGIN:VEVENT',
      'UID:1',
      'SUMMARY:Lunch\\, late',
      'DTSTART;TZID=Europe/Berlin:20260301T120000',
      'DTEND;VALUE=DATE:20260302',
      'RRULE:FREQ=DAILY;COUNT=2',
      'ATTENDEE;CN=Ann;RSVP=TRUE:mailto:ann@example.com',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n');
    expect(await json(calendar, { operation: 'fromIcs' })).toEqual([
      {
        data: {
          version: '2.0',
          events: [
            {
              summary: 'Lunch, late',
              uid: '1',
              start: {
                date: '2026-03-01T11:00:00.000Z',
                type: 'DATE-TIME',
                local: { date: '2026-03-01T12:00:00.000Z', timezone: 'Europe/Berlin' },
              },
              end: { date: '2026-03-02T00:00:00.000Z', type: 'DATE' },
              recurrenceRule: { frequency: 'DAILY', count: 2 },
              attendees: [{ name: 'Ann', email: 'ann@example.com', rsvp: true }],
            },
          ],
        },
      },
    ]);
  });

  it('[EFF5] reads the text of a PDF', async ({ expect }) => {
    const [made] = await json(pdf(['Hello file', 'Second page']), { operation: 'pdf' });
    expect(made).toMatchObject({ numpages: 2, numrender: 2, text: 'Hello file\n\nSecond page' });
    const options = { joinPages: false, maxPages: 1 };
    expect(await json(pdf(['one', 'two']), { operation: 'pdf', options })).toMatchObject([
      { numpages: 2, numrender: 1, text: ['one'] },
    ]);
  });

  it('[EFF6] wrong files fail by name', async ({ expect }) => {
    const cases: [Content, string, string][] = [
      ['just text', 'xlsx', 'bad-spreadsheet'],
      [zipSync({ 'a.txt': strToU8('x') }), 'xlsx', 'bad-spreadsheet'],
      [Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3), 'xls', 'bad-spreadsheet'],
      [zipSync({ 'xl/workbook.xml': new Uint8Array(16 * 1024 * 1024) }), 'xlsx', 'unpacks-too-large'],
      ['no', 'pdf', 'bad-pdf'],
      ['no', 'rtf', 'bad-rtf'],
      ['<p>', 'html', 'no-table'],
      ['no', 'fromIcs', 'bad-ics'],
      ['no', 'docx', 'unknown-mode'],
    ];
    for (const [content, operation, code] of cases) {
      await expect(read(content, { operation }), operation).rejects.toMatchObject({ code });
    }
  });

  it('[EFF6] a PDF whose streams unpack to too much is refused unread', async ({ expect }) => {
    const bomb = (content: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
      const [head, tail] = ['%PDF-1.4\n1 0 obj<</Length 1/Filter/FlateDecode>>\nstream\n', '\nendstream'].map((text) =>
        strToU8(text),
      ) as [Uint8Array, Uint8Array];
      return Uint8Array.from([...head, ...content, ...tail]);
    };
    const zeros = zlibSync(new Uint8Array(51 * 1024 * 1024), { level: 1 });
    // 12-bit codes that repeat the longest entry: each stands for thousands of bytes.
    const lzw = new Uint8Array(200_000).fill(0xff);
    lzw.set([0x80, 0x00]);
    for (const content of [zeros, zlibSync(zeros), lzw]) {
      await expect(read(bomb(content), { operation: 'pdf' })).rejects.toMatchObject({ code: 'unpacks-too-large' });
    }
    const fine = bomb(zlibSync(strToU8('small')));
    await expect(read(fine, { operation: 'pdf' })).rejects.toMatchObject({ code: 'bad-pdf' });
  });

  it('[EFF6] odd shapes end soon', async ({ expect }) => {
    const cases: [string, string, string][] = [
      ['csv', 'a,'.repeat(1_000_000), 'too-many-columns'],
      ['csv', `a\n${',b'.repeat(1_000_000)}`, 'too-many-columns'],
      ['csv', `a\n"${'x'.repeat(16_000_000)}`, 'output-too-large'],
      ['html', `<table>${'<tr><td rowspan=9999 colspan=99>x</td></tr>'.repeat(2_000)}</table>`, 'bad-html'],
    ];
    for (const [operation, content, code] of cases) {
      await expect(read(content, { operation }), code).rejects.toMatchObject({ code });
    }
    const [wide] = await csv(`${'a,'.repeat(16_000)}a\n${'1,'.repeat(16_000)}1`);
    expect(Object.keys(wide ?? {}).length).toBe(16_001);
    const [text] = await json(`{\\rtf1 ${String.raw`\'e9x`.repeat(200_000)}}`, { operation: 'rtf' });
    expect(String(text?.['text']).length).toBe(400_000);
  });

  it('[EFF7] keeps the source when asked to', async ({ expect }) => {
    const parameters = { operation: 'text', options: { keepSource: 'both' } };
    const [both] = await read('x', parameters);
    expect(both).toMatchObject({ json: { id: 7, data: 'x' }, binary: { data: { fileName: 'file.txt' } } });
    const [only] = await read('x', { ...parameters, options: { keepSource: 'json' } });
    expect(only).toEqual({ json: { id: 7, data: 'x' }, pairedItem: { item: 0 } });
    const [binary] = await read('x', { ...parameters, options: { keepSource: 'binary' } });
    expect(binary).toMatchObject({ json: { data: 'x' }, binary: { data: {} } });
  });
});

/** A PDF with a line of text on each page, written by hand. */
function pdf(pages: string[]): Uint8Array<ArrayBuffer> {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, n) => `${4 + n * 2} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap((text, n) => {
      const content = `BT /F1 24 Tf 72 700 Td (${text}) Tj ET`;
      const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + n * 2} 0 R >>`;
      return [page, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`];
    }),
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  text += offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(text);
}
