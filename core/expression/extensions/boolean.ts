import type { Runtime } from '../runtime.ts';
import { methods } from '../value/method.ts';

/** n8n's functions on booleans. */
export const booleanExtensions = methods<boolean>({
  // As n8n documents it: not a test for a missing value.
  isEmpty: (_rt, value) => !value,
  isNotEmpty: (_rt, value) => value,
  toBoolean: (_rt, value) => value,
  toDateTime: () => undefined,
  toFloat: (_rt, value) => (value ? 1 : 0),
  toInt: (_rt, value) => (value ? 1 : 0),
  toJsonString: (_rt, value) => String(value),
  toNumber: (_rt, value) => (value ? 1 : 0),
  toString: (_rt: Runtime, value: boolean) => String(value),
});
