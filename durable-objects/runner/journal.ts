import { eventText } from '../../core/engine/event-text.ts';
import type { JsonObject } from '../../core/data/item.ts';
import type { RunEvent } from '../../core/engine/events.ts';
import type { Run } from '../../core/engine/run.ts';
import { countsOf } from '../../core/quota/measure.ts';
import { hourOf, type UsageLine } from '../../core/quota/meters.ts';
import { Tally } from '../../core/quota/tally.ts';
import { headOf } from './head.ts';
import { MAX_INLINE_EVENT_CHARS, MAX_SEGMENT_CHARS, PARTS, slotOf } from './records.ts';
import type { RunnerStore, StoredHead } from './store.ts';

/** Everything one turn decided: committed together or not at all. */
interface Group {
  batch: number;
  entries: Map<Run, RunEvent[]>;
  keys: { key: string; run: string; at: number }[];
  kept: Map<string, JsonObject>;
  after: (() => void)[];
  /** Values on their way to R2; the group waits for them. */
  uploads: Promise<void> | undefined;
  ready: boolean;
  texts: { run: Run; events: string[] }[];
}

/** What a commit adds to usage, and the segment that says so. */
interface Counted {
  slot: number;
  lines: UsageLine[];
}

/** Where a live run's records are. */
interface Place {
  /** Slot its start record is in; undefined until committed. */
  start: number | undefined;
  last: number | undefined;
  /** Status the stored head shows. */
  shown: string;
}

interface JournalDeps {
  store: RunnerStore;
  transaction(action: () => void): void;
  putBlob(text: string): { key: string; done: Promise<void> };
  /** Called after a commit with the runs whose events are now durable. */
  committed(changes: { run: Run; events: RunEvent[] }[]): void;
  /** What this commit adds to the tenant's usage. Called after it. */
  counted(slot: number, lines: UsageLine[]): void;
  failed(error: unknown): void;
  now(): number;
}

/** A run's number in its batch: the boot's epoch and a counter, together at most six digits of base 36. */
const SERIALS = 65_536;
const EPOCHS = 32_768;
/** Records nobody waits for may stay in memory this long: an effect that returns in time saves a commit. */
const LAZY_FLUSH_MS = 100;

/**
 * Group commit. Turns add groups; a flush writes all that are ready as one row and then lets go what waited for it.
 * The platform holds back every reply and request until that row is on disk (output gate).
 */
export class Journal {
  commits = 0;
  /** Characters of records written. */
  chars = 0;
  private readonly deps: JournalDeps;
  private readonly places = new Map<Run, Place>();
  private readonly headRows = new Map<number, StoredHead[]>();
  private readonly parts = new Map<number, number>();
  private pending: Group[] = [];
  private open: Group | undefined;
  private batch: number;
  /** The highest batch that is on disk. */
  private written: number;
  private serial: number;
  /** Differs from boot to boot: the name of a run that was lost uncommitted, and its effects' keys, never come back. */
  private readonly firstSerial: number;
  private timer: { urgent: boolean; handle: ReturnType<typeof setTimeout> } | undefined;
  private readonly newKeys = new Map<string, string>();

  constructor(deps: JournalDeps, lastBatch: number, epoch: number) {
    this.deps = deps;
    this.written = lastBatch;
    this.batch = lastBatch + 1;
    this.firstSerial = (epoch % EPOCHS) * SERIALS;
    this.serial = this.firstSerial;
  }

  /** Name of a run admitted now: the batch it will be written in and its number there. */
  nextName(): { segment: number; n: number } {
    return { segment: this.batch, n: this.serial++ };
  }

  append(run: Run, event: RunEvent): void {
    const { entries } = this.group();
    const events = entries.get(run);
    if (events) events.push(event);
    else entries.set(run, [event]);
  }

  after(action: () => void): void {
    this.group().after.push(action);
  }

  putKey(key: string, run: string): void {
    this.newKeys.set(key, run);
    this.group().keys.push({ key, run, at: this.deps.now() });
  }

  findKey(key: string): string | undefined {
    return this.newKeys.get(key) ?? this.deps.store.findKey(key);
  }

  keep(name: string, data: JsonObject): void {
    this.group().kept.set(name, data);
  }

  kept(name: string): JsonObject | undefined {
    const waiting = (this.open?.kept.has(name) ? this.open : this.pending.findLast(({ kept }) => kept.has(name)))?.kept;
    if (waiting) return waiting.get(name);
    const stored = this.deps.store.kept(name);
    return stored === undefined ? undefined : (JSON.parse(stored) as JsonObject);
  }

