import { ExpressionError } from '../error.ts';
import { toJson } from '../json.ts';
import type { Runtime } from '../runtime.ts';
import { Callable, Namespace, statics } from '../value/callable.ts';
import { toStr } from '../value/coerce.ts';
import { define, hasOwn, isPlain, type PlainObject } from '../value/plain.ts';

/** Only the listed fields, at every level. */
function keepOnly(value: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((inner) => keepOnly(inner, names));
  if (!isPlain(value)) return value;
  const out: PlainObject = {};
  for (const name of names) if (hasOwn(value, name)) define(out, name, keepOnly(value[name], names));
  return out;
}

function indentOf(rt: Runtime, value: unknown): string | number | undefined {
  if (typeof value === 'number') return value;
  return value === undefined || value === null ? undefined : toStr(rt, value).slice(0, 10);
}

function stringify(rt: Runtime, [value, only, indent]: readonly unknown[]): string | undefined {
  if (only instanceof Callable) {
    throw new ExpressionError('unsupported', 'JSON.stringify with a function is not supported');
  }
  let json: unknown = toJson(value, rt);
  if (json === undefined) return undefined;
  if (Array.isArray(only)) json = keepOnly(json, new Set(only.map((name) => toStr(rt, name))));
  const text = JSON.stringify(json, undefined, indentOf(rt, indent));
  rt.room(text.length);
  return text;
}

function parse(rt: Runtime, [value, reviver]: readonly unknown[]): unknown {
  if (reviver instanceof Callable) {
    throw new ExpressionError('unsupported', 'JSON.parse with a function is not supported');
  }
  const text = toStr(rt, value === undefined ? 'undefined' : value);
  rt.charge(text.length >> 4);
  return JSON.parse(text);
}

export const jsonNamespace = new Namespace('JSON', { members: statics({ parse, stringify }) });
