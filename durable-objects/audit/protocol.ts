import type { Erased } from '../kit/erase.ts';
import type { NewSink, Sink } from '../kit/sinks.ts';
import type { Head } from '../../core/audit/chain.ts';
import type { AuditNote, AuditRecord } from '../../core/audit/entry.ts';

export interface SearchCall {
  actor?: string;
  /** `area.route`, or `area.*`. */
  action?: string;
  target?: string;
  outcome?: string;
  requestId?: string;
  /** Actions that only look: then neither they are found nor what is counted, but what changed something. */
  reads?: readonly string[];
  sinceMs?: number;
  untilMs?: number;
  /** Newest first from below this position; absent: from the end. */
  before?: number;
  limit: number;
}

export interface SearchReply {
  records: AuditRecord[];
  /** Give it back as `before` to read on; absent at the end. */
  next?: number;
}

/** What Workers say to a tenant's audit log. */
export interface AuditRpc {
  /** On disk when it returns. */
  append(notes: readonly AuditNote[]): Promise<Head>;
  search(call: SearchCall): Promise<SearchReply>;
  /** Oldest first, from after a position: for export and checking. */
  page(after: number, limit: number): Promise<AuditRecord[]>;
  /** The newest record, and the one before the oldest that is still kept. */
  ends(): Promise<{ head: Head; anchor: Head }>;
  /** Drops what is older; the chain goes on from its anchor. Returns how many were dropped. */
  dropBefore(atMs: number): Promise<number>;
  sinks(): Promise<Sink[]>;
  addSink(sink: NewSink): Promise<void>;
  removeSink(id: string): Promise<boolean>;
  /** Deletes everything this object holds. */
  erase(): Promise<Erased>;
}
