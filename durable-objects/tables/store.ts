import type { JsonObject } from '../../core/data/item.ts';
import { putOwn } from '../../core/data/path.ts';
import { type Column, type ColumnType, SYSTEM_COLUMNS, type TableInfo, type TableRef } from '../../core/tables/call.ts';
import { shown, TableFailure } from './failure.ts';
import type { Where } from './filter.ts';
import { read, stored } from './values.ts';

/** Where a column lies, in SQL of our own. */
export interface Place {
  sql: string;
  type: ColumnType;
}

/** A table as it is stored. */
export interface Table {
  n: number;
  info: TableInfo;
  /** Numbers of its columns, beside `info.columns`. */
  numbers: number[];
}

const SYSTEM: Readonly<Record<string, string>> = { id: 'id', createdAt: 'created_at', updatedAt: 'updated_at' };
const iso = (ms: number): string => new Date(ms).toISOString();

/** Every statement on data tables is here. Numbers are ours, names are only ever values. */
export class TableStore {
  readonly #sql: SqlStorage;
  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  count(): number {
    return this.#sql.exec<{ n: number }>('SELECT count(*) AS n FROM tables').one().n;
  }

  sizeBytes(): number {
    return this.#sql.databaseSize;
  }

  all(): Table[] {
    type Row = { n: number; id: string; name: string; created_at: number; updated_at: number };
    return this.#sql
      .exec<Row>('SELECT * FROM tables ORDER BY name')
      .toArray()
      .map((row) => this.#table(row));
  }

  find({ id, name }: TableRef): Table | undefined {
    type Row = { n: number; id: string; name: string; created_at: number; updated_at: number };
    const by = (column: 'id' | 'name', value: string | undefined): Row | undefined =>
      value === undefined
        ? undefined
        : this.#sql.exec<Row>(`SELECT * FROM tables WHERE ${column} = ?`, value).toArray()[0];
    const row = by('id', id) ?? by('name', name);
    return row && this.#table(row);
  }

  create({ id, name, columns, nowMs }: { id: string; name: string; columns: readonly Column[]; nowMs: number }): void {
    this.#sql.exec('INSERT INTO tables (id, name, created_at, updated_at) VALUES (?, ?, ?, ?)', id, name, nowMs, nowMs);
    const { n } = this.#sql.exec<{ n: number }>('SELECT n FROM tables WHERE id = ?', id).one();
    this.#sql.exec(
      `CREATE TABLE t${n} (id INTEGER PRIMARY KEY AUTOINCREMENT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL)`,
    );
    for (const column of columns) this.addColumn(n, column);
  }

  rename(n: number, name: string, nowMs: number): void {
    this.#sql.exec('UPDATE tables SET name = ?, updated_at = ? WHERE n = ?', name, nowMs, n);
  }

  drop(n: number): void {
    this.#sql.exec(`DROP TABLE t${n}`);
    this.#sql.exec('DELETE FROM columns WHERE table_n = ?', n);
    this.#sql.exec('DELETE FROM tables WHERE n = ?', n);
  }

  addColumn(table: number, { name, type }: Column): void {
    const { top } = this.#sql
      .exec<{ top: number | null }>('SELECT max(n) AS top FROM columns WHERE table_n = ?', table)
      .one();
    const n = (top ?? 0) + 1;
    this.#sql.exec('INSERT INTO columns (table_n, n, name, type) VALUES (?, ?, ?, ?)', table, n, name, type);
    // A column dropped before leaves its number free: its values are gone with it.
    const kind = type === 'number' ? 'REAL' : type === 'boolean' ? 'INTEGER' : 'TEXT';
    this.#sql.exec(`ALTER TABLE t${table} ADD COLUMN c${n} ${kind}`);
  }

  removeColumn(table: number, n: number): void {
    this.#sql.exec(`ALTER TABLE t${table} DROP COLUMN c${n}`);
    this.#sql.exec('DELETE FROM columns WHERE table_n = ? AND n = ?', table, n);
  }

  place(table: Table, column: string): Place {
    if (Object.hasOwn(SYSTEM, column)) {
      return { sql: SYSTEM[column] ?? '', type: column === 'id' ? 'number' : 'date' };
    }
    const index = table.info.columns.findIndex(({ name }) => name === column);
    if (index >= 0) return { sql: `c${table.numbers[index]}`, type: table.info.columns[index]?.type ?? 'string' };
    const known = [...SYSTEM_COLUMNS, ...table.info.columns].map(({ name }) => name).join(', ');
    throw new TableFailure(
      'unknown-column',
      `The data table ${shown(table.info.name)} has no column ${shown(column)}; it has: ${known}.`,
    );
  }

