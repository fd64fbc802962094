import { workflowOfKept } from '../../core/engine/execute.ts';
import type { UsageLine } from '../../core/quota/meters.ts';
import type { RunHead } from './protocol.ts';
import { batchOf, PARTS, slotOf, type StoredRecord } from './records.ts';

/** Head as stored: also where the run's last record is. `owes`: ended, but its error workflow is not started yet. */
export interface StoredHead extends RunHead {
  last: number;
  owes?: true;
  /** A poll that found nothing: kept, but shown only to those who ask. */
  idle?: true;
  /** Only in heads from before what called a run was told to those alone who may see that. */
  parent?: string;
}

export interface SegmentRow {
  slot: number;
  heads: StoredHead[];
}

export interface SealedRow {
  first: number;
  last: number;
  object: string;
  heads: string;
}

/** Bytes of an archive that hold one segment's records. */
export interface Place {
  slot: number;
  offset: number;
  length: number;
}

/** Records from this size on lie in a row of their own, if their segment's heads are still to change. */
const MIN_BULK_CHARS = 4_096;

const FINAL = new Set(['success', 'error', 'canceled', 'superseded']);
export const isLiveHead = (head: StoredHead): boolean => head.owes === true || !FINAL.has(head.status);

/** The newest that a run names; the list of runs has them all. */
const MAX_RERUNS = 20;

/** Under which a repetition is noted at the run that it repeats. Keys of triggers begin with the id of a workflow. */
export const rerunKey = (run: string, again: string): string => `rerun:${run}:${again}`;

/** The runner's tables. Every statement is here, and every row written is counted. */
export class RunnerStore {
  rowsWritten = 0;
  private readonly sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  meta(name: string): string | undefined {
    return this.sql.exec<{ value: string }>('SELECT value FROM meta WHERE name = ?', name).toArray()[0]?.value;
  }

  setMeta(name: string, value: string): void {
    this.write(
      'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      name,
      value,
    );
  }

  /** What the shard wrote down for its next life. */
  note(): string {
    return this.meta('shard-note') ?? '';
  }

  putNote(text: string): void {
    this.setMeta('shard-note', text);
  }

  /** Makes this incarnation the only one that may write. One row a boot. */
  takeEpoch(): number {
    const epoch = Number(this.meta('epoch') ?? 0) + 1;
    this.setMeta('epoch', String(epoch));
    return epoch;
  }

  /** Refuses the write of a driver that another has replaced (promise P5). */
  assertEpoch(epoch: number): void {
    if (Number(this.meta('epoch')) !== epoch) throw new Error('Fenced: another driver has taken over this shard.');
  }

  lastBatch(): number {
    const open = this.sql.exec<{ slot: number | null }>('SELECT max(slot) AS slot FROM segments').one().slot;
    const sealed = this.sql.exec<{ slot: number | null }>('SELECT max(last) AS slot FROM sealed').one().slot;
    return batchOf(Math.max(open ?? 0, sealed ?? 0));
  }

  insertSegment(slot: number, heads: StoredHead[], data: string, used: string | null): void {
    const live = heads.filter(isLiveHead).length;
    const isBulk = live > 0 && data.length >= MIN_BULK_CHARS;
    this.write(
      'INSERT INTO segments (slot, live, heads, data, used) VALUES (?, ?, ?, ?, ?)',
      slot,
      live,
      JSON.stringify(heads),
      isBulk ? '' : data,
      used,
    );
    if (isBulk) this.write('INSERT INTO bulk (slot, data) VALUES (?, ?)', slot, data);
  }

  updateHeads(slot: number, heads: StoredHead[]): void {
    const live = heads.filter(isLiveHead).length;
    this.write('UPDATE segments SET heads = ?, live = ? WHERE slot = ?', JSON.stringify(heads), live, slot);
  }

  records(slot: number): StoredRecord[] | undefined {
    const text = this.recordsText(slot);
    return text === undefined ? undefined : (JSON.parse(text) as StoredRecord[]);
  }

  recordsText(slot: number): string | undefined {
    const [row] = this.sql.exec<{ data: string }>('SELECT data FROM segments WHERE slot = ?', slot).toArray();
    return row?.data === '' ? this.bulk(slot) : row?.data;
  }

  /** Usage of the segments from `slot` on. */
  usedFrom(slot: number): { slot: number; lines: UsageLine[] }[] {
    return this.sql
      .exec<{ slot: number; used: string }>(
        'SELECT slot, used FROM segments WHERE slot >= ? AND used IS NOT NULL ORDER BY slot',
        slot,
      )
      .toArray()
      .map((row) => ({ slot: row.slot, lines: JSON.parse(row.used) as UsageLine[] }));
  }

