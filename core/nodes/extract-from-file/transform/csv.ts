import { decodeText } from '../../../data/encoding.ts';
import type { JsonObject } from '../../../data/item.ts';
import { MAX_COLUMNS } from '../../../node/file-limits.ts';
import { NodeError } from '../../../node/kit.ts';
import { MAX_MESSAGE_CHARS, type TransformItem, outputTooLarge } from '../../../node/transform.ts';
import { type Cell, itemsOfRows, tableOptions } from './table.ts';
import { typedCell } from './typed-cell.ts';

interface CsvFormat {
  delimiter: string;
  /** Quotes inside an unquoted field, and text after a closing quote, are text. */
  relaxQuotes: boolean;
  /** Lines before this one (from 1) are skipped. */
  fromLine: number;
  /** Records with an error to skip before failing; below 0 any number. */
  maxSkipped: number;
}

export function extractCsv(bytes: Uint8Array<ArrayBuffer>, options: JsonObject): TransformItem[] {
  // The mark stays, as in n8n, unless told otherwise: it is part of the first column's name.
  const text = decodeText(bytes, String(options['encoding'] ?? 'utf8'), options['enableBOM'] !== true);
  const rows = csvRows(text, csvFormat(options));
  const isTyped = options['typed'] === true && options['readAsString'] !== true;
  return itemsOfRows(isTyped ? typedRows(rows) : rows, tableOptions(options));
}

function* typedRows(rows: Iterable<string[]>): Generator<Cell[]> {
  for (const row of rows) yield row.map(typedCell);
}

function csvFormat(options: JsonObject): CsvFormat {
  const skip = (options['skipRecordsWithErrors'] as JsonObject | undefined)?.['value'] as JsonObject | undefined;
  const delimiter = String(options['delimiter'] ?? ',').replaceAll('\\t', '\t') || ',';
  return {
    delimiter,
    relaxQuotes: options['relaxQuotes'] === true,
    fromLine: Math.max(1, Number(options['fromLine'] ?? 1) || 1),
    maxSkipped: skip?.['enabled'] === true ? Number(skip['maxSkippedRecords'] ?? -1) : 0,
  };
}

/** Records of a text (RFC 4180), any line ends; lines with nothing on them are none. */
function* csvRows(text: string, format: CsvFormat): Generator<string[]> {
  const { delimiter } = format;
  let at = startOf(text, format.fromLine);
  let line = format.fromLine;
  let skipped = 0;
  while (at < text.length) {
    const row: string[] = [];
    const firstLine = line;
    let problem: string | undefined;
    let isOpen = true;
    while (isOpen) {
      let field = '';
      if (text[at] === '"') {
        const end = closingQuote(text, at + 1);
        if (end < 0) problem ??= 'a quote is not closed';
        if ((end < 0 ? text.length : end) - at > MAX_MESSAGE_CHARS) throw outputTooLarge();
        const inside = text.slice(at + 1, end < 0 ? text.length : end);
        line += lineBreaks(inside);
        field = inside.replaceAll('""', '"');
        at = end < 0 ? text.length : end + 1;
      }
      const rest = endOfField(text, at, delimiter);
      const tail = text.slice(at, rest);
      if (tail !== '') {
        if (!format.relaxQuotes && (tail.includes('"') || field !== '')) {
          problem ??= 'a quote is in the middle of a field';
        }
        field += tail;
      }
      row.push(field);
      // The table refuses it: the rest of the line does not matter.
      if (row.length > MAX_COLUMNS) break;
      at = rest;
      isOpen = text.startsWith(delimiter, at);
      if (isOpen) at += delimiter.length;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 2;
    else at += 1;
    line += 1;
    if (problem !== undefined) {
      skipped += 1;
      if (format.maxSkipped >= 0 && skipped > format.maxSkipped) {
        throw new NodeError('bad-csv', `Line ${firstLine} cannot be read: ${problem}.`, {
          description: 'Turn on "Relax quotes", or skip records with errors.',
        });
      }
    } else if (row.length > 1 || row[0] !== '') {
      yield row;
    }
  }
}

function startOf(text: string, fromLine: number): number {
  let at = 0;
  for (let line = 1; line < fromLine; line++) {
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    at = end + 1;
  }
  return at;
}

function closingQuote(text: string, from: number): number {
  for (let at = from; ; at += 2) {
    at = text.indexOf('"', at);
    if (at < 0 || text[at + 1] !== '"') return at;
  }
}

function endOfField(text: string, from: number, delimiter: string): number {
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '\n' || char === '\r' || (char === delimiter[0] && text.startsWith(delimiter, at))) return at;
  }
  return text.length;
}

const lineBreaks = (text: string): number => text.split('\n').length - 1;
