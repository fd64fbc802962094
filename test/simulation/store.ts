import type { JsonObject } from '../../core/data/item.ts';
import type { Coverage } from './coverage.ts';
import { tally } from './coverage.ts';
import type { History, Recorded } from './history.ts';

export interface Group {
  records: Recorded[];
  keys: [key: string, run: string][];
  kept: [name: string, data: JsonObject][];
  after: (() => void)[];
}

/** The disk: what was committed, and the epoch of the only driver that may write (promise P5). */
export class Store {
  epoch = 0;
  serial = 0;
  /** What the shard wrote down for its next life. */
  note = '';
  readonly keys = new Map<string, string>();
  readonly kept = new Map<string, JsonObject>();
  readonly tats = new Map<string, number>();
  readonly journals = new Map<string, Recorded[]>();
  /** Journals of runs that are not over: what a boot reads. */
  readonly live = new Set<string>();
  private readonly history: History;
  private readonly coverage: Coverage;

  constructor(history: History, coverage: Coverage) {
    this.history = history;
    this.coverage = coverage;
  }

  /** A new driver takes over; from now on every older one is refused. */
  takeOver(): number {
    this.epoch++;
    this.history.boots.push({ epoch: this.epoch, serial: this.serial++ });
    return this.epoch;
  }

  /** Writes groups as one commit. False: refused, nothing was written. */
  write(epoch: number, groups: readonly Group[]): boolean {
    if (epoch !== this.epoch) {
      tally(this.coverage, 'staleCommitsRefused');
      this.history.refused.push({ epoch, serial: this.serial++ });
      return false;
    }
    const serial = this.serial++;
    for (const { records, keys, kept } of groups) {
      for (const record of records) this.keep(record);
      for (const [key, run] of keys) this.keys.set(key, run);
      for (const [name, data] of kept) this.kept.set(name, data);
      // a group is the unit of decision, so checkers see each by itself
      if (records.length > 0) this.history.commits.push({ epoch, serial, records });
    }
    tally(this.coverage, 'commits');
    return true;
  }

  /** False: refused, as a commit would be. */
  writeNote(epoch: number, text: string): boolean {
    if (epoch !== this.epoch) return false;
    this.note = text;
    return true;
  }

  private keep(record: Recorded): void {
    const { run, event } = record;
    let journal = this.journals.get(run);
    if (!journal) this.journals.set(run, (journal = []));
    // what comes back from a disk is text that was read again
    journal.push({ ...record, event: JSON.parse(JSON.stringify(event)) as Recorded['event'] });
    if (event.t === 'start') this.live.add(run);
    else if (event.t === 'admit' && event.tat !== undefined) {
      const start = journal[0]?.event;
      const rate = start?.t === 'start' ? start.limits?.rate : undefined;
      if (rate !== undefined) this.tats.set(rate, event.tat);
    }
    tally(this.coverage, 'events');
  }
}
