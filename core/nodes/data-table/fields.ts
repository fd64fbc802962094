import { when } from '../../node/field.ts';
import type { Field } from '../../node/kit.ts';
import { COLUMN_TYPES, OPERATORS } from '../../tables/call.ts';

const FILTERED = ['get', 'update', 'upsert', 'deleteRows', 'rowExists', 'rowNotExists'];
const TABLE: Field = { name: 'dataTableId', label: 'Data table', type: 'locator', source: 'data-tables' };

export const FIELDS: readonly Field[] = [
  { name: 'resource', label: 'Work on', type: 'options', default: 'row', options: ['row', 'table'] },
  ...when({ resource: ['row'] }, [
    {
      name: 'operation',
      label: 'Operation',
      type: 'options',
      default: 'insert',
      options: ['insert', ...FILTERED],
    },
    TABLE,
    {
      name: 'columns',
      label: 'Values',
      type: 'mapper',
      source: 'data-tables',
      columnsOf: 'dataTableId',
      show: { operation: ['insert', 'update', 'upsert'] },
    },
    {
      name: 'matchType',
      label: 'Must match',
      type: 'options',
      default: 'anyCondition',
      options: ['anyCondition', 'allConditions'],
      show: { operation: FILTERED },
    },
    {
      name: 'filters.conditions',
      label: 'Conditions',
      type: 'list',
      show: { operation: FILTERED },
      fields: [
        { name: 'keyName', label: 'Column', type: 'string', default: 'id' },
        {
          name: 'condition',
          label: 'Is',
          type: 'options',
          options: OPERATORS,
          default: 'eq',
        },
        {
          name: 'keyValue',
          label: 'Value',
          type: 'string',
          show: { condition: OPERATORS.filter((operator) => !operator.startsWith('is')) },
        },
      ],
    },
    { name: 'returnAll', label: 'Return all', type: 'boolean', default: false, show: { operation: ['get'] } },
    { name: 'limit', label: 'At most', type: 'number', default: 50, show: { operation: ['get'], returnAll: [false] } },
    { name: 'orderBy', label: 'Order the rows', type: 'boolean', default: false, show: { operation: ['get'] } },
    { name: 'orderByColumn', label: 'Order by', type: 'string', default: 'createdAt', show: { orderBy: [true] } },
    {
      name: 'orderByDirection',
      label: 'Direction',
      type: 'options',
      default: 'DESC',
      options: ['ASC', 'DESC'],
      show: { orderBy: [true] },
    },
    {
      name: 'options.dryRun',
      label: 'Only show what would change',
      type: 'boolean',
      default: false,
      show: { operation: ['update', 'upsert', 'deleteRows'] },
    },
    {
      name: 'options.optimizeBulk',
      label: 'Do not return what was inserted',
      type: 'boolean',
      default: false,
      show: { operation: ['insert'] },
    },
  ]),
  ...when({ resource: ['table'] }, [
    {
      name: 'operation',
      label: 'Operation',
      type: 'options',
      options: ['create', 'list', 'update', 'delete'],
      description: 'Update gives a table another name.',
    },
    { ...TABLE, show: { operation: ['update', 'delete'] } },
    {
      name: 'tableName',
      label: 'Name of the table',
      type: 'string',
      show: { operation: ['create'] },
    },
    {
      name: 'columns.column',
      label: 'Columns',
      type: 'list',
      show: { operation: ['create'] },
      fields: [
        { name: 'name', label: 'Name', type: 'string' },
        {
          name: 'type',
          label: 'Type',
          type: 'options',
          options: COLUMN_TYPES,
          default: 'string',
        },
      ],
    },
    {
      name: 'newName',
      label: 'New name',
      type: 'string',
      show: { operation: ['update'] },
    },
    {
      name: 'options.createIfNotExists',
      label: 'Reuse a table of that name',
      type: 'boolean',
      default: false,
      show: { operation: ['create'] },
    },
    { name: 'options.filterName', label: 'Name contains', type: 'string', show: { operation: ['list'] } },
  ]),
];
