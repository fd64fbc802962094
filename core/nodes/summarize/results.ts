import { asText } from '../../conditions/index.ts';
import type { Item, JsonObject, PairedItem } from '../../data/item.ts';
import { putOwn } from '../../data/path.ts';
import type { Group } from './groups.ts';
import { type Measure, plainName } from './measures.ts';

/** One item per group of items. */
export function rowResults(root: Group, how: { names: readonly string[]; measures: readonly Measure[] }): Item[] {
  const rows: Item[] = [];
  const walk = (group: Group, path: JsonObject, depth: number): void => {
    const name = how.names[depth];
    if (name === undefined) {
      rows.push({ json: { ...path, ...measured(group, how.measures) }, pairedItem: linksOf(group) });
      return;
    }
    for (const inner of group.inner.values()) {
      const next = { ...path };
      putOwn(next, plainName(name), inner.value);
      walk(inner, next, depth + 1);
    }
  };
  walk(root, {}, 0);
  return rows;
}

/** Everything in one item: groups are nested objects named by their values. */
export function nestedResult(root: Group, measures: readonly Measure[]): Item {
  const links: PairedItem[] = [];
  const nest = (group: Group): JsonObject => {
    if (group.inner.size === 0) {
      links.push(...linksOf(group));
      return measured(group, measures);
    }
    const made: JsonObject = {};
    for (const inner of group.inner.values()) putOwn(made, asText(inner.value), nest(inner));
    return made;
  };
  return { json: nest(root), pairedItem: links };
}

function measured(group: Group, measures: readonly Measure[]): JsonObject {
  const made: JsonObject = {};
  for (const { output, read, of } of measures) putOwn(made, output, of(group.items.map(({ json }) => read(json))));
  return made;
}

const linksOf = (group: Group): PairedItem[] => group.indexes.map((item) => ({ item }));
