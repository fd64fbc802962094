import { numberOf } from '../../data/text.ts';
import type { Item, Json, JsonObject } from '../../data/item.ts';
import { putOwn } from '../../data/path.ts';
import type { Scope } from '../../expression/scope.ts';
import { type CompileKit, NodeError } from '../../node/kit.ts';
import {
  COLUMN_TYPES,
  OPERATORS,
  type Column,
  type ColumnType,
  type Operator,
  type RowFilter,
  SYSTEM_COLUMNS,
  type TableRef,
  type TableWork,
} from '../../tables/call.ts';
import { isObject, objectOf, objectsOf } from '../field-list.ts';

/** What is to be done for one item. */
export type Work = (item: Item, scope: Scope) => TableWork;

const DEFAULT_LIMIT = 50;
const text = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

export function compileWork(kit: CompileKit): Work {
  const operation = text(kit.raw('operation') ?? (kit.raw('resource') === 'table' ? 'list' : 'insert'));
  return kit.raw('resource') === 'table' ? tableWork(kit, operation) : rowWork(kit, operation);
}

function rowWork(kit: CompileKit, operation: string): Work {
  const table = compileTable(kit);
  const filter = compileFilter(kit);
  const values = compileValues(kit);
  const dryRun = kit.raw('options.dryRun') === true;
  switch (operation) {
    case 'insert': {
      const quiet = kit.raw('options.optimizeBulk') === true;
      return (item, scope) => ({ op: 'insert', table: table(scope), values: values(item, scope), quiet });
    }
    case 'get':
      return compileGet(kit, table, filter);
    case 'update':
    case 'upsert':
      return (item, scope) => ({
        op: operation,
        table: table(scope),
        filter: needed(filter(scope), operation),
        values: values(item, scope),
        dryRun,
      });
    case 'deleteRows':
      return (_item, scope) => ({ op: 'delete', table: table(scope), filter: needed(filter(scope), 'delete'), dryRun });
    case 'rowExists':
    case 'rowNotExists':
      return (_item, scope) => ({ op: 'exists', table: table(scope), filter: needed(filter(scope), 'look for') });
    default:
      throw new NodeError('unknown-mode', `A data table has no operation "${operation.slice(0, 80)}" on rows.`);
  }
}

function compileGet(kit: CompileKit, table: (scope: Scope) => TableRef, filter: (scope: Scope) => RowFilter): Work {
  const all = kit.raw('returnAll') === true;
  const limit = kit.param('limit', DEFAULT_LIMIT);
  const column = kit.param('orderByColumn', 'createdAt');
  const isOrdered = kit.raw('orderBy') === true;
  const descending = text(kit.raw('orderByDirection') ?? 'DESC').toUpperCase() !== 'ASC';
  return (_item, scope) => ({
    op: 'get',
    table: table(scope),
    filter: filter(scope),
    ...(all ? {} : { limit: countOf(limit.at(scope)) }),
    ...(isOrdered ? { order: { column: text(column.at(scope)), descending } } : {}),
  });
}

function countOf(value: Json): number {
  const count = numberOf(value);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new NodeError('bad-limit', `'${text(value).slice(0, 80)}' is not a number of rows.`);
}

function tableWork(kit: CompileKit, operation: string): Work {
  const param = (name: string) => kit.param<Json>(name, '');
  switch (operation) {
    case 'create': {
      const name = param('tableName');
      const columns = kit.param<Json>('columns', {});
      const reuse = kit.raw('options.createIfNotExists') === true || kit.raw('options.reuseExisting') === true;
      return (_item, scope) => ({
        op: 'create-table',
        name: text(name.at(scope)),
        columns: columnsOf(columns.at(scope)),
        reuse,
      });
    }
    case 'update': {
      const table = compileTable(kit);
      const name = param('newName');
      return (_item, scope) => ({ op: 'rename-table', table: table(scope), name: text(name.at(scope)) });
    }
    case 'delete': {
      const table = compileTable(kit);
      return (_item, scope) => ({ op: 'delete-table', table: table(scope) });
    }
    case 'list': {
      const name = param('options.filterName');
      const limit = kit.param('limit', DEFAULT_LIMIT);
      const all = kit.raw('returnAll') === true;
      const sort = text(kit.raw('options.sortField'));
      const descending = /^desc/i.test(text(kit.raw('options.sortDirection')));
      return (_item, scope) => ({
        op: 'list-tables',
        ...(text(name.at(scope)) === '' ? {} : { name: text(name.at(scope)) }),
        ...(all ? {} : { limit: countOf(limit.at(scope)) }),
        ...(sort === 'createdAt' || sort === 'updatedAt' ? { sort } : {}),
        descending,
      });
    }
    default:
      throw new NodeError('unknown-mode', `There is no operation "${operation.slice(0, 80)}" on data tables.`);
  }
}

function columnsOf(raw: Json): Column[] {
  return objectsOf(isObject(raw) ? (raw.column ?? raw.values) : raw).map((entry) => ({
    name: text(entry.name),
    type: COLUMN_TYPES.find((type): type is ColumnType => type === entry.type) ?? 'string',
  }));
}

/** A picker's value. What it remembers of the table's name helps where the id is another server's. */
function compileTable(kit: CompileKit): (scope: Scope) => TableRef {
  const picked = kit.param<Json>('dataTableId', '');
  return (scope) => {
    const value = picked.at(scope);
    const {
      mode,
      value: chosen,
      cachedResultName,
    } = isObject(value) ? value : { mode: 'id', value, cachedResultName: '' };
    const wanted = text(chosen).trim();
    if (wanted === '') {
      throw new NodeError('no-table', 'No data table is chosen.', {
        description: 'Choose one in the node, by name or id.',
      });
    }
    if (mode === 'name') return { name: wanted };
    return { id: wanted, name: text(cachedResultName) || wanted };
  };
}

function compileFilter(kit: CompileKit): (scope: Scope) => RowFilter {
  const conditions = kit.param<Json>('filters.conditions', []);
  const match = kit.raw('matchType') === 'allConditions' ? 'all' : 'any';
  return (scope) => ({
    match,
    conditions: objectsOf(conditions.at(scope)).map((entry) => {
      const operator = OPERATORS.find((each): each is Operator => each === (entry.condition ?? 'eq'));
      if (operator) return { column: text(entry.keyName) || 'id', operator, value: entry.keyValue ?? null };
      throw new NodeError(
        'unknown-operator',
        `A condition cannot compare by "${text(entry.condition).slice(0, 80)}".`,
        {
          description: `Use one of: ${OPERATORS.join(', ')}.`,
        },
      );
    }),
  });
}

function needed(filter: RowFilter, what: string): RowFilter {
  if (filter.conditions.length > 0) return filter;
  throw new NodeError('no-conditions', `Say which rows to ${what}: the node has no condition.`, {
    description: 'Without one it would be all of them. Add a condition that holds for every row if that is meant.',
  });
}

const SYSTEM: ReadonlySet<string> = new Set(SYSTEM_COLUMNS.map(({ name }) => name));

/** Values by column: mapped one by one, or the item's fields as they are called. */
function compileValues(kit: CompileKit): (item: Item, scope: Scope) => JsonObject {
  if (kit.raw('columns.mappingMode') === 'autoMapInputData') {
    return (item) => {
      const made: JsonObject = {};
      for (const [name, value] of Object.entries(item.json)) if (!SYSTEM.has(name)) putOwn(made, name, value);
      return made;
    };
  }
  const mapped = kit.param<Json>('columns.value', {});
  return (_item, scope) => objectOf(mapped.at(scope));
}
