import { fromHtml } from 'hucre';
import { decodeText } from '../../../data/encoding.ts';
import type { JsonObject } from '../../../data/item.ts';
import { NodeError } from '../../../node/kit.ts';
import type { TransformItem } from '../../../node/transform.ts';
import { itemsOfRows, tableOptions } from './table.ts';
import { typedCell } from './typed-cell.ts';

/** Rows of the page's first table. */
export function extractHtml(bytes: Uint8Array<ArrayBuffer>, options: JsonObject): TransformItem[] {
  const text = decodeText(bytes, String(options['encoding'] ?? 'utf8'));
  if (!/<table[\s>]/i.test(text)) {
    throw new NodeError('no-table', 'The page has no table.', {
      description: 'Use the HTML node to extract other parts of a page.',
    });
  }
  const rows = tableRows(text);
  const asText = options['readAsString'] === true;
  const cells = rows.map((row) =>
    row.map((value) => (typeof value !== 'string' ? undefined : asText ? value : typedCell(value))),
  );
  return itemsOfRows(cells, tableOptions(options));
}

function tableRows(text: string): ReturnType<typeof fromHtml>['rows'] {
  try {
    return fromHtml(text, { typeInference: false }).rows;
  } catch (error) {
    throw new NodeError('bad-html', `The table cannot be read: ${(error as Error).message}.`);
  }
}
