/** How a call ended: `done`, `refused` (4xx) or `failed` (5xx). */
type AuditOutcome = 'done' | 'refused' | 'failed';

/** One call of the API. Says what was touched, never its content. */
export interface AuditEntry {
  /** Position in the tenant's log, from 1. */
  seq: number;
  /** Epoch milliseconds. */
  at: number;
  actor: { kind: string; id: string };
  /** `area.route` of the contract. */
  action: string;
  /** Id of what it was done to, as in the path or the answer. */
  target?: string;
  /** The run that it started, of the workflow or the run that is its target. */
  run?: string;
  status: number;
  outcome: AuditOutcome;
  requestId: string;
  /** How many like it within a second; absent: it is one. */
  count?: number;
  /** Lower-case hex SHA-256 of the canonical JSON before and after a change. */
  before?: string;
  after?: string;
}

/** An entry in its place in the chain. */
export interface AuditRecord extends AuditEntry {
  prev: string;
  hash: string;
}

/** An entry before the log has given it a place. */
export type AuditNote = Omit<AuditEntry, 'seq'>;

export const outcomeOf = (status: number): AuditOutcome =>
  status < 400 ? 'done' : status < 500 ? 'refused' : 'failed';
