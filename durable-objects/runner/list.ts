import { environmentOf } from '../../core/environment/reference.ts';
import type { ListCall, ListReply, RunHead } from './protocol.ts';
import { batchOf, slotOf } from './records.ts';
import { lastStartedAt, type Screen, screenFor } from './screen.ts';
import type { RunnerStore, SealedRow, SegmentRow, StoredHead } from './store.ts';

/** Rows read at a time while searching. */
const PAGE_ROWS = 256;
/**
 * A search gives up after parsing this many characters, and returns a cursor: no request may read without bound, nor hold
 * up the runs beside it. That is 50,000 heads and about a tenth of a second.
 */
const MAX_PARSED_CHARS = 10_000_000;
/** What looking at a character costs beside parsing it. */
const LOOK = 1 / 20;

interface Row {
  slot: number;
  heads: StoredHead[];
  /** When its last run started. */
  lastMs: number | undefined;
  /** What reading it took, in characters parsed. */
  cost: number;
}

const looked = (slot: number, text: string): Row => ({
  slot,
  heads: [],
  lastMs: lastStartedAt(text),
  cost: text.length * LOOK,
});

/** Newest first, from open and sealed segments as one sequence; where nothing can be that is asked for, without heads. */
function* rowsBelow(store: RunnerStore, from: number, screen: Screen): Generator<Row> {
  let open: ReturnType<RunnerStore['headsBelow']> = [];
  let sealed: Row[] = [];
  let openBelow = from;
  let sealedBelow = from;
  for (;;) {
    if (open.length === 0) {
      open = store.headsBelow(openBelow, PAGE_ROWS);
      openBelow = open.at(-1)?.slot ?? -1;
    }
    while (sealed.length === 0 && sealedBelow >= 0) {
      const block = store.sealedBelow(sealedBelow);
      sealedBelow = block ? block.first : -1;
      if (block) sealed = blockRows(block, from, screen);
    }
    const [a] = open;
    const [b] = sealed;
    if (!a && !b) return;
    if (a && (!b || a.slot > b.slot)) {
      open.shift();
      // what may still change may be in memory otherwise than it is stored
      yield a.live > 0 || screen.mayHold(a.heads) ? parsed(a) : looked(a.slot, a.heads);
    } else {
      yield sealed.shift() as Row;
    }
  }
}

function parsed({ slot, heads }: { slot: number; heads: string }): Row {
  return { slot, heads: JSON.parse(heads) as StoredHead[], lastMs: lastStartedAt(heads), cost: heads.length };
}

function blockRows({ first, heads: text }: SealedRow, from: number, screen: Screen): Row[] {
  if (!screen.mayHold(text)) return [looked(first, text)];
  const rows = (JSON.parse(text) as SegmentRow[]).filter((row) => row.slot < from).reverse();
  return rows.map(({ slot, heads }, index) => ({
    slot,
    heads,
    lastMs: heads.at(-1)?.startedAt,
    cost: index === 0 ? text.length : 0,
  }));
}

const LIVE = new Set(['queued', 'running', 'waiting', 'paused']);
const wantsLiveOnly = ({ status, waitingFor }: ListCall): boolean =>
  waitingFor !== undefined || (status !== undefined && status.every((each) => LIVE.has(each)));

/** Only segments with live runs, by their index: what waits for people is found under a million that ended. */
function* liveRowsBelow(store: RunnerStore, from: number): Generator<Row> {
  for (let below = from; ;) {
    const rows = store.liveHeadsBelow(below, PAGE_ROWS);
    for (const { slot, heads } of rows) yield { slot, heads, lastMs: heads.at(-1)?.startedAt, cost: 0 };
    if (rows.length < PAGE_ROWS) return;
    below = rows.at(-1)?.slot ?? -1;
  }
}

