import type { Program } from './program.ts';
import type { Inputs, Source, Task } from './step.ts';

interface Parked {
  inputs: (Inputs[number] | undefined)[];
  sources: (Source | null)[];
}

export interface Arrival {
  node: number;
  input: number;
  items: Inputs[number];
  source: Source | null;
}

/** Nodes with several inputs wait here until all have fired, or until nothing else can run. */
export class JoinTable {
  private readonly parked = new Map<number, Parked[]>();

  /** Adds data for one input; returns the task when that completes a set. */
  arrive({ node, input, items, source }: Arrival, inputCount: number): Task | undefined {
    let entries = this.parked.get(node);
    if (!entries) this.parked.set(node, (entries = []));
    let entry = entries.find((candidate) => candidate.inputs[input] === undefined);
    if (!entry) entries.push((entry = { inputs: [], sources: [] }));
    entry.inputs[input] = items;
    entry.sources[input] = source;
    for (let index = 0; index < inputCount; index++) if (entry.inputs[index] === undefined) return undefined;
    entries.splice(entries.indexOf(entry), 1);
    if (entries.length === 0) this.parked.delete(node);
    return complete(node, entry, inputCount);
  }

  /**
   * When the stack is empty: the first waiting node that is not downstream of another waiting one and has what it
   * requires runs with [] for the inputs that never fired.
   */
  release(program: Program): Task | undefined {
    const isLegacy = program.graph.doc.settings.executionOrder === 'v0';
    for (const [node, entries] of this.parked) {
      const upstream = program.ancestors(node);
      const isBehind = [...this.parked.keys()].some((other) => other !== node && upstream.has(other));
      if (isBehind && !isLegacy) continue;
      // the old order never completes a join whose first input is missing, so such a one holds nobody back either
      const index = isLegacy ? entries.findIndex(({ inputs }) => inputs[0] !== undefined) : 0;
      const entry = entries[index];
      const inputCount = program.graph.nodes[node]?.inputCount ?? 1;
      if (!entry || !meetsRequirement(program, node, entry, inputCount)) continue;
      entries.splice(index, 1);
      if (entries.length === 0) this.parked.delete(node);
      return complete(node, entry, inputCount);
    }
    return undefined;
  }

  clear(): void {
    this.parked.clear();
  }
}

function meetsRequirement(program: Program, node: number, entry: Parked, inputCount: number): boolean {
  const fired = entry.inputs.filter((items) => items !== undefined && items !== null).length;
  let required: number | 'all' = 1;
  try {
    required = program.executor(node).requiredInputs ?? 1;
  } catch {
    // unknown or unusable: let it run, so that the step itself reports why it cannot
  }
  if (fired < (required === 'all' ? inputCount : required)) return false;
  return entry.inputs.some((items) => items && items.length > 0);
}

function complete(node: number, entry: Parked, inputCount: number): Task {
  const inputs: Inputs = [];
  const sources: (Source | null)[] = [];
  for (let index = 0; index < inputCount; index++) {
    inputs.push(entry.inputs[index] ?? []);
    sources.push(entry.sources[index] ?? null);
  }
  return { node, inputs, sources };
}
