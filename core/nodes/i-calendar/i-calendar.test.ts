import { describe, it } from 'vitest';
import { node as readPdf } from '../read-pdf/index.ts';
import { MemoryFiles, transformed } from '../testing.ts';
import { node } from './index.ts';

describe('i-calendar and read-pdf', () => {
  it('[ICA1] makes an event file for each item', async ({ expect }) => {
    const files = new MemoryFiles();
    const parameters = {
      title: '={{ $json.t }}',
      start: '2026-03-01T10:00:00',
      additionalFields: { fileName: 'a.ics' },
    };
    const made = await transformed(node, { items: [{ t: 'One' }, { t: 'Two' }], parameters }, files);
    const texts = made.map(({ binary }) => files.text(binary?.['data']));
    expect(made.map(({ binary }) => binary?.['data']?.fileName)).toEqual(['a.ics', 'a.ics']);
    expect(texts.map((text) => /SUMMARY:(.*)\r/.exec(text)?.[1])).toEqual(['One', 'Two']);
    expect(new Set(texts.map((text) => /UID:(.*)\r/.exec(text)?.[1])).size).toBe(2);
  });

  it('[ICA1] [FIL2] read-pdf says which item it cannot read', async ({ expect }) => {
    const files = new MemoryFiles();
    const inputs = [[{ json: {}, binary: { data: files.add('no pdf') } }]];
    await expect(transformed(readPdf, { inputs }, files)).rejects.toMatchObject({ code: 'bad-pdf', itemIndex: 0 });
    const [made] = await transformed(readPdf, { inputs, continueOnFail: true }, files);
    expect(made?.json['error']).toMatch('This file is no readable PDF');
  });
});
