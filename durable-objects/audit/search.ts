import type { AuditRecord } from '../../core/audit/entry.ts';
import type { SearchCall } from './protocol.ts';

/** Whether a record is what a search asks for. */
export function matches(record: AuditRecord, call: SearchCall): boolean {
  const { action } = call;
  if (action !== undefined) {
    const fits = action.endsWith('.*') ? record.action.startsWith(action.slice(0, -1)) : record.action === action;
    if (!fits) return false;
  }
  if (call.reads && (record.count !== undefined || call.reads.includes(record.action))) return false;
  return (
    (call.actor === undefined || record.actor.id === call.actor) &&
    (call.target === undefined || record.target === call.target || record.run === call.target) &&
    (call.outcome === undefined || record.outcome === call.outcome) &&
    (call.requestId === undefined || record.requestId === call.requestId) &&
    (call.sinceMs === undefined || record.at >= call.sinceMs) &&
    (call.untilMs === undefined || record.at <= call.untilMs)
  );
}
