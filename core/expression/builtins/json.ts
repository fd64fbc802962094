import { ExpressionError } from '../error.ts';
import { toJson } from '../json.ts';
import type { Runtime } from '../runtime.ts';
import { MAX_DEPTH } from '../limits.ts';
import { Callable, Namespace, statics, type Repeated } from '../value/callable.ts';
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

/** Nesting of host calls is bounded: each level of the value is one call here. */
function level(rt: Runtime, depth: number): void {
  rt.charge(1);
  if (depth > MAX_DEPTH) throw new ExpressionError('limit', 'The value contains itself or is nested too deeply');
}

/** The value with `change(key, value)` asked at every field, outermost first, as `JSON.stringify` does. */
function replaced(rt: Runtime, key: string, value: unknown, change: Repeated, depth = 0): unknown {
  level(rt, depth);
  const made = change(key, value, undefined);
  if (Array.isArray(made)) return made.map((inner, i) => replaced(rt, String(i), inner, change, depth + 1));
  if (!isPlain(made)) return made;
  const out: PlainObject = {};
  for (const name of Object.keys(made)) define(out, name, replaced(rt, name, made[name], change, depth + 1));
  return out;
}

/** The same innermost first, as `JSON.parse` does; a field made undefined is gone. */
function revived(rt: Runtime, key: string, value: unknown, change: Repeated, depth = 0): unknown {
  level(rt, depth);
  if (Array.isArray(value)) {
    return change(
      key,
      value.map((inner, i) => revived(rt, String(i), inner, change, depth + 1)),
      undefined,
    );
  }
  if (!isPlain(value)) return change(key, value, undefined);
  const out: PlainObject = {};
  for (const name of Object.keys(value)) {
    const made = revived(rt, name, value[name], change, depth + 1);
    if (made !== undefined) define(out, name, made);
  }
  return change(key, out, undefined);
}

function stringify(rt: Runtime, [value, only, indent]: readonly unknown[]): string | undefined {
  let json: unknown = toJson(only instanceof Callable ? replaced(rt, '', value, only.repeated(rt)) : value, rt);
  if (json === undefined) return undefined;
  if (Array.isArray(only)) json = keepOnly(json, new Set(only.map((name) => toStr(rt, name))));
  rt.charge(4);
  const text = JSON.stringify(json, undefined, indentOf(rt, indent));
  rt.room(text.length);
  return text;
}

function parse(rt: Runtime, [value, reviver]: readonly unknown[]): unknown {
  const text = toStr(rt, value === undefined ? 'undefined' : value);
  rt.charge(text.length >> 4);
  const made: unknown = JSON.parse(text);
  return reviver instanceof Callable ? revived(rt, '', made, reviver.repeated(rt)) : made;
}

export const jsonNamespace = new Namespace('JSON', { members: statics({ parse, stringify }) });
