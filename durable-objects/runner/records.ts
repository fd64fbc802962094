import type { RunEvent } from '../../core/engine/events.ts';

/** Values above this go to R2 and the journal keeps a reference: rows stay small and cheap. */
export const MAX_INLINE_EVENT_CHARS = 65_536;
/** A row may have 2 MB: a character takes three bytes at most, one more event comes to it, and the heads lie beside. */
export const MAX_SEGMENT_CHARS = 500_000;

/** Events of one run in one segment, as stored: JSON text `{"r":"run_…","p":slot,"e":[…]}`. */
export interface StoredRecord {
  r: string;
  /** Slot of the run's previous record; absent in its first. */
  p?: number;
  e: (RunEvent | BlobEvent)[];
}

/** Stands for an event whose JSON lies in R2. */
interface BlobEvent {
  t: 'blob';
  key: string;
}

export const isBlob = (event: RunEvent | BlobEvent): event is BlobEvent => event.t === 'blob';

/**
 * A slot is a batch number and a part: `batch * PARTS + part`. Runs are named after their batch when they are admitted;
 * a group that has to wait for R2 is written later, but into a part of its own batch, so names stay true.
 */
export const PARTS = 1024;
export const slotOf = (batch: number, part: number): number => batch * PARTS + part;
export const batchOf = (slot: number): number => Math.floor(slot / PARTS);
