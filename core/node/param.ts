import type { Json, JsonObject } from '../data/item.ts';
import { ExpressionError, compileTemplate, toJson } from '../expression/index.ts';
import type { Template } from '../expression/template.ts';
import type { Scope } from '../expression/scope.ts';
import type { Param } from './kit.ts';

const constantOf = <T>(value: T): Param<T> => ({ constant: true, at: () => value });

/** Sets an own property even when the key is `__proto__`. */
function put(target: JsonObject, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}

/**
 * Compiles a value of the document: strings that start with `=` are templates, everything else is itself, deeply.
 * The only place where text becomes an expression, and it sees documents only, never data.
 */
export function compileValue<T extends Json = Json>(raw: Json | undefined): Param<T> {
  return compileAny(raw) as Param<T>;
}

function compileAny(raw: Json | undefined): Param<Json> {
  if (typeof raw === 'string') return raw.startsWith('=') ? compileText(raw) : constantOf<Json>(raw);
  if (raw === null || typeof raw !== 'object') return constantOf(raw as Json);
  if (Array.isArray(raw)) {
    const parts = raw.map(compileAny);
    if (parts.every((part) => part.constant)) return constantOf<Json>(raw);
    return { constant: false, at: (scope) => parts.map((part) => part.at(scope) ?? null) };
  }
  const entries = Object.entries(raw).map(([key, value]) => [key, compileAny(value)] as const);
  if (entries.every(([, part]) => part.constant)) return constantOf<Json>(raw);
  return {
    constant: false,
    at(scope) {
      const made: JsonObject = {};
      for (const [key, part] of entries) {
        const value = part.at(scope);
        if (value !== undefined) put(made, key, value);
      }
      return made;
    },
  };
}

/** A failure says which text failed, and for which item: people look for both. */
function evaluated(template: Template, raw: string, scope: Scope): unknown {
  try {
    return template.at(scope);
  } catch (error) {
    if (error instanceof ExpressionError) {
      error.expression = raw;
      error.itemIndex = scope.itemIndex;
    }
    throw error;
  }
}

function compileText(raw: string): Param<Json> {
  const template = compileTemplate(raw);
  return {
    constant: false,
    at(scope) {
      const value = evaluated(template, raw, scope);
      return (typeof value === 'object' && value !== null) || typeof value === 'function' || typeof value === 'bigint'
        ? (toJson(value) as Json)
        : (value as Json);
    },
  };
}
