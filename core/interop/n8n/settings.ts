import type { Json, JsonObject } from '../../data/item.ts';
import type { WorkflowSettings } from '../../graph/document.ts';
import { isTimeZone } from '../../graph/parse-settings.ts';
import { quote } from '../../graph/problem.ts';
import { asObject, numeric, own } from './json.ts';
import { fitsName } from './names.ts';

/** As in the document model: a run of more than a year is a mistake in the file. */
const MAX_RUN_MS = 366 * 86_400_000;

/** Anything but `v1` means the old breadth-first order, absence included. */
export function readSettings(raw: Json | undefined, notes: string[]): WorkflowSettings {
  const file = asObject(raw);
  const settings: WorkflowSettings = { executionOrder: own(file, 'executionOrder') === 'v1' ? 'v1' : 'v0' };
  const zone = own(file, 'timezone');
  if (typeof zone === 'string' && isTimeZone(zone)) settings.timezone = zone;
  else if (zone !== undefined && zone !== 'DEFAULT') {
    notes.push(`The time zone ${quote(String(zone))} is not known and is not used.`);
  }
  const errorWorkflow = own(file, 'errorWorkflow');
  if (typeof errorWorkflow === 'string' && fitsName(errorWorkflow)) {
    settings.errorWorkflow = errorWorkflow;
    notes.push(`The error workflow ${quote(errorWorkflow)} is an id of the other system: choose one here.`);
  }
  // -1 and 0 stand for "no limit"
  const timeoutMs = Math.round((numeric(own(file, 'executionTimeout')) ?? 0) * 1000);
  if (timeoutMs > 0 && timeoutMs <= MAX_RUN_MS) settings.timeoutMs = timeoutMs;
  return settings;
}

export function writeSettings(settings: WorkflowSettings): JsonObject {
  const file: JsonObject = { executionOrder: settings.executionOrder ?? 'v1' };
  if (settings.timezone !== undefined) file.timezone = settings.timezone;
  if (settings.errorWorkflow !== undefined) file.errorWorkflow = settings.errorWorkflow;
  if (settings.timeoutMs !== undefined) file.executionTimeout = settings.timeoutMs / 1000;
  return file;
}
