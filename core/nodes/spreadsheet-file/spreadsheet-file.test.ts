import { describe, it } from 'vitest';
import { MemoryFiles, transformed } from '../testing.ts';
import { node } from './index.ts';

const items = [
  { n: 1, s: 'a' },
  { n: 2, s: 'b' },
];

describe('spreadsheet file', () => {
  it.for(['csv', 'html', 'ods', 'rtf', 'xls', 'xlsx'])(
    '[SSF1] writes %s and finds out what it reads',
    async (fileFormat, { expect }) => {
      const files = new MemoryFiles();
      const options = fileFormat === 'csv' ? { delimiter: ',' } : {};
      const made = await transformed(node, { items, parameters: { operation: 'toFile', fileFormat, options } }, files);
      expect(made[0]?.binary).toMatchObject({ data: { fileName: `spreadsheet.${fileFormat}` } });
      for (const version of [1, 2]) {
        const trial = { inputs: [made], parameters: { options: { enableBOM: true } }, version };
        const read = (await transformed(node, trial, files)).map(({ json }) => json);
        expect(read).toEqual(
          fileFormat === 'csv' && version === 2 ? items.map(({ n, s }) => ({ n: String(n), s })) : items,
        );
      }
    },
  );

  it('[SSF1] writes XLS unless told otherwise', async ({ expect }) => {
    const files = new MemoryFiles();
    const [made] = await transformed(node, { items, parameters: { operation: 'toFile' }, version: 1 }, files);
    expect(made?.binary?.['data']).toMatchObject({ fileName: 'spreadsheet.xls', mimeType: 'application/vnd.ms-excel' });
    expect([...files.bytes(made?.binary?.['data'])].slice(0, 4)).toEqual([0xd0, 0xcf, 0x11, 0xe0]);
  });
});
