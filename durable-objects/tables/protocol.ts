import type { Erased } from '../kit/erase.ts';
import type { JsonObject } from '../../core/data/item.ts';
import type { Column, TableCall, TableInfo, TableResult } from '../../core/tables/call.ts';
import type { Outcome } from '../runner/protocol.ts';

export interface ApplyCall {
  calls: TableCall[];
  continueOnFail: boolean;
  /** A repeat with the same key changes nothing and is answered as the first time. */
  key?: string;
}

/** RPC surface of the tables object: the data tables of one tenant. */
export interface TablesRpc {
  /** All calls or none, in one transaction; with `continueOnFail` each for itself. */
  apply(call: ApplyCall): Promise<Outcome<TableResult[]>>;
  list(): Promise<TableInfo[]>;
  addColumn(table: string, column: Column): Promise<Outcome<TableInfo>>;
  removeColumn(table: string, name: string): Promise<Outcome<TableInfo>>;
  /** Rows of a table by id, from after one: for export. Empty at the end, and for a table that is not there. */
  dump(table: string, after: number, limit: number): Promise<JsonObject[]>;
  /** Makes a table as it was exported, ids and times included; false when its id or name is taken. */
  restore(info: TableInfo): Promise<Outcome<boolean>>;
  restoreRows(table: string, rows: JsonObject[]): Promise<Outcome<number>>;
  /** Bytes of its database. */
  size(): Promise<number>;
  /** Deletes everything this object holds. */
  erase(): Promise<Erased>;
}
