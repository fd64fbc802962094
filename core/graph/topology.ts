import { runningType, withBindings } from './binding.ts';
import { cyclesOf } from './cycles.ts';
import type { Workflow, WorkflowNode } from './document.ts';
import { type ProblemList, quote } from './problem.ts';

/** What the shape of a graph needs to know of a node type; every registry entry has it. */
interface KnownType {
  trigger?: unknown;
  inputs?: 0 | 1 | 'many';
}

export interface TopologyOptions {
  types: ReadonlyMap<string, KnownType>;
  /** Main outputs of a known node, when the caller can tell; sharpens port and loop checks. */
  outputsOf?: (node: WorkflowNode) => number | undefined;
}

interface Wiring {
  /** Main targets: per node, per output index. */
  outputs: number[][][];
  /** Nodes that supply (ai_*) to this one. */
  suppliers: number[][];
  hasInput: boolean[];
}

/** Warnings about a graph that is well formed but may not do what its author means. */
export function checkTopology(document: Workflow, options: TopologyOptions, problems: ProblemList): void {
  checkTypes(document, options, problems);
  const workflow = withBindings(document, () => undefined);
  const wiring = wiringOf(workflow);
  checkPorts(workflow, options, problems);
  checkLoops({ workflow, options, problems, wiring });
  checkReach({ workflow, options, problems, wiring });
}

type Check = { workflow: Workflow; options: TopologyOptions; problems: ProblemList; wiring: Wiring };

function wiringOf({ nodes, edges }: Workflow): Wiring {
  const index = new Map(nodes.map((node, at) => [node.id, at]));
  const wiring: Wiring = {
    outputs: nodes.map(() => []),
    suppliers: nodes.map(() => []),
    hasInput: nodes.map(() => false),
  };
  for (const edge of edges) {
    const from = index.get(edge.from.node);
    const to = index.get(edge.to.node);
    if (from === undefined || to === undefined) continue;
    if (edge.from.port !== 'main') {
      wiring.suppliers[to]?.push(from);
      continue;
    }
    const outputs = wiring.outputs[from] ?? [];
    while (outputs.length <= edge.from.index) outputs.push([]);
    outputs[edge.from.index]?.push(to);
    wiring.hasInput[to] = true;
  }
  return wiring;
}

function checkTypes({ nodes }: Workflow, { types }: TopologyOptions, problems: ProblemList): void {
  nodes.forEach((node, index) => {
    const type = runningType(node);
    if (types.has(type)) return;
    const hint = 'Replace the node, bind it to an HTTP call, or disable it.';
    const path = `/nodes/${index}/${node.binding ? 'binding/type' : 'type'}`;
    problems.warn(path, 'unknown-type', `Nothing here can run a node of type ${quote(type)}.`, hint);
  });
}

function checkPorts({ nodes, edges }: Workflow, { types, outputsOf }: TopologyOptions, problems: ProblemList): void {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  edges.forEach(({ from, to }, index) => {
    const source = byId.get(from.node);
    const target = byId.get(to.node);
    const inputs = to.port === 'main' && target ? types.get(target.type)?.inputs : undefined;
    if (typeof inputs === 'number' && to.index >= inputs) {
      const message = `${quote(target?.name ?? '')} has ${inputs === 0 ? 'no input' : 'one input'}.`;
      problems.warn(`/edges/${index}/to`, 'missing-port', message, 'Remove the edge or lead it elsewhere.');
    }
    if (from.port !== 'main' || !source || !types.has(source.type)) return;
    const outputs = outputsOf?.(source);
    if (outputs === undefined) return;
    const all = outputs + (source.onError === 'error-output' ? 1 : 0);
    if (from.index < all) return;
    problems.warn(`/edges/${index}/from`, 'missing-port', `${quote(source.name)} has no output number ${from.index}.`);
  });
}

function checkLoops({ workflow, options, problems, wiring }: Check): void {
  for (const members of cyclesOf(wiring.outputs.map((outputs) => outputs.flat()))) {
    const inside = new Set(members);
    if (members.some((node) => hasExit(node))) continue;
    const first = Math.min(...members.slice(0, 1_000));
    const name = quote(workflow.nodes[first]?.name ?? '');
    const message = `No branch leads out of the loop through ${name}: it ends only when a node in it emits nothing.`;
    problems.warn(`/nodes/${first}`, 'endless-cycle', message, 'Add an IF whose other output leaves the loop.');

    // An exit is an output of its own: one that also feeds the loop never stops it.
    function hasExit(node: number): boolean {
      const outputs = wiring.outputs[node] ?? [];
      const def = workflow.nodes[node];
      const count = Math.max(outputs.length, (def && options.types.has(def.type) && options.outputsOf?.(def)) || 0);
      for (let output = 0; output < count; output++) {
        if (!(outputs[output] ?? []).some((target) => inside.has(target))) return true;
      }
      return false;
    }
  }
}

function checkReach({ workflow, options, problems, wiring }: Check): void {
  const { nodes } = workflow;
  const triggers = nodes.flatMap((node, index) => (options.types.get(node.type)?.trigger === undefined ? [] : [index]));
  // A node of unknown type that nothing leads to may well be a trigger of another system.
  const maybe = nodes.flatMap((node, index) =>
    !options.types.has(node.type) && !wiring.hasInput[index] ? [index] : [],
  );
  if (!triggers.some((index) => !nodes[index]?.disabled) && maybe.length === 0) {
    const hint = 'Add a trigger, or call the workflow from another one.';
    problems.warn('/nodes', 'no-trigger', 'No enabled trigger starts this workflow.', hint);
  }
  const queue = [...triggers, ...maybe];
  if (queue.length === 0) return;
  const reached = new Set(queue);
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const near of [...(wiring.outputs[node] ?? []), wiring.suppliers[node] ?? []].flat()) {
      if (reached.has(near)) continue;
      reached.add(near);
      queue.push(near);
    }
  }
  nodes.forEach((node, index) => {
    if (reached.has(index) || node.disabled) return;
    problems.warn(`/nodes/${index}`, 'unreachable', `Nothing leads from a trigger to ${quote(node.name)}.`);
  });
}