  /** Segments after `slot`, with their records. */
  recordsAfter(slot: number): { slot: number; records: StoredRecord[] }[] {
    return this.sql
      .exec<{ slot: number; data: string }>('SELECT slot, data FROM segments WHERE slot > ? ORDER BY slot', slot)
      .toArray()
      .map(({ slot: at, data }) => ({ slot: at, records: JSON.parse(data || this.bulk(at)) as StoredRecord[] }));
  }

  /** Segments of one batch, which may have several parts. */
  headsOfBatch(batch: number): SegmentRow[] {
    return this.rows(
      'SELECT slot, heads FROM segments WHERE slot >= ? AND slot < ?',
      slotOf(batch, 0),
      slotOf(batch, PARTS),
    );
  }

  liveSegments(): SegmentRow[] {
    return this.rows('SELECT slot, heads FROM segments WHERE live > 0 ORDER BY slot');
  }

  /** Heads as JSON text, newest first; `live`: how many of them may still change. */
  headsBelow(slot: number, limit: number): { slot: number; heads: string; live: number }[] {
    const query = 'SELECT slot, heads, live FROM segments WHERE slot < ? ORDER BY slot DESC LIMIT ?';
    return this.sql.exec<{ slot: number; heads: string; live: number }>(query, slot, limit).toArray();
  }

  liveHeadsBelow(slot: number, limit: number): SegmentRow[] {
    return this.rows(
      'SELECT slot, heads FROM segments WHERE live > 0 AND slot < ? ORDER BY slot DESC LIMIT ?',
      slot,
      limit,
    );
  }

  sealedBelow(slot: number): SealedRow | undefined {
    const query = 'SELECT first, last, object, heads FROM sealed WHERE first < ? ORDER BY first DESC LIMIT 1';
    return this.sql.exec<SealedRow & Record<string, SqlStorageValue>>(query, slot).toArray()[0];
  }

  /** The archive in whose range a slot lies. Ranges do not overlap. */
  sealedAround(slot: number): SealedRow | undefined {
    const found = this.sealedBelow(slot + 1);
    return found && found.last >= slot ? found : undefined;
  }

  sealedAbove(slot: number): SealedRow | undefined {
    const query = 'SELECT first, last, object, heads FROM sealed WHERE first > ? ORDER BY first LIMIT 1';
    return this.sql.exec<SealedRow & Record<string, SqlStorageValue>>(query, slot).toArray()[0];
  }

  /** The archive a slot lies in, without its heads. */
  archiveAround(slot: number): { first: number; object: string } | undefined {
    const query = 'SELECT first, last, object FROM sealed WHERE first <= ? ORDER BY first DESC LIMIT 1';
    const found = this.sql.exec<{ first: number; last: number; object: string }>(query, slot).toArray()[0];
    return found && found.last >= slot ? found : undefined;
  }

  /** Undefined for an archive that was written before places were kept. */
  places(first: number): Place[] | undefined {
    const query = 'SELECT places FROM sealed_places WHERE first = ?';
    const text = this.sql.exec<{ places: string }>(query, first).toArray()[0]?.places;
    return text === undefined ? undefined : (JSON.parse(text) as Place[]);
  }

  putPlaces(first: number, places: readonly Place[]): void {
    this.write('INSERT OR REPLACE INTO sealed_places (first, places) VALUES (?, ?)', first, JSON.stringify(places));
  }

  insertSealed(row: SealedRow & { sealedAt: number }, slots: readonly number[]): void {
    this.write(
      'INSERT INTO sealed (first, last, object, heads, sealed_at) VALUES (?, ?, ?, ?, ?)',
      row.first,
      row.last,
      row.object,
      row.heads,
      row.sealedAt,
    );
    for (const slot of slots) this.deleteSegment(slot);
  }

  /** An archive that took more segments in. */
  replaceSealed(row: SealedRow, slots: readonly number[]): void {
    this.write('UPDATE sealed SET object = ?, heads = ? WHERE first = ?', row.object, row.heads, row.first);
    for (const slot of slots) this.deleteSegment(slot);
  }

  oldestSealed(): SealedRow | undefined {
    const query = 'SELECT first, last, object, heads FROM sealed ORDER BY first LIMIT 1';
    return this.sql.exec<SealedRow & Record<string, SqlStorageValue>>(query).toArray()[0];
  }

  deleteSealed(first: number): void {
    this.write('DELETE FROM sealed WHERE first = ?', first);
    this.write('DELETE FROM sealed_places WHERE first = ?', first);
  }

  oldestSegments(limit: number): SegmentRow[] {
    return this.rows('SELECT slot, heads FROM segments ORDER BY slot LIMIT ?', limit);
  }

  deleteSegment(slot: number): void {
    this.write('DELETE FROM segments WHERE slot = ?', slot);
    this.write('DELETE FROM bulk WHERE slot = ?', slot);
  }

