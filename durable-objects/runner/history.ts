import type { RunEvent } from '../../core/engine/events.ts';
import { isBlob, type StoredRecord } from './records.ts';
import type { Place, RunnerStore } from './store.ts';

/** Archive of sealed segments: one JSON object `{ "<slot>": [records] }`. */
type Archive = Record<string, StoredRecord[]>;

/** Neighbouring runs are often asked for together, by several people at once: their segments are kept parsed. */
const KEPT_CHARS = 1_000_000;
const KEPT_ARCHIVES = 16;

interface Archived {
  object: string;
  /** By slot; undefined for an archive that has no list of them. */
  places: ReadonlyMap<number, Place> | undefined;
}

/** Reads journals back, wherever sealing has put them. */
export class History {
  private readonly store: RunnerStore;
  private readonly files: R2Bucket;
  private readonly segments = new Map<number, { records: StoredRecord[]; chars: number }>();
  private keptChars = 0;
  private readonly archives = new Map<string, Archived>();

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
    const known = this.segments.get(slot);
    if (known) return known.records;
    const text = this.store.recordsText(slot) ?? (await this.sealedAt(slot));
    if (text === undefined) return [];
    const records = JSON.parse(text) as StoredRecord[];
    if (!this.segments.has(slot)) this.keptChars += text.length;
    this.segments.set(slot, { records, chars: text.length });
    for (const [oldest, { chars }] of this.segments) {
      if (this.keptChars <= KEPT_CHARS) break;
      this.segments.delete(oldest);
      this.keptChars -= chars;
    }
    return records;
  }

  private async sealedAt(slot: number): Promise<string | undefined> {
    for (let missed: string | undefined; ;) {
      const archive = this.archiveOf(slot);
      if (!archive) return undefined;
      const { object, places } = archive;
      const place = places?.get(slot);
      if (places && !place) return undefined;
      const found = await this.files.get(object, place && { range: { offset: place.offset, length: place.length } });
      if (found) return place ? found.text() : JSON.stringify((await found.json<Archive>())[String(slot)] ?? []);
      // it may have become a larger one, under another name, while it was being asked for
      if (missed === object) throw new Error(`An archive is missing from storage: ${object}`);
      missed = object;
    }
  }

  private archiveOf(slot: number): Archived | undefined {
    const row = this.store.archiveAround(slot);
    if (!row) return undefined;
    // an archive that takes more segments in gets another name, so what is kept here is never stale
    const kept = this.archives.get(row.object);
    if (kept) return kept;
    const places = this.store.places(row.first);
    const archive = { object: row.object, places: places && new Map(places.map((place) => [place.slot, place])) };
    this.archives.set(row.object, archive);
    const [oldest] = this.archives.keys();
    if (this.archives.size > KEPT_ARCHIVES && oldest !== undefined) this.archives.delete(oldest);
    return archive;
  }
}
