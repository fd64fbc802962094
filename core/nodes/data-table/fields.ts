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
      '`{"mappingMode": "defineBelow", "value": {"column": "=…"}}`, or "autoMapInputData" to take fields named as columns.',
  },
  {
    name: 'matchType',
    label: 'Must match',
    type: 'options',
    default: 'anyCondition',
    options: ['anyCondition', 'allConditions'],
  },
  {
    name: 'filters.conditions',
    label: 'Conditions',
    type: 'collection',
    description:
      'Each has keyName (default id), condition (eq, neq, gt, gte, lt, lte, like, ilike, isEmpty, isNotEmpty, isTrue, isFalse) and keyValue.',
  },
  { name: 'returnAll', label: 'Return all', type: 'boolean', default: false },
  { name: 'limit', label: 'At most', type: 'number', default: 50 },
  { name: 'orderBy', label: 'Order the rows', type: 'boolean', default: false },
  { name: 'orderByColumn', label: 'Order by', type: 'string', default: 'createdAt' },
  { name: 'orderByDirection', label: 'Direction', type: 'options', default: 'DESC', options: ['ASC', 'DESC'] },
  { name: 'tableName', label: 'Name of the table', type: 'string', description: 'For creating one.' },
  {
    name: 'columns.column',
    label: 'Columns',
    type: 'collection',
    description: 'For creating: each has name and type.',
  },
  { name: 'newName', label: 'New name', type: 'string', description: 'For renaming a table.' },
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
