import { compilePattern } from '../../conditions/index.ts';
import type { Json, JsonObject } from '../../data/item.ts';
import { putOwn } from '../../data/path.ts';
import type { Scope } from '../../expression/scope.ts';
import type { CompileKit } from '../../node/kit.ts';
import { isObject, objectOf, objectsOf } from '../field-list.ts';

/** Renames keys a pattern matches, down to a depth (-1: all the way, 0: top level only). Later patterns see the result. */
export function compileReplacements(kit: CompileKit): (json: JsonObject, scope: Scope) => JsonObject {
  const replacements = objectsOf(kit.raw('additionalOptions.regexReplacement.replacements')).map((entry) => {
    const options = objectOf(entry.options);
    return {
      search: kit.value(entry.searchRegex ?? ''),
      replace: kit.value(entry.replaceRegex ?? ''),
      flags: options.caseInsensitive === true ? 'i' : '',
      depth: typeof options.depth === 'number' ? options.depth : -1,
    };
  });
  return (json, scope) =>
    replacements.reduce((made, { search, replace, flags, depth }) => {
      const pattern = compilePattern(String(search.at(scope) ?? ''), flags);
      const by = String(replace.at(scope) ?? '');
      return renameAll(made, { name: (key) => pattern.matcher(key).replaceAll(by), depth }, 0) as JsonObject;
    }, json);
}

function renameAll(value: Json, how: { name: (key: string) => string; depth: number }, level: number): Json {
  if (how.depth >= 0 && level > how.depth) return value;
  if (Array.isArray(value)) return value.map((part) => renameAll(part, how, level));
  if (!isObject(value)) return value;
  const made: JsonObject = {};
  for (const key of Object.keys(value)) putOwn(made, how.name(key), renameAll(value[key] as Json, how, level + 1));
  return made;
}
