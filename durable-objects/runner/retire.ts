import { isBlob, type StoredRecord } from './records.ts';
import { isLiveHead, type RunnerStore, type SegmentRow } from './store.ts';

/** Segments and archives deleted in one visit; the next visit goes on. */
const SHARE = 500;

/**
 * Deletes runs that ended before `before`, oldest first, with the values they stored. Stops at the first segment in
 * which a run began that must be kept: everything before it belongs to runs that have expired, so no kept run loses a
 * record. Idempotency keys go with their time. Returns the number of segments and archives deleted.
 */
export async function retireOld(store: RunnerStore, files: R2Bucket, before: number): Promise<number> {
  let deleted = 0;
  store.dropKeysBefore(before);
  for (let sealed = store.oldestSealed(); sealed && deleted < SHARE; sealed = store.oldestSealed()) {
    const rows = JSON.parse(sealed.heads) as SegmentRow[];
    const [open] = store.oldestSegments(1);
    if ((open && open.slot < sealed.last && !expired(open, before)) || !rows.every((row) => expired(row, before))) {
      return deleted;
    }
    const archive = await files.get(sealed.object);
    if (archive) await dropValues(files, Object.values(await archive.json<Record<string, StoredRecord[]>>()).flat());
    await files.delete(sealed.object);
    store.deleteSealed(sealed.first);
    deleted++;
  }
  for (const row of store.oldestSegments(SHARE - deleted)) {
    if (!expired(row, before)) return deleted;
    await dropValues(files, store.records(row.slot) ?? []);
    store.deleteSegment(row.slot);
    deleted++;
  }
  return deleted;
}

const expired = (row: SegmentRow, before: number): boolean =>
  row.heads.every((head) => !isLiveHead(head) && (head.finishedAt ?? head.startedAt) < before);

async function dropValues(files: R2Bucket, records: readonly StoredRecord[]): Promise<void> {
  const keys = records.flatMap((record) => record.e.filter(isBlob).map((event) => event.key));
  for (let from = 0; from < keys.length; from += 1000) await files.delete(keys.slice(from, from + 1000));
}
