import { canonical, isBlank } from '../../data/canonical.ts';
import type { Item, Json, JsonObject } from '../../data/item.ts';
import { fieldReader, putOwn } from '../../data/path.ts';
import { type CompileKit, NodeError } from '../../node/kit.ts';
import { pick } from './append.ts';
import type { Join, Mode } from './join.ts';

/** Version 1 had two inputs and its own modes; items of input 1 lead. */
export function compileFirstVersion(kit: CompileKit, mode: string): Mode {
  switch (mode) {
    case 'wait':
      return { join: () => [{ json: {} }], waitsForAll: true };
    case 'passThrough':
    case 'chooseBranch': {
      const input = kit.raw('output') === 'input2' ? 1 : 0;
      return {
        join: (inputs) => (inputs[input] ?? []).map((item, index) => pick(item, index, input)),
        waitsForAll: true,
      };
    }
    case 'multiplex':
      return {
        join: ([first = [], second = []]) =>
          first.flatMap((item, i) => second.map((other, j) => together(item, other, [i, j]))),
      };
    case 'mergeByIndex':
    case 'mergeByPosition':
      return { join: byIndex(String(kit.raw('join') ?? 'left')) };
    case 'mergeByKey':
    case 'keepKeyMatches':
    case 'removeKeyMatches':
      return { join: byKey(kit, mode) };
    default:
      throw new NodeError('unknown-mode', `Merge has no mode "${mode}".`);
  }
}

function together(first: Item, second: Item, [i, j]: [number, number], json = { ...first.json, ...second.json }): Item {
  const made: Item = {
    json,
    pairedItem: [
      { item: i, input: 0 },
      { item: j, input: 1 },
    ],
  };
  if (first.binary ?? second.binary) made.binary = { ...first.binary, ...second.binary };
  return made;
}

const byIndex =
  (join: string): Join =>
  ([first = [], second = []]) => {
    const longest = Math.max(first.length, second.length);
    const count = join === 'inner' ? Math.min(first.length, second.length) : join === 'outer' ? longest : first.length;
    return Array.from({ length: count }, (_, index): Item => {
      const left = first[index];
      const right = second[index];
      if (left && right) return together(left, right, [index, index]);
      return left ? pick(left, index, 0) : pick(right ?? { json: {} }, index, 1);
    });
  };

function byKey(kit: CompileKit, mode: string): Join {
  const name1 = kit.param('propertyName1', '');
  const name2 = kit.param('propertyName2', '');
  const overwrite = String(kit.raw('overwrite') ?? 'always');
  return ([first = [], second = []], scope) => {
    const read1 = fieldReader(String(name1.at(scope)));
    const read2 = fieldReader(String(name2.at(scope)));
    // The last item with a key wins, as it always has.
    const partners = new Map<string, { item: Item; index: number }>();
    second.forEach((item, index) => {
      const value = read2(item.json);
      if (value !== undefined) partners.set(canonical(value), { item, index });
    });
    return first.flatMap((item, index) => {
      const value = read1(item.json);
      const partner = value === undefined ? undefined : partners.get(canonical(value));
      if (mode === 'removeKeyMatches') return partner ? [] : [pick(item, index, 0)];
      if (mode === 'keepKeyMatches') return partner ? [pick(item, index, 0)] : [];
      if (!partner) return [pick(item, index, 0)];
      return [
        together(item, partner.item, [index, partner.index], overwritten(item.json, partner.item.json, overwrite)),
      ];
    });
  };
}

function overwritten(base: JsonObject, over: JsonObject, when: string): JsonObject {
  const made = { ...base };
  for (const key of Object.keys(over)) {
    const before = Object.hasOwn(made, key) ? made[key] : undefined;
    const replaces = when === 'always' || (when === 'blank' ? isBlank(before) : before === undefined);
    if (replaces) putOwn(made, key, over[key] as Json);
  }
  return made;
}