  /** Takes over a run rebuilt at boot. */
  restore(run: Run, row: { slot: number; heads: StoredHead[] }, head: StoredHead): void {
    this.headRows.set(row.slot, row.heads);
    this.places.set(run, { start: row.slot, last: head.last, shown: head.status });
  }

  /** The same run under another program: its records are where they were. */
  exchange(from: Run, to: Run): void {
    const place = this.places.get(from);
    if (!place) return;
    this.places.delete(from);
    this.places.set(to, place);
  }

  /** Slot of the run's newest durable record. */
  lastSlot(run: Run): number | undefined {
    return this.places.get(run)?.last;
  }

  /** Ends a turn: what it appended becomes one group. */
  endTurn(): void {
    const group = this.open;
    if (!group) return;
    this.open = undefined;
    this.serialize(group);
    this.pending.push(group);
    this.arm(group.after.length > 0);
  }

  /** Writes every group that is ready. Throws what the store throws: then nothing was written and nothing is let go. */
  flush(): void {
    if (this.timer) clearTimeout(this.timer.handle);
    this.timer = undefined;
    this.batch++;
    this.serial = this.firstSerial;
    // a prefix only: a later group may rest on an earlier one, as a duplicate rests on the run that it names
    const cut = this.pending.findIndex((group) => !group.ready);
    const ready = this.pending.splice(0, cut < 0 ? this.pending.length : cut);
    if (ready.length === 0) return;
    let counted: Counted | undefined;
    try {
      this.deps.transaction(() => (counted = this.write(ready)));
    } catch (error) {
      this.deps.failed(error);
      return;
    }
    this.commits++;
    this.written = Math.max(this.written, ...ready.map(({ batch }) => batch));
    if (counted) this.deps.counted(counted.slot, counted.lines);
    for (const group of ready) for (const { key } of group.keys) this.newKeys.delete(key);
    this.deps.committed(ready.flatMap((group) => [...group.entries].map(([run, events]) => ({ run, events }))));
    for (const group of ready) for (const action of group.after) action();
  }

  /** Keeps what the shard wants its next life to know. False: refused, and this one is over. */
  writeNote(text: string): boolean {
    try {
      this.deps.transaction(() => this.deps.store.putNote(text));
      return true;
    } catch (error) {
      this.deps.failed(error);
      return false;
    }
  }

  /** Brings every live run's stored head up to date, so that older segments may be sealed without being searched. */
  refreshHeads(): void {
    const dirty = new Set<number>();
    for (const [run, place] of this.places) {
      if (place.start === undefined) continue;
      const heads = this.headRows.get(place.start);
      const at = heads?.findIndex((head) => head.id === run.id) ?? -1;
      if (!heads || at < 0 || heads[at]?.last === place.last) continue;
      heads[at] = this.show(run);
      dirty.add(place.start);
    }
    for (const slot of dirty) this.deps.store.updateHeads(slot, this.headRows.get(slot) ?? []);
  }

  /** No segment below this slot is written any more. */
  get settledBelow(): number {
    // not the batch at hand: one that wrote nothing is used again after a restart
    return slotOf(Math.min(this.written + 1, ...this.pending.map(({ batch }) => batch)), 0);
  }

  get idle(): boolean {
    return this.pending.length === 0 && !this.open;
  }

  private group(): Group {
    return (this.open ??= {
      batch: this.batch,
      entries: new Map(),
      keys: [],
      kept: new Map(),
      after: [],
      uploads: undefined,
      ready: true,
      texts: [],
    });
  }

  private serialize(group: Group): void {
    const uploads: Promise<void>[] = [];
    for (const [run, events] of group.entries) {
      const texts: string[] = [];
      for (const event of events) {
        const text = eventText(event);
        if (text.length <= MAX_INLINE_EVENT_CHARS) {
          texts.push(text);
          continue;
        }
        const { key, done } = this.deps.putBlob(text);
        uploads.push(done);
        texts.push(JSON.stringify({ t: 'blob', key }));
      }
      group.texts.push({ run, events: texts });
    }
    if (uploads.length === 0) return;
    group.ready = false;
    Promise.all(uploads).then(
      () => {
        group.ready = true;
        this.arm(true);
      },
      (error: unknown) => this.deps.failed(error),
    );
  }

  private arm(urgent: boolean): void {
    if (this.timer && (this.timer.urgent || !urgent)) return;
    if (this.timer) clearTimeout(this.timer.handle);
    this.timer = { urgent, handle: setTimeout(() => this.flush(), urgent ? 0 : LAZY_FLUSH_MS) };
  }

