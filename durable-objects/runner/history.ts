import type { RunEvent } from '../../core/engine/events.ts';
import { isBlob, type StoredRecord } from './records.ts';
import type { RunnerStore } from './store.ts';

/** Archive of sealed segments: one JSON object `{ "<slot>": [records] }`. */
type Archive = Record<string, StoredRecord[]>;

/** Reads journals back, wherever sealing has put them. */
export class History {
  private readonly store: RunnerStore;
  private readonly files: R2Bucket;
  /** The last archive read: neighbouring runs are often asked for together. */
  private cached: { object: string; archive: Archive } | undefined;
  /** The last open segment read: at boot many runs are read from the same one. */
  private segment: { slot: number; records: StoredRecord[] } | undefined;

  constructor(store: RunnerStore, files: R2Bucket) {
    this.store = store;
    this.files = files;
  }

  /** All events of a run, from its newest record back to its first. */
  async events(run: string, last: number): Promise<RunEvent[]> {
    const parts: StoredRecord['e'][] = [];
    for (let slot: number | undefined = last; slot !== undefined;) {
      const records: StoredRecord[] = (await this.recordsAt(slot)).filter((record) => record.r === run);
      if (records.length === 0) throw new Error(`The journal of ${run} is broken at slot ${slot}.`);
      for (const record of records.toReversed()) parts.push(record.e);
      slot = records.find((record) => record.p !== undefined)?.p;
    }
    return this.resolve(parts.reverse().flat());
  }

  /** Puts the events that lie in R2 back in their places. */
  async resolve(events: StoredRecord['e']): Promise<RunEvent[]> {
    return Promise.all(
      events.map(async (event) => {
        if (!isBlob(event)) return event;
        const object = await this.files.get(event.key);
        if (!object) throw new Error(`A value of the journal is missing from storage: ${event.key}`);
        return object.json<RunEvent>();
      }),
    );
  }

  private async recordsAt(slot: number): Promise<StoredRecord[]> {
    if (this.segment?.slot === slot) return this.segment.records;
    const here = this.store.records(slot);
    if (here) {
      this.segment = { slot, records: here };
      return here;
    }
    const sealed = this.store.sealedAround(slot);
    if (!sealed) return [];
    if (this.cached?.object !== sealed.object) {
      const object = await this.files.get(sealed.object);
      if (!object) throw new Error(`An archive is missing from storage: ${sealed.object}`);
      this.cached = { object: sealed.object, archive: await object.json<Archive>() };
    }
    return this.cached.archive[String(slot)] ?? [];
  }
}