export function listRuns(
  store: RunnerStore,
  live: (id: string) => RunHead | undefined,
  call: ListCall,
  nowMs = Date.now(),
): ListReply {
  const [slot, n] = parseCursor(call.cursor);
  const runs: RunHead[] = [];
  let cost = 0;
  const below = slot + 1;
  for (const row of wantsLiveOnly(call) ? liveRowsBelow(store, below) : rowsBelow(store, below, screenFor(call))) {
    const upTo = row.slot === slot ? n : row.heads.length;
    for (let index = upTo - 1; index >= 0; index--) {
      const stored = row.heads[index];
      if (!stored || (stored.idle && call.idle !== true)) continue;
      const head = live(stored.id) ?? publicHead(stored);
      if (!matches(head, call, nowMs)) continue;
      runs.push(head);
      if (runs.length >= call.limit) return { runs, cursor: `${row.slot}.${index}` };
    }
    // older ones started earlier
    if (call.sinceMs !== undefined && row.lastMs !== undefined && row.lastMs < call.sinceMs) break;
    cost += row.cost;
    if (cost >= MAX_PARSED_CHARS) return { runs, cursor: `${row.slot}.0` };
  }
  return { runs };
}

export function publicHead({ last: _last, owes: _owes, idle: _idle, parent: _parent, ...head }: StoredHead): RunHead {
  return head;
}

/** Where a run's head is stored. */
export function findHead(store: RunnerStore, batch: number, id: string): StoredHead | undefined {
  for (const row of store.headsOfBatch(batch)) {
    const head = row.heads.find((candidate) => candidate.id === id);
    if (head) return head;
  }
  // the parts of one batch may have gone into two archives
  for (const sealed of [store.sealedBelow(slotOf(batch + 1, 0)), store.sealedAround(slotOf(batch, 0))]) {
    if (!sealed || batchOf(sealed.last) < batch) continue;
    const head = (JSON.parse(sealed.heads) as SegmentRow[])
      .flatMap((row) => row.heads)
      .find((candidate) => candidate.id === id);
    if (head) return head;
  }
  return undefined;
}

function parseCursor(cursor: string | undefined): [slot: number, n: number] {
  const match = /^(\d{1,15})\.(\d{1,9})$/.exec(cursor ?? '');
  return match ? [Number(match[1]), Number(match[2])] : [Number.MAX_SAFE_INTEGER - 1, 0];
}

function matches(head: RunHead, call: ListCall, nowMs: number): boolean {
  if (call.status && !call.status.includes(head.status)) return false;
  if (call.workflow !== undefined && head.workflow !== call.workflow) return false;
  if (call.workflows && !call.workflows.includes(head.workflow)) return false;
  if (call.trigger !== undefined && head.trigger !== call.trigger) return false;
  if (call.mode !== undefined && head.mode !== call.mode) return false;
  if (call.startedBy !== undefined && head.startedBy?.id !== call.startedBy) return false;
  if (call.waitingFor !== undefined && head.waitingFor !== call.waitingFor) return false;
  if (call.version !== undefined && !isVersion(head.version, call.version)) return false;
  if (call.environment !== undefined && environmentOf(head.version) !== call.environment) return false;
  const tookMs = (head.finishedAt ?? nowMs) - head.startedAt;
  if (call.minTookMs !== undefined && tookMs < call.minTookMs) return false;
  if (call.maxTookMs !== undefined && tookMs > call.maxTookMs) return false;
  if (call.sinceMs !== undefined && head.startedAt < call.sinceMs) return false;
  if (call.untilMs !== undefined && head.startedAt > call.untilMs) return false;
  if (call.text === undefined || call.text === '') return true;
  const text = call.text.toLowerCase();
  const { error } = head;
  return [head.id, head.workflow, error?.code, error?.message, error?.node].some((part) =>
    part?.toLowerCase().includes(text),
  );
}

const isVersion = (version: string, wanted: string): boolean =>
  version === wanted || (wanted === 'draft' && version.startsWith('draft:'));
