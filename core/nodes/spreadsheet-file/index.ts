import type { JsonObject } from '../../data/item.ts';
import { when } from '../../node/field.ts';
import { NodeError, type NodeType, type Param, defineNode } from '../../node/kit.ts';
import { FILE_FIELDS, TABLE_FORMATS } from '../convert-to-file/fields.ts';
import { oneFile } from '../convert-to-file/make-files.ts';
import { TABLE_READING } from '../extract-from-file/fields.ts';
import { readFiles } from '../extract-from-file/read-files.ts';
import { objectOf } from '../field-list.ts';

/** Version 1 read CSV as a spreadsheet: numbers are numbers, and a byte order mark is none of the text. */
const asSpreadsheet = (options: Param): Param => ({
  constant: options.constant,
  at: (scope) => ({ typed: true, enableBOM: true, ...objectOf(options.at(scope)) }) satisfies JsonObject,
});

export const node: NodeType = defineNode({
  type: 'spreadsheet-file',
  title: 'Spreadsheet file',
  summary: 'Reads rows from a spreadsheet file, or writes items into one.',
  group: 'data',
  icon: 'sheet',
  n8n: { type: 'n8n-nodes-base.spreadsheetFile', versions: [1, 2] },
  version: 2,
  fields: [
    { name: 'operation', label: 'Operation', type: 'options', default: 'fromFile', options: ['fromFile', 'toFile'] },
    {
      name: 'fileFormat',
      label: 'Format',
      type: 'options',
      options: ['autodetect', ...TABLE_FORMATS],
      description: 'Reading finds out by itself when left out; writing makes XLS then.',
    },
    {
      name: 'binaryPropertyName',
      label: 'File',
      type: 'string',
      default: 'data',
      required: true,
      description: 'Name of the field that holds the file, or will.',
    },
    ...when({ operation: ['toFile'] }, FILE_FIELDS),
    ...when({ operation: ['fromFile'] }, TABLE_READING),
  ],
  defaults: () => ({ operation: 'fromFile', binaryPropertyName: 'data', options: {} }),
  inputs: 1,
  compile(kit) {
    const operation = String(kit.raw('operation'));
    const property = kit.param('binaryPropertyName');
    const options = kit.param('options');
    if (operation === 'toFile') {
      return oneFile({ operation: kit.param('fileFormat', 'xls'), output: property, options, name: 'spreadsheet' });
    }
    if (operation !== 'fromFile') throw new NodeError('unknown-mode', `Spreadsheet file cannot "${operation}".`);
    const isOld = kit.node.version < 2;
    return readFiles({
      operation: isOld ? kit.value('autodetect') : kit.param('fileFormat', 'autodetect'),
      property,
      options: isOld ? asSpreadsheet(options) : options,
    });
  },
});
