import type { JsonObject } from '../../../data/item.ts';
import { NodeError } from '../../../node/kit.ts';
import type { TransformItem } from '../../../node/transform.ts';
import { itemsOfRows, tableOptions } from './table.ts';
import { typedCell } from './typed-cell.ts';

/** Groups that hold no text of the document. */
const HIDDEN = new Set(['fonttbl', 'colortbl', 'stylesheet', 'info', 'pict', 'header', 'footer', 'generator', '*']);
const BREAKS: ReadonlyMap<string, string> = new Map([
  ['par', '\n'],
  ['line', '\n'],
  ['tab', '\t'],
  ['emdash', '—'],
  ['endash', '–'],
  ['bullet', '•'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
]);
/** Character of each byte. */
const ANSI = [...new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))];
const TOKEN = /\\([a-z]+)(-?\d+)? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+/gi;

/** Rows of the document's tables; without a table, one item with its text. */
export function extractRtf(bytes: Uint8Array<ArrayBuffer>, options: JsonObject): TransformItem[] {
  const source = new TextDecoder('latin1').decode(bytes);
  if (!source.trimStart().startsWith('{\\rtf')) throw new NodeError('bad-rtf', 'This file is no RTF document.');
  const { rows, text } = readRtf(source);
  if (rows.length === 0) return text.trim() === '' ? [] : [{ json: { text: text.trim() } }];
  const typed = options['readAsString'] === true ? rows : rows.map((row) => row.map(typedCell));
  return itemsOfRows(typed, tableOptions(options));
}

function readRtf(source: string): { rows: string[][]; text: string } {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let depth = 0;
  /** Depth of the outermost group that is not shown. */
  let hiddenFrom = Number.POSITIVE_INFINITY;
  /** Replacement characters after `\u` to leave out; `\uc` says how many. */
  let pending = 0;
  let fallback = 1;
  const put = (chars: string): void => {
    const shown = pending > 0 ? chars.slice(pending) : chars;
    pending = Math.max(0, pending - chars.length);
    if (depth < hiddenFrom) cell += shown;
  };
  for (const [, word, number, hex, symbol, brace, plain] of source.matchAll(TOKEN)) {
    if (brace === '{') depth += 1;
    else if (brace === '}') {
      depth -= 1;
      if (depth < hiddenFrom) hiddenFrom = Number.POSITIVE_INFINITY;
    } else if (plain !== undefined) put(plain);
    else if (hex !== undefined) put(ANSI[Number.parseInt(hex, 16)] ?? '');
    else if (symbol !== undefined) {
      if (symbol === '*') hiddenFrom = Math.min(hiddenFrom, depth);
      else if ('\\{}'.includes(symbol)) put(symbol);
      else if (symbol === '~') put('\u00a0');
    } else if (word === undefined) continue;
    else if (HIDDEN.has(word)) hiddenFrom = Math.min(hiddenFrom, depth);
    else if (word === 'uc') fallback = Number(number ?? 1);
    else if (word === 'u') {
      put(String.fromCharCode((Number(number) + 0x10000) % 0x10000));
      pending = fallback;
    } else if (word === 'cell') {
      row.push(cell.trim());
      cell = '';
    } else if (word === 'row') {
      rows.push(row);
      row = [];
      cell = '';
    } else {
      const chars = BREAKS.get(word);
      if (chars !== undefined) put(chars);
    }
  }
  // Without tables nothing ended a cell, so it is the whole text.
  return { rows, text: cell };
}