  /**
   * Sizes of the oldest segment that may be sealed and of those after it, `live` ones that may be sealed later included. A
   * segment may hold megabytes, so look before reading.
   */
  sizesFromSealable(limit: number, below: number): { slot: number; live: number; bytes: number; headBytes: number }[] {
    return this.sql
      .exec<{ slot: number; live: number; bytes: number; headBytes: number }>(
        // lengths in characters would read all of the texts
        'SELECT slot, live, octet_length(segments.data) + coalesce(octet_length(bulk.data), 0) AS bytes, ' +
          'octet_length(heads) AS headBytes FROM segments LEFT JOIN bulk USING (slot) ' +
          'WHERE slot >= (SELECT slot FROM segments WHERE live = 0 ORDER BY slot LIMIT 1) AND slot < ? ' +
          'ORDER BY slot LIMIT ?',
        below,
        limit,
      )
      .toArray();
  }

  segment(slot: number): { slot: number; heads: string; data: string } {
    const query = 'SELECT slot, heads, data FROM segments WHERE slot = ?';
    const row = this.sql.exec<{ slot: number; heads: string; data: string }>(query, slot).one();
    return row.data === '' ? { ...row, data: this.bulk(slot) } : row;
  }

  segmentCount(): number {
    return this.sql.exec<{ n: number }>('SELECT count(*) AS n FROM segments').one().n;
  }

  findKey(key: string): string | undefined {
    return this.sql.exec<{ run: string }>('SELECT run FROM idempotency WHERE key = ?', key).toArray()[0]?.run;
  }

  putKey(key: string, run: string, at: number): void {
    this.write('INSERT OR IGNORE INTO idempotency (key, run, at) VALUES (?, ?, ?)', key, run, at);
  }

  /** Runs that repeated one, newest first. */
  reruns(run: string, limit = MAX_RERUNS): string[] {
    const [from, below] = [rerunKey(run, ''), `rerun:${run};`];
    return this.sql
      .exec<{ run: string }>(
        'SELECT run FROM idempotency WHERE key >= ? AND key < ? ORDER BY at DESC, key DESC LIMIT ?',
        from,
        below,
        limit,
      )
      .toArray()
      .map((row) => row.run);
  }

  dropKeysBefore(at: number): void {
    this.write('DELETE FROM idempotency WHERE at < ?', at);
  }

  kept(name: string): string | undefined {
    return this.sql.exec<{ data: string }>('SELECT data FROM kept WHERE name = ?', name).toArray()[0]?.data;
  }

  /** Nothing of a workflow that was forgotten: its last runs may end after it. */
  keep(name: string, data: string): void {
    this.write(
      'INSERT INTO kept (name, data) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM forgotten WHERE workflow = ?3) ' +
        'ON CONFLICT (name) DO UPDATE SET data = excluded.data',
      name,
      data,
      workflowOfKept(name),
    );
  }

  /** Removes what a workflow kept, in every environment, for good. */
  forget(workflow: string): void {
    this.write('INSERT OR IGNORE INTO forgotten (workflow) VALUES (?)', workflow);
    const names = this.sql.exec<{ name: string }>('SELECT name FROM kept').toArray();
    for (const { name } of names) {
      if (workflowOfKept(name) === workflow) this.write('DELETE FROM kept WHERE name = ?', name);
    }
  }

  /** GCRA state of a rate key: see Admission. */
  putRate(key: string, tat: number): void {
    this.write(
      'INSERT INTO rates (key, tat) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET tat = excluded.tat',
      key,
      tat,
    );
  }

  /** States that still matter at `now`; the others are forgotten. */
  rates(now: number): { key: string; tat: number }[] {
    this.write('DELETE FROM rates WHERE tat < ?', now);
    return this.sql.exec<{ key: string; tat: number }>('SELECT key, tat FROM rates').toArray();
  }

  program(workflow: string, version: string): string | undefined {
    const query = 'SELECT doc FROM programs WHERE workflow = ? AND version = ?';
    return this.sql.exec<{ doc: string }>(query, workflow, version).toArray()[0]?.doc;
  }

  putProgram(workflow: string, version: string, doc: string): void {
    this.write('INSERT OR IGNORE INTO programs (workflow, version, doc) VALUES (?, ?, ?)', workflow, version, doc);
  }

  private bulk(slot: number): string {
    return this.sql.exec<{ data: string }>('SELECT data FROM bulk WHERE slot = ?', slot).one().data;
  }

  private rows(query: string, ...values: SqlStorageValue[]): SegmentRow[] {
    return this.sql
      .exec<{ slot: number; heads: string }>(query, ...values)
      .toArray()
      .map((row) => ({ slot: row.slot, heads: JSON.parse(row.heads) as StoredHead[] }));
  }

  private write(query: string, ...values: SqlStorageValue[]): number {
    const { rowsWritten } = this.sql.exec(query, ...values);
    this.rowsWritten += rowsWritten;
    return rowsWritten;
  }
}
