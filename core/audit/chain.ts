import { canonical } from '../data/canonical.ts';
import type { Json } from '../data/item.ts';
import type { AuditEntry, AuditNote, AuditRecord } from './entry.ts';

/** Lower-case hex of the SHA-256 of a text's UTF-8. Hosts bring a fast one. */
export type Sha256 = (text: string) => string;

/** Where a chain stands: its last record, or nothing yet. */
export interface Head {
  seq: number;
  hash: string;
}

export const START: Head = { seq: 0, hash: '0'.repeat(64) };

const hashOf = (prev: string, entry: AuditEntry, sha256: Sha256): string =>
  sha256(`${prev}\n${canonical(entry as unknown as Json)}`);

/** The record that follows `head`. */
export function link(head: Head, note: AuditNote, sha256: Sha256): AuditRecord {
  const entry: AuditEntry = { seq: head.seq + 1, ...note };
  return { ...entry, prev: head.hash, hash: hashOf(head.hash, entry, sha256) };
}

export interface Break {
  /** Where the chain first fails: the expected position. */
  seq: number;
  reason: 'out-of-order' | 'broken-link' | 'changed';
}

/** Follows a log from its start, or from an anchor; keeps nothing but its head. */
export class ChainCheck {
  head: Head | undefined;
  private readonly sha256: Sha256;

  /** Without an anchor the first record's own `prev` is taken, unless it claims to be the log's very first. */
  constructor(sha256: Sha256, anchor?: Head) {
    this.sha256 = sha256;
    this.head = anchor;
  }

  /** What is wrong with this record in this place, or undefined; it then becomes the head. */
  add(record: AuditRecord): Break | undefined {
    const { prev, hash, ...entry } = record;
    const head = this.head ?? (record.seq === 1 ? START : { seq: record.seq - 1, hash: prev });
    const seq = head.seq + 1;
    if (record.seq !== seq) return { seq, reason: 'out-of-order' };
    if (prev !== head.hash) return { seq, reason: 'broken-link' };
    if (hash !== hashOf(prev, entry, this.sha256)) return { seq, reason: 'changed' };
    this.head = { seq, hash };
    return undefined;
  }
}
