import type { Journal } from './journal.ts';
import type { Place, RunnerStore, SealedRow, SegmentRow } from './store.ts';

/** Segments kept open; what is older moves to R2 where storage is an order of magnitude cheaper. */
export const KEEP_OPEN = 2_000;
/** Fewer are kept when they are large: what lies open is read from a disk that costs more, and by boot. */
export const KEEP_OPEN_LARGE = 100;
/** Segments per archive: an object each would cost more than what it holds. */
export const PER_ARCHIVE = 500;
const MAX_ARCHIVE_BYTES = 4_000_000;
const MAX_HEADS_BYTES = 1_000_000;

interface SealDeps {
  store: RunnerStore;
  files: R2Bucket;
  /** Key prefix of this shard's archives; begins with the tenant's. */
  prefix: string;
  journal: Journal;
  state: DurableObjectState;
  /** Segments from here on hold usage that is not settled: they stay. */
  settledBelow(): number;
  keepOpen?: number;
  perArchive?: number;
}

interface Row {
  slot: number;
  heads: string;
  data: string;
}

/**
 * Moves the oldest finished segments to R2, at most one archive: an object that seals answers nobody. The archive is
 * written first, so a crash in between leaves both copies. Returns what it moved.
 */
export async function sealOld(deps: SealDeps): Promise<{ segments: number; chars: number }> {
  const { store, journal, state, keepOpen = KEEP_OPEN, perArchive = PER_ARCHIVE } = deps;
  const nothing = { segments: 0, chars: 0 };
  if (store.segmentCount() <= keepOpen + perArchive) return nothing;
  // boot looks for the newest records of live runs in open segments only
  state.storage.transactionSync(() => journal.refreshHeads());
  const { rows, into } = nextGroup(store, perArchive, deps.settledBelow());
  if (rows.length === 0) return nothing;
  await (into ? join(deps, into, rows) : archive(deps, rows));
  return { segments: rows.length, chars: rows.reduce((sum, row) => sum + row.data.length, 0) };
}

/**
 * The oldest rows that fit one archive. A row that stays open for a live run may be older than archives written
 * meanwhile: it joins the one whose range it lies in (`into`), so that ranges never overlap and one look finds a slot. So
 * a range ends where all that lies in it, live or not, would no longer fit.
 */
function nextGroup(store: RunnerStore, limit: number, below: number): { rows: Row[]; into: SealedRow | undefined } {
  const rows: Row[] = [];
  let into: SealedRow | undefined;
  let end = Number.POSITIVE_INFINITY;
  let bytes = 0;
  let headBytes = 0;
  for (const row of store.sizesFromSealable(limit, below)) {
    if (rows.length === 0) {
      into = store.sealedAround(row.slot);
      end = into ? into.last : (store.sealedAbove(row.slot)?.first ?? Number.POSITIVE_INFINITY);
    }
    const isFull = bytes + row.bytes > MAX_ARCHIVE_BYTES || headBytes + row.headBytes > MAX_HEADS_BYTES;
    if (rows.length > 0 && (row.slot > end || isFull)) break;
    if (row.live === 0) rows.push(store.segment(row.slot));
    bytes += row.bytes;
    headBytes += row.headBytes;
  }
  return { rows, into };
}

const headsOf = (rows: readonly Row[]): SegmentRow[] =>
  rows.map((row) => ({ slot: row.slot, heads: JSON.parse(row.heads) as SegmentRow['heads'] }));

/** Members of the archive's JSON object, and where each one's value lies when the first member begins at `at`. */
function membersOf(rows: readonly Row[], at: number): { text: string; places: Place[] } {
  const encoder = new TextEncoder();
  const places: Place[] = [];
  let offset = at;
  const members = rows.map(({ slot, data }) => {
    const name = `"${slot}":`;
    const { length } = encoder.encode(data);
    places.push({ slot, offset: offset + name.length, length });
    offset += name.length + length + 1;
    return name + data;
  });
  return { text: members.join(','), places };
}

async function archive({ store, files, prefix, state }: SealDeps, rows: readonly Row[]): Promise<void> {
  const first = rows[0]?.slot ?? 0;
  const last = rows.at(-1)?.slot ?? first;
  const object = `${prefix}/${String(first).padStart(16, '0')}-${last}.json`;
  const { text, places } = membersOf(rows, 1);
  await files.put(object, `{${text}}`);
  const sealed = { first, last, object, heads: JSON.stringify(headsOf(rows)), sealedAt: Date.now() };
  const slots = rows.map((row) => row.slot);
  state.storage.transactionSync(() => {
    store.insertSealed(sealed, slots);
    store.putPlaces(first, places);
  });
}

async function join({ store, files, state }: SealDeps, into: SealedRow, rows: readonly Row[]): Promise<void> {
  const before = await files.get(into.object);
  if (!before) throw new Error(`An archive is missing from storage: ${into.object}`);
  const known = store.places(into.first);
  const { text, places } = membersOf(rows, before.size);
  const whole = await before.text();
  // under another name: readers of the old object are not disturbed, and a crash leaves it in force
  const object = `${into.object.replace(/(\.\d+)?\.json$/, '')}.${Date.now()}.json`;
  await files.put(object, `${whole.slice(0, -1)},${text}}`);
  const heads = [...(JSON.parse(into.heads) as SegmentRow[]), ...headsOf(rows)].sort((a, b) => a.slot - b.slot);
  const slots = rows.map((row) => row.slot);
  state.storage.transactionSync(() => {
    store.replaceSealed({ ...into, object, heads: JSON.stringify(heads) }, slots);
    if (known) store.putPlaces(into.first, [...known, ...places]);
  });
  await files.delete(into.object);
}