  private write(groups: readonly Group[]): Counted | undefined {
    const lines = this.count(groups);
    const started = new Map<number, Run[]>();
    const touched = new Set<Run>();
    let row: { slot: number; records: string[]; size: number } | undefined;
    const rows: { slot: number; records: string[] }[] = [];
    for (const group of groups) {
      if (row && Math.floor(row.slot / PARTS) !== group.batch) row = undefined;
      for (const { run, events } of group.texts) {
        touched.add(run);
        for (let from = 0; from < events.length;) {
          if (!row || row.size > MAX_SEGMENT_CHARS) {
            row = { slot: slotOf(group.batch, this.takePart(group.batch)), records: [], size: 0 };
            rows.push(row);
          }
          const part: string[] = [];
          for (; from < events.length && row.size <= MAX_SEGMENT_CHARS; from++) {
            const text = events[from] as string;
            part.push(text);
            row.size += text.length;
          }
          const place = this.placeOf(run);
          const prev = place.last === undefined || place.last === row.slot ? '' : `"p":${place.last},`;
          row.records.push(`{"r":"${run.id}",${prev}"e":[${part.join(',')}]}`);
          if (place.start === undefined) {
            place.start = row.slot;
            const list = started.get(row.slot);
            if (list) list.push(run);
            else started.set(row.slot, [run]);
          }
          place.last = row.slot;
        }
      }
      this.keepRates(group);
      for (const { key, run, at } of group.keys) this.deps.store.putKey(key, run, at);
      for (const [name, data] of group.kept) this.deps.store.keep(name, JSON.stringify(data));
    }
    const counted = rows.at(-1)?.slot;
    for (const { slot, records } of rows) {
      const heads = (started.get(slot) ?? []).map((run) => this.show(run));
      const data = `[${records.join(',')}]`;
      this.chars += data.length;
      this.deps.store.insertSegment(
        slot,
        heads,
        data,
        slot === counted && lines.length > 0 ? JSON.stringify(lines) : null,
      );
      if (heads.length > 0) this.headRows.set(slot, heads);
    }
    this.updateOlderHeads(touched, started);
    this.dropEnded(touched);
    return counted === undefined || lines.length === 0 ? undefined : { slot: counted, lines };
  }

  private count(groups: readonly Group[]): UsageLine[] {
    const hour = hourOf(this.deps.now());
    const tally = new Tally();
    for (const { entries } of groups) {
      for (const [run, events] of entries) {
        for (const event of events) {
          const counts = countsOf(run, event);
          if (counts) tally.add(hour, run.start.workflow, counts);
        }
      }
    }
    return tally.lines();
  }

  private keepRates(group: Group): void {
    for (const [run, events] of group.entries) {
      const rate = run.start.limits?.rate;
      if (rate === undefined) continue;
      for (const event of events) {
        if (event.t === 'admit' && event.tat !== undefined) this.deps.store.putRate(rate, event.tat);
      }
    }
  }

  /** Heads of runs that began in an earlier segment and whose status people should see change. */
  private updateOlderHeads(touched: ReadonlySet<Run>, started: ReadonlyMap<number, Run[]>): void {
    const dirty = new Set<number>();
    for (const run of touched) {
      const place = this.placeOf(run);
      if (place.start === undefined || started.has(place.start)) continue;
      const heads = this.headRows.get(place.start);
      const at = heads?.findIndex((head) => head.id === run.id) ?? -1;
      const changed = place.shown !== run.status || (!run.live && heads?.[at]?.owes === true);
      if (!heads || at < 0 || !changed) continue;
      heads[at] = this.show(run);
      dirty.add(place.start);
    }
    for (const slot of dirty) this.deps.store.updateHeads(slot, this.headRows.get(slot) ?? []);
  }

  private show(run: Run): StoredHead {
    const place = this.placeOf(run);
    place.shown = run.status;
    return headOf(run, place.last ?? 0);
  }

  private dropEnded(touched: ReadonlySet<Run>): void {
    for (const run of touched) {
      if (run.live) continue;
      const start = this.places.get(run)?.start;
      this.places.delete(run);
      if (start === undefined) continue;
      const others = this.headRows.get(start)?.some((head) => head.owes || !head.finishedAt);
      if (!others) this.headRows.delete(start);
    }
    for (const batch of this.parts.keys()) {
      if (batch < this.batch - 8 && !this.pending.some((g) => g.batch === batch)) this.parts.delete(batch);
    }
  }

  private takePart(batch: number): number {
    const part = this.parts.get(batch) ?? 0;
    if (part >= PARTS) throw new Error('A batch has too many parts.');
    this.parts.set(batch, part + 1);
    return part;
  }

  private placeOf(run: Run): Place {
    let place = this.places.get(run);
    if (!place) this.places.set(run, (place = { start: undefined, last: undefined, shown: '' }));
    return place;
  }
}
