import type { Schema } from './contract.ts';
import { escapePointer } from './json-text.ts';
import { common } from './problem.ts';
import type { Fault } from './problem.ts';

interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[];
  /** zod's own: the fields a strict object does not know. */
  code?: string;
  keys?: readonly string[];
}

export type Place = 'params' | 'query' | 'body';

/** Runs a schema over one part of the request. Returns its output, or adds every fault to `faults`. */
export async function validate(schema: Schema, value: unknown, place: Place, faults: Fault[]): Promise<unknown> {
  const result = (await schema['~standard'].validate(value)) as { value: unknown } | { issues: readonly Issue[] };
  if (!('issues' in result) || !result.issues) return 'value' in result ? result.value : undefined;
  for (const issue of result.issues) faults.push(...faultsOf(issue, place));
  return undefined;
}

function faultsOf(issue: Issue, place: Place): Fault[] {
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  if (issue.code !== 'unrecognized_keys' || !issue.keys) {
    return [{ pointer: pointerTo(place, path), message: issue.message }];
  }
  return issue.keys.map((key) => ({
    pointer: pointerTo(place, [...path, key]),
    code: 'unknown-field',
    message: 'There is no such field here',
    hint: 'Remove it, or check its spelling in /openapi.json.',
  }));
}

function pointerTo(place: Place, path: readonly string[]): string {
  if (place === 'query') return `?${path.join('.')}`;
  if (place === 'params') return `{${path.join('.')}}`;
  return path.map((key) => `/${escapePointer(key)}`).join('');
}

export function refuseFaults(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const first = faults[0];
  throw common('input-invalid', {
    detail: `${faults.length === 1 ? 'One thing is' : `${faults.length} things are`} wrong, first ${first?.pointer || 'the body'}: ${first?.message}.`,
    hint: 'Each entry of `errors` says where. /openapi.json has the schemas.',
    errors: faults.slice(0, 100),
  });
}

/** Query parameters by name; a repeated one becomes a list. A Map inside: names are the caller's. */
export function queryOf(search: string): Record<string, string | string[]> {
  const all = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(search)) {
    const before = all.get(name);
    all.set(name, before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]);
  }
  return Object.fromEntries(all);
}
