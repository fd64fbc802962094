import { when } from '../../node/field.ts';
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

const CSV: readonly Field[] = [
  { name: 'options.delimiter', label: 'Delimiter', type: 'string', default: ',', description: '`\\t` is a tab.' },
  {
    name: 'options.enableBOM',
    label: 'Leave out the byte order mark',
    type: 'boolean',
    default: false,
    description: 'Otherwise a mark is part of the first column’s name.',
  },
  {
    name: 'options.maxRowCount',
    label: 'Rows at most',
    type: 'number',
    default: -1,
    description: '-1 reads all rows.',
  },
  { name: 'options.fromLine', label: 'First line', type: 'number', default: 1 },
  { name: 'options.relaxQuotes', label: 'Relax quotes', type: 'boolean', default: false },
  {
    name: 'options.skipRecordsWithErrors.value',
    label: 'Skip records with errors',
    type: 'collection',
    fields: [
      { name: 'enabled', label: 'Skip them', type: 'boolean', default: false },
      {
        name: 'maxSkippedRecords',
        label: 'At most',
        type: 'number',
        default: -1,
        description: '-1: any number.',
        show: { enabled: [true] },
      },
    ],
  },
];
const ENCODING: Field = { name: 'options.encoding', label: 'Encoding', type: 'string', default: 'utf8' };
const TABLE: readonly Field[] = [
  {
    name: 'options.headerRow',
    label: 'The first row names the columns',
    type: 'boolean',
    default: true,
    description: 'Otherwise each item is `{row: [...]}`.',
  },
  { name: 'options.includeEmptyCells', label: 'Keep empty cells', type: 'boolean', default: false },
];
const SHEET: readonly Field[] = [
  {
    name: 'options.range',
    label: 'Range',
    type: 'string',
    default: '',
    description: '`A1:D10`, `A:C`, or the number of the first row, from 0.',
  },
  { name: 'options.sheetName', label: 'Sheet', type: 'string', default: '', description: 'Empty is the first one.' },
];
const AS_TEXT: Field = {
  name: 'options.readAsString',
  label: 'Read everything as text',
  type: 'boolean',
  default: false,
};

const PDF: readonly Field[] = [
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
const SPREADSHEETS = ['ods', 'xls', 'xlsx'];
const MARKED = ['fromIcs', 'fromJson', 'text', 'xml'];

/** Options of reading tables of any format; spreadsheets have them under the same names. */
export const TABLE_READING: readonly Field[] = [...CSV, ENCODING, ...TABLE, ...SHEET, AS_TEXT];

/** Options of reading each format. */
export const READING: readonly Field[] = [
  ...when({ operation: ['csv'] }, CSV),
  ...when({ operation: ['csv', 'html', ...MARKED] }, [ENCODING]),
  ...when({ operation: ['csv', 'html', 'rtf', ...SPREADSHEETS] }, TABLE),
  ...when({ operation: SPREADSHEETS }, SHEET),
  ...when({ operation: ['html', 'rtf', ...SPREADSHEETS] }, [AS_TEXT]),
  {
    name: 'options.stripBOM',
    label: 'Strip the byte order mark',
    type: 'boolean',
    default: true,
    show: { operation: MARKED },
  },
  ...when({ operation: ['pdf'] }, PDF),
];
