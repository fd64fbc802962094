import type { Field } from '../../node/kit.ts';

export const EXTRACT_OPERATIONS = [
  'csv',
  'html',
  'fromIcs',
  'fromJson',
  'ods',
  'pdf',
  'rtf',
  'text',
  'xml',
  'xls',
  'xlsx',
  'binaryToPropery',
] as const;

/** Options of reading tables; spreadsheets have them under the same names. */
export const TABLE_READING: readonly Field[] = [
  { name: 'options.delimiter', label: 'Delimiter', type: 'string', default: ',', description: 'CSV. `\\t` is a tab.' },
  {
    name: 'options.encoding',
    label: 'Encoding',
    type: 'string',
    default: 'utf8',
    description: 'CSV, HTML, text, JSON.',
  },
  {
    name: 'options.enableBOM',
    label: 'Leave out the byte order mark',
    type: 'boolean',
    default: false,
    description: 'CSV. Otherwise a mark is part of the first column’s name.',
  },
  {
    name: 'options.headerRow',
    label: 'The first row names the columns',
    type: 'boolean',
    default: true,
    description: 'Otherwise each item is `{row: [...]}`.',
  },
  { name: 'options.includeEmptyCells', label: 'Keep empty cells', type: 'boolean', default: false },
  {
    name: 'options.maxRowCount',
    label: 'Rows at most',
    type: 'number',
    default: -1,
    description: 'CSV. -1 reads all rows.',
  },
  { name: 'options.fromLine', label: 'First line', type: 'number', default: 1, description: 'CSV.' },
  { name: 'options.relaxQuotes', label: 'Relax quotes', type: 'boolean', default: false, description: 'CSV.' },
  {
    name: 'options.skipRecordsWithErrors.value',
    label: 'Skip records with errors',
    type: 'collection',
    description: 'CSV: `enabled`, and `maxSkippedRecords` (-1: any number).',
  },
  {
    name: 'options.range',
    label: 'Range',
    type: 'string',
    default: '',
    description: 'Spreadsheets: `A1:D10`, `A:C`, or the number of the first row, from 0.',
  },
  { name: 'options.sheetName', label: 'Sheet', type: 'string', default: '', description: 'Empty is the first one.' },
  {
    name: 'options.readAsString',
    label: 'Read everything as text',
    type: 'boolean',
    default: false,
    description: 'Spreadsheets, HTML, RTF.',
  },
];

export const PDF_READING: readonly Field[] = [
  {
    name: 'options.joinPages',
    label: 'Join pages',
    type: 'boolean',
    default: true,
    description: 'Otherwise the text is a list with an entry for each page.',
  },
  { name: 'options.maxPages', label: 'Pages at most', type: 'number', default: 0, description: '0 reads all pages.' },
  { name: 'options.password', label: 'Password', type: 'string', default: '' },
];
