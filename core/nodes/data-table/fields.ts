import type { Field } from '../../node/kit.ts';

export const FIELDS: readonly Field[] = [
  { name: 'resource', label: 'Work on', type: 'options', default: 'row', options: ['row', 'table'] },
  {
    name: 'operation',
    label: 'Operation',
    type: 'options',
    default: 'insert',
    options: [
      'insert',
      'get',
      'update',
      'upsert',
      'deleteRows',
      'rowExists',
      'rowNotExists',
      'create',
      'list',
      'delete',
    ],
    description: 'Of tables: create, list, update (rename), delete.',
  },
  {
    name: 'dataTableId',
    label: 'Data table',
    type: 'locator',
    source: 'data-tables',
  },
  {
    name: 'columns',
    label: 'Values',
    type: 'json',
    description:
      '`{"mappingMode": "defineBelow", "value": {"column": "=…"}}`, or "autoMapInputData" to take fields named as columns.', show: { operation: ['insert', 'update', 'upsert'] } },
  {
    name: 'matchType',
    label: 'Must match',
    type: 'options',
    default: 'anyCondition',
    options: ['anyCondition', 'allConditions'], show: { operation: ['get', 'update', 'upsert', 'deleteRows', 'rowExists', 'rowNotExists'] } },
  {
    name: 'filters.conditions',
    label: 'Conditions',
    type: 'list',
    description:
      'Each has keyName (default id), condition (eq, neq, gt, gte, lt, lte, like, ilike, isEmpty, isNotEmpty, isTrue, isFalse) and keyValue.', show: { operation: ['get', 'update', 'upsert', 'deleteRows', 'rowExists', 'rowNotExists'] }, fields: [{ name: 'keyName', label: 'Column', type: 'string', default: 'id' }, { name: 'condition', label: 'Is', type: 'options', options: ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'like', 'ilike', 'isEmpty', 'isNotEmpty', 'isTrue', 'isFalse'], default: 'eq' }, { name: 'keyValue', label: 'Value', type: 'string', show: { condition: ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'like', 'ilike'] } }] },
  { name: 'returnAll', label: 'Return all', type: 'boolean', default: false, show: { operation: ['get'] } },
  { name: 'limit', label: 'At most', type: 'number', default: 50, show: { operation: ['get'], returnAll: [false] } },
  { name: 'orderBy', label: 'Order the rows', type: 'boolean', default: false, show: { operation: ['get'] } },
  { name: 'orderByColumn', label: 'Order by', type: 'string', default: 'createdAt', show: { orderBy: [true] } },
  { name: 'orderByDirection', label: 'Direction', type: 'options', default: 'DESC', options: ['ASC', 'DESC'], show: { orderBy: [true] } },
  { name: 'tableName', label: 'Name of the table', type: 'string', description: 'For creating one.', show: { operation: ['create'] } },
  {
    name: 'columns.column',
    label: 'Columns',
    type: 'list', show: { operation: ['create'] }, fields: [{ name: 'name', label: 'Name', type: 'string' }, { name: 'type', label: 'Type', type: 'options', options: ['string', 'number', 'boolean', 'date'], default: 'string' }] },
  { name: 'newName', label: 'New name', type: 'string', description: 'For renaming a table.', show: { resource: ['table'], operation: ['update'] } },
  { name: 'options.dryRun', label: 'Only show what would change', type: 'boolean', default: false },
  {
    name: 'options.optimizeBulk',
    label: 'Do not return what was inserted',
    type: 'boolean',
    default: false,
  },
  { name: 'options.createIfNotExists', label: 'Reuse a table of that name', type: 'boolean', default: false },
  { name: 'options.filterName', label: 'Name contains', type: 'string', description: 'For listing tables.' },
];
