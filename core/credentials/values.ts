import { type ExternalRef, isExternalRef } from './external.ts';
import type { CredentialField, CredentialType } from './kit.ts';

export type CredentialValue = string | number | boolean;
type CredentialValues = ReadonlyMap<string, CredentialValue>;

/** Keys and certificates are long; nothing honest is longer. */
export const MAX_VALUE_CHARS = 64 * 1024;

interface ValueFault {
  name: string;
  message: string;
}

/** What was sent, read by the type's fields. Absent fields are left out: defaults apply when the value is used. */
export function readValues(
  type: CredentialType,
  sent: Readonly<Record<string, unknown>>,
): { values: Map<string, CredentialValue>; refs: Map<string, ExternalRef>; faults: ValueFault[] } {
  const refs = new Map<string, ExternalRef>();
  const values = new Map<string, CredentialValue>();
  const faults: ValueFault[] = [];
  const fields = new Map(type.fields.map((field) => [field.name, field]));
  for (const [name, value] of Object.entries(sent)) {
    const field = fields.get(name);
    if (field && isExternalRef(value)) {
      refs.set(name, value);
      continue;
    }
    const fault = field ? faultOf(field, value) : `A ${type.type} has no such field`;
    if (fault !== undefined) faults.push({ name, message: fault });
    else if (value !== '') values.set(name, value as CredentialValue);
  }
  return { values, refs, faults };
}

function faultOf(field: CredentialField, value: unknown): string | undefined {
  if (field.type === 'number') {
    return typeof value === 'number' && Number.isFinite(value) ? undefined : 'This is a number';
  }
  if (field.type === 'boolean') return typeof value === 'boolean' ? undefined : 'This is true or false';
  if (typeof value !== 'string') return 'This is text';
  if (value.length > MAX_VALUE_CHARS) return `This has at most ${MAX_VALUE_CHARS} characters`;
  if (field.type === 'options') {
    return field.options?.includes(value) ? undefined : `This is one of ${(field.options ?? []).join(', ')}`;
  }
  return field.type === 'json' && value !== '' && !isJsonObject(value) ? 'This is a JSON object, as text' : undefined;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Fields a credential of the type cannot do without. */
export const missingIn = (type: CredentialType, has: (name: string) => boolean): string[] =>
  type.fields.filter((field) => field.required && !has(field.name)).map((field) => field.name);

/** The kept values with the type's defaults beneath them. */
export function withDefaults(type: CredentialType, kept: CredentialValues): Map<string, CredentialValue> {
  const values = new Map<string, CredentialValue>();
  for (const field of type.fields) if (field.default !== undefined) values.set(field.name, field.default);
  for (const [name, value] of kept) values.set(name, value);
  return values;
}
