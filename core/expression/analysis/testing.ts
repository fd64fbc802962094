import type { Item, JsonObject } from '../../data/item.ts';
import { compileTemplate, type Analysis } from '../index.ts';
import { testScope } from '../testing.ts';

type What = 'node' | 'json' | 'vars';

/** Evaluates a text over data that tells what it is asked for. */
function watch(text: string): [what: What, name: string][] {
  const seen: [what: What, name: string][] = [];
  const watched = (what: What, fields: JsonObject): JsonObject => {
    // An expression that writes copies all of it first: that is no reading.
    let isListed = false;
    return new Proxy<JsonObject>(fields, {
      ownKeys: (target) => {
        isListed = true;
        return Reflect.ownKeys(target);
      },
      getOwnPropertyDescriptor: (target, key) => {
        if (!isListed) seen.push([what, String(key)]);
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
    });
  };
  const item: Item = { json: { x: 1 } };
  const scope = testScope({
    items: [{ json: watched('json', { a: { b: [1] }, list: [3, [1], { b: 2 }], b: 'text' }) }],
    vars: watched('vars', {}),
  });
  const run: typeof scope.run = {
    ...scope.run,
    has: (name) => {
      seen.push(['node', name]);
      return true;
    },
    runs: () => [{ runIndex: 0, outputs: [[item]] }],
    paired: () => item,
  };
  try {
    compileTemplate(text).at({ ...scope, run });
  } catch {
    // What it read before it failed counts.
  }
  return seen;
}

/** What a run of the text read and the analysis did not say. Only meaningful where nothing is `dynamic`. */
export function unforeseen(text: string, analysis: Analysis): string[] {
  const first = (of: 'json' | 'vars'): ReadonlySet<string | undefined> =>
    new Set(analysis.reads.filter((read) => read.of === of && read.node === undefined).map(({ path }) => path[0]));
  const known = { node: new Set<string | undefined>(analysis.nodes), json: first('json'), vars: first('vars') };
  // An empty path stands for everything below. A method's name is looked up, but it never is data.
  const missed = watch(text).filter(
    ([what, name]) => !known[what].has(name) && !known[what].has(undefined) && !text.includes(`.${name}(`),
  );
  return [...new Set(missed.map(([what, name]) => `${what} ${name}`))];
}
