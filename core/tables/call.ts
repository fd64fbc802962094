import type { Json, JsonObject } from '../data/item.ts';

export const COLUMN_TYPES = ['string', 'number', 'boolean', 'date'] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

export interface Column {
  name: string;
  type: ColumnType;
}

/** Times are ISO 8601 in UTC. */
export interface TableInfo {
  id: string;
  name: string;
  columns: Column[];
  createdAt: string;
  updatedAt: string;
}

/** Columns every table has; nobody writes them. */
export const SYSTEM_COLUMNS: readonly Column[] = [
  { name: 'id', type: 'number' },
  { name: 'createdAt', type: 'date' },
  { name: 'updatedAt', type: 'date' },
];

export const OPERATORS = [
  'eq',
  'neq',
  'gt',
  'gte',
  'lt',
  'lte',
  'like',
  'ilike',
  'isEmpty',
  'isNotEmpty',
  'isTrue',
  'isFalse',
] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Condition {
  column: string;
  operator: Operator;
  value?: Json;
}

export interface RowFilter {
  match: 'any' | 'all';
  conditions: Condition[];
}

/** Which table: by id, by name, or by what a picker remembers of it, tried in this order. */
export interface TableRef {
  id?: string;
  name?: string;
}

export type TableWork =
  | { op: 'insert'; table: TableRef; values: JsonObject; quiet?: boolean }
  | { op: 'get'; table: TableRef; filter: RowFilter; limit?: number; order?: { column: string; descending: boolean } }
  | { op: 'update' | 'upsert'; table: TableRef; filter: RowFilter; values: JsonObject; dryRun?: boolean }
  | { op: 'delete'; table: TableRef; filter: RowFilter; dryRun?: boolean }
  | { op: 'exists'; table: TableRef; filter: RowFilter }
  | { op: 'create-table'; name: string; columns: Column[]; reuse: boolean }
  | { op: 'rename-table'; table: TableRef; name: string }
  | { op: 'delete-table'; table: TableRef }
  | {
      op: 'list-tables';
      name?: string;
      limit?: number;
      sort?: 'name' | 'createdAt' | 'updatedAt';
      descending?: boolean;
    };

/** One piece of work, for one input item. */
export type TableCall = TableWork & { itemIndex: number };

export type TableResult =
  | { ok: true; itemIndex: number; rows: JsonObject[] }
  | { ok: false; itemIndex: number; error: { code: string; message: string } };

/** Payload of an effect of kind `data-table`; its value is `{results}` in the order of the calls. */
export interface TablePayload {
  calls: TableCall[];
  continueOnFail: boolean;
}

export const writes = ({ op }: TableWork): boolean => op !== 'get' && op !== 'exists' && op !== 'list-tables';