  selectAfter(table: Table, id: number, limit: number): JsonObject[] {
    const rows = this.#sql.exec(`SELECT * FROM t${table.n} WHERE id > ? ORDER BY id LIMIT ?`, id, limit).toArray();
    return rows.map((row) => this.#row(table, row));
  }

  /** A row with the id and times it had. */
  restore(table: Table, { id, createdAt, updatedAt, ...values }: JsonObject): void {
    if (typeof id !== 'number' || typeof createdAt !== 'string' || typeof updatedAt !== 'string') {
      throw new TableFailure('bad-row', 'A row needs its id and times.');
    }
    const placed = this.#placed(table, values);
    const columns = ['id', 'created_at', 'updated_at', ...placed.map(({ sql }) => sql)];
    const marks = columns.map(() => '?').join(', ');
    this.#sql.exec(
      `INSERT INTO t${table.n} (${columns.join(', ')}) VALUES (${marks})`,
      id,
      createdAt,
      updatedAt,
      ...placed.map(({ value }) => value),
    );
  }

  insert(table: Table, values: JsonObject, nowMs: number): JsonObject {
    const placed = this.#placed(table, values);
    const columns = ['created_at', 'updated_at', ...placed.map(({ sql }) => sql)];
    const marks = columns.map(() => '?').join(', ');
    const bound = placed.map(({ value }) => value);
    const now = iso(nowMs);
    const cursor = this.#sql.exec(
      `INSERT INTO t${table.n} (${columns.join(', ')}) VALUES (${marks}) RETURNING *`,
      now,
      now,
      ...bound,
    );
    return this.#row(table, cursor.one());
  }

  select(
    table: Table,
    where: Where,
    more: { limit: number; order?: { sql: string; descending: boolean } },
  ): JsonObject[] {
    const order = more.order ? `${more.order.sql} ${more.order.descending ? 'DESC' : 'ASC'}, id` : 'id';
    return this.#sql
      .exec(`SELECT * FROM t${table.n} WHERE ${where.sql} ORDER BY ${order} LIMIT ?`, ...where.values, more.limit)
      .toArray()
      .map((row) => this.#row(table, row));
  }

  update(table: Table, where: Where, values: JsonObject, nowMs: number): JsonObject[] {
    const placed = this.#placed(table, values);
    const sets = ['updated_at = ?', ...placed.map(({ sql }) => `${sql} = ?`)].join(', ');
    return this.#sql
      .exec(
        `UPDATE t${table.n} SET ${sets} WHERE ${where.sql} RETURNING *`,
        iso(nowMs),
        ...placed.map(({ value }) => value),
        ...where.values,
      )
      .toArray()
      .map((row) => this.#row(table, row));
  }

  delete(table: Table, where: Where): JsonObject[] {
    return this.#sql
      .exec(`DELETE FROM t${table.n} WHERE ${where.sql} RETURNING *`, ...where.values)
      .toArray()
      .map((row) => this.#row(table, row));
  }

  /** What was answered to a key, in pieces: a value of SQLite has 2 MB. */
  applied(key: string): string | undefined {
    const parts = this.#sql
      .exec<{ text: string }>('SELECT text FROM applied WHERE key = ? ORDER BY part', key)
      .toArray();
    return parts.length === 0 ? undefined : parts.map(({ text }) => text).join('');
  }

  remember(key: string, text: string, nowMs: number): void {
    for (let part = 0; part * PART_CHARS < Math.max(1, text.length); part++) {
      const piece = text.slice(part * PART_CHARS, (part + 1) * PART_CHARS);
      this.#sql.exec('INSERT INTO applied (key, part, text, at_ms) VALUES (?, ?, ?, ?)', key, part, piece, nowMs);
    }
  }

  forgetBefore(atMs: number): void {
    this.#sql.exec('DELETE FROM applied WHERE at_ms < ?', atMs);
  }

  #placed(table: Table, values: JsonObject): { sql: string; value: SqlStorageValue }[] {
    return Object.entries(values).map(([name, value]) => {
      if (Object.hasOwn(SYSTEM, name)) {
        throw new TableFailure('system-column', `The column ${shown(name)} is written by the table itself.`);
      }
      const { sql, type } = this.place(table, name);
      return { sql, value: stored(value, type, name) };
    });
  }

  #row(table: Table, row: Record<string, SqlStorageValue>): JsonObject {
    const made: JsonObject = {
      id: read(row['id'] ?? null, 'number'),
      createdAt: read(row['created_at'] ?? null, 'date'),
      updatedAt: read(row['updated_at'] ?? null, 'date'),
    };
    for (const [index, { name, type }] of table.info.columns.entries()) {
      putOwn(made, name, read(row[`c${table.numbers[index]}`] ?? null, type));
    }
    return made;
  }

  #table(row: { n: number; id: string; name: string; created_at: number; updated_at: number }): Table {
    const columns = this.#sql
      .exec<{ n: number; name: string; type: ColumnType }>(
        'SELECT n, name, type FROM columns WHERE table_n = ? ORDER BY n',
        row.n,
      )
      .toArray();
    return {
      n: row.n,
      numbers: columns.map(({ n }) => n),
      info: {
        id: row.id,
        name: row.name,
        columns: columns.map(({ name, type }) => ({ name, type })),
        createdAt: iso(row.created_at),
        updatedAt: iso(row.updated_at),
      },
    };
  }
}

const PART_CHARS = 500_000;
