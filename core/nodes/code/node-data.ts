import type { Item } from '../../data/item.ts';
import type { StepContext } from '../../node/kit.ts';
import type { Scope } from '../../expression/scope.ts';

type Place = [run: number, output: number, item: number];

interface NodeData {
  exists: boolean;
  parameters?: unknown;
  context?: unknown;
  runs?: { runIndex: number; outputs: (unknown[] | null)[] }[];
  paired?: (Place | null)[];
}

/** Items as code sees them: no lineage, the isolate adds what it needs. */
export const plain = ({ json, binary }: Item): Item => (binary ? { json, binary } : { json });

function dataOf(name: string, scope: Scope, items: number): NodeData {
  const { run } = scope;
  const runs = run.runs(name);
  const places = new Map<Item, Place>();
  for (const [at, each] of runs.entries()) {
    for (const [output, list] of each.outputs.entries()) {
      list?.forEach((item, index) => places.set(item, [at, output, index]));
    }
  }
  const paired: (Place | null)[] = [];
  for (let index = 0; index < items; index++) {
    const item = runs.length > 0 ? run.paired(name, index) : undefined;
    paired.push((item && places.get(item)) ?? null);
  }
  return {
    exists: true,
    parameters: run.parameters(name) ?? {},
    context: run.context(name),
    runs: runs.map((each) => ({
      runIndex: each.runIndex,
      outputs: each.outputs.map((list) => list?.map(plain) ?? null),
    })),
    paired,
  };
}

/** JSON text of `{name: data}`. A name in `asked` that no node has says so; mere mentions are left out. */
export function nodesJson(step: StepContext, mentioned: readonly string[], asked: readonly string[]): string {
  const scope = step.scope(0);
  const entries: [string, NodeData][] = [];
  for (const name of new Set([...mentioned, ...asked])) {
    if (scope.run.has(name)) entries.push([name, dataOf(name, scope, step.items.length)]);
    else if (asked.includes(name)) entries.push([name, { exists: false }]);
  }
  return JSON.stringify(Object.fromEntries(entries));
}
