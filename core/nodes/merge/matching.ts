import { canonical, fuzzy } from '../../data/canonical.ts';
import type { Item } from '../../data/item.ts';
import { fieldReader } from '../../data/path.ts';
import type { Part } from './clash.ts';

interface MatchOptions {
  fields: readonly { first: string; second: string }[];
  dotted: boolean;
  fuzzy: boolean;
  firstOnly: boolean;
}

export interface Matches {
  /** Items of input 1 that have partners in input 2, with those. */
  pairs: { part: Part; partners: Part[] }[];
  alone1: Part[];
  /** Items of input 2 that were nobody's partner. */
  alone2: Part[];
}

/** Pairs items whose fields are equal: one pass over each input. An item without one of the fields has no partner. */
export function matchItems(first: readonly Item[], second: readonly Item[], options: MatchOptions): Matches {
  const keyOf1 = keyReader(
    options.fields.map((field) => field.first),
    options,
  );
  const keyOf2 = keyReader(
    options.fields.map((field) => field.second),
    options,
  );
  const byKey = new Map<string, Part[]>();
  const parts2 = second.map((item, index): Part => ({ item, index, input: 1 }));
  for (const part of parts2) {
    const key = keyOf2(part.item);
    if (key === undefined) continue;
    const same = byKey.get(key);
    if (same) same.push(part);
    else byKey.set(key, [part]);
  }
  const matches: Matches = { pairs: [], alone1: [], alone2: [] };
  const taken = new Set<Part>();
  first.forEach((item, index) => {
    const part: Part = { item, index, input: 0 };
    const key = keyOf1(item);
    const found = key === undefined ? undefined : byKey.get(key);
    if (!found) {
      matches.alone1.push(part);
      return;
    }
    const partners = options.firstOnly ? found.slice(0, 1) : found;
    for (const partner of partners) taken.add(partner);
    matches.pairs.push({ part, partners });
  });
  matches.alone2 = parts2.filter((part) => !taken.has(part));
  return matches;
}

function keyReader(names: readonly string[], options: MatchOptions): (item: Item) => string | undefined {
  const readers = names.map((name) => fieldReader(name, options.dotted));
  const textOf = options.fuzzy ? fuzzy : canonical;
  return ({ json }) => {
    let key = '';
    for (const read of readers) {
      const value = read(json);
      if (value === undefined && !options.fuzzy) return undefined;
      key += `${textOf(value)}\n`;
    }
    return key;
  };
}
