import type { AuditRecord } from './entry.ts';

/** What a sink gets: records in their order, whole, as the log holds them. A new shape is a new version. */
export interface AuditEvent {
  event: 'audit.records';
  version: 1;
  organization: string;
  /** Position of the first and last record. */
  from: number;
  to: number;
  records: readonly AuditRecord[];
}

export function auditEvent(organization: string, records: readonly AuditRecord[]): AuditEvent {
  const [from, to] = [records[0]?.seq ?? 0, records.at(-1)?.seq ?? 0];
  return { event: 'audit.records', version: 1, organization, from, to, records };
}
