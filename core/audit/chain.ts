import { canonical } from '../data/canonical.ts';
import type { Json } from '../data/item.ts';
import type { AuditEntry, AuditNote, AuditRecord } from './entry.ts';
import type { Link } from './line.ts';

/** Lower-case hex of the SHA-256 of a text's UTF-8. Hosts bring a fast one. */
export type Sha256 = (text: string) => string;

/** Where a chain stands: its last record, or nothing yet. */
export interface Head {
  seq: number;
  hash: string;
}

export const START: Head = { seq: 0, hash: '0'.repeat(64) };

const part = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `"${name}":${JSON.stringify(value)},`;

/**
 * The canonical JSON of an entry. Written out for the fields that every version so far has, because sorting keys was
 * two thirds of checking a log; an entry with any other field takes the general way.
 */
export function entryText(entry: AuditEntry): string {
  const { action, actor, after, at, before, outcome, requestId, seq, status, target } = entry;
  const optional = (after === undefined ? 0 : 1) + (before === undefined ? 0 : 1) + (target === undefined ? 0 : 1);
  const isPlain =
    Object.keys(entry).length === 7 + optional &&
    typeof actor === 'object' &&
    actor !== null &&
    Object.keys(actor).length === 2 &&
    typeof actor.id === 'string' &&
    typeof actor.kind === 'string' &&
    typeof action === 'string' &&
    typeof outcome === 'string' &&
    typeof requestId === 'string' &&
    Number.isFinite(at) &&
    Number.isFinite(seq) &&
    Number.isFinite(status) &&
    (after === undefined || typeof after === 'string') &&
    (before === undefined || typeof before === 'string') &&
    (target === undefined || typeof target === 'string');
  if (!isPlain) return canonical(entry as unknown as Json);
  const head = `{"action":${JSON.stringify(action)},"actor":{"id":${JSON.stringify(actor.id)},"kind":${JSON.stringify(actor.kind)}},`;
  const middle = `${part('after', after)}"at":${JSON.stringify(at)},${part('before', before)}"outcome":${JSON.stringify(outcome)},`;
  const tail = `"requestId":${JSON.stringify(requestId)},"seq":${JSON.stringify(seq)},"status":${JSON.stringify(status)}`;
  return head + middle + tail + (target === undefined ? '}' : `,"target":${JSON.stringify(target)}}`);
}

const hashOf = (prev: string, text: string, sha256: Sha256): string => sha256(`${prev}\n${text}`);

/** The record that follows `head`. */
export function link(head: Head, note: AuditNote, sha256: Sha256): AuditRecord {
  const entry: AuditEntry = { seq: head.seq + 1, ...note };
  return { ...entry, prev: head.hash, hash: hashOf(head.hash, entryText(entry), sha256) };
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
    return this.follow({ seq: record.seq, prev, hash, text: entryText(entry) });
  }

  /** The same of a record that was not parsed. */
  follow({ seq: position, prev, hash, text }: Link): Break | undefined {
    const head = this.head ?? (position === 1 ? START : { seq: position - 1, hash: prev });
    const seq = head.seq + 1;
    if (position !== seq) return { seq, reason: 'out-of-order' };
    if (prev !== head.hash) return { seq, reason: 'broken-link' };
    if (hash !== hashOf(prev, text, this.sha256)) return { seq, reason: 'changed' };
    this.head = { seq, hash };
    return undefined;
  }
}
