import type { Item, JsonObject, Outputs } from '../data/item.ts';
import { compileProgram, type Program, type Registry } from '../engine/program.ts';
import type { Run } from '../engine/run.ts';
import type { Edge, Workflow, WorkflowNode, WorkflowSettings } from '../graph/document.ts';
import { type EffectReply, NodeError, type NodeExecutor, type NodeType, type StepContext } from '../node/kit.ts';
import { MemoryHost, type MemoryHostDeps } from './memory-host.ts';
import type { EffectOrder } from './ports.ts';
import { VirtualClock } from './virtual-clock.ts';

/** What a node of a test does; `resume` likewise. */
export type Behaviour = Pick<NodeExecutor, 'run'> & Partial<NodeExecutor>;

type NodeSketch = Partial<Omit<WorkflowNode, 'id' | 'name'>> & { does?: Behaviour };

export const START_MS = Date.UTC(2026, 0, 1);

export const json = (...values: JsonObject[]): Item[] => values.map((value) => ({ json: value }));
export const out = (...outputs: Outputs): { kind: 'output'; outputs: Outputs } => ({ kind: 'output', outputs });
export const passOn = (step: StepContext): { kind: 'output'; outputs: Outputs } => out(step.items);
export const pass: Behaviour = { outputs: 1, run: passOn };

/** An effect whose reply becomes the only item. */
export const effect = (kind: 'pure' | 'idempotent' | 'keyed' | 'probeable' | 'unsafe'): Behaviour => ({
  outputs: 1,
  run: () => ({ kind: 'effect', effect: { kind: 'test', class: kind, payload: {} } }),
  resume: (_, wake) => out(json({ got: wake.kind === 'reply' ? wake.value : wake.kind })),
});

export const sleepFor = (ms: number, signal?: 'webhook'): Behaviour => ({
  outputs: 1,
  run: (step) => ({ kind: 'wait', untilMs: step.nowMs + ms, ...(signal ? { signal } : {}) }),
  resume: (step, wake) => (wake.kind === 'signal' ? out(wake.items) : passOn(step)),
});

export const listen: Behaviour = {
  outputs: 1,
  run: () => ({ kind: 'wait', signal: 'webhook' }),
  resume: (_, wake) => out(wake.kind === 'signal' ? wake.items : []),
};

export const call = (workflowId: string, wait = true, batches?: Item[][]): Behaviour => ({
  outputs: 1,
  run: (step) => ({ kind: 'call', workflow: { id: workflowId }, wait, batches: batches ?? [[...step.items]] }),
  resume: (step, wake) => (wake.kind === 'children' && wait ? out(wake.results.flat()) : passOn(step)),
});

export const throwing = (message = 'broken'): Behaviour => ({
  outputs: 1,
  run: () => {
    throw new NodeError('broken', message);
  },
});

/** Sketches are told apart by their version, as two versions of a workflow are. */
let sketched = 0;

/**
 * A program from a sketch: nodes by name with what they do, edges as `a -> b`, or `a.1 -> b.2` for output 1 to input 2.
 * The first node is where runs start.
 */
export function sketch(
  nodes: Record<string, Behaviour | NodeSketch>,
  edges: readonly string[] = [],
  settings: WorkflowSettings & { workflow?: string; version?: string; pinned?: Workflow['pinned'] } = {},
): Program {
  const { workflow = 'flow', version = `sketch-${++sketched}`, pinned = [], ...rest } = settings;
  const registry = new Map<string, NodeType>();
  const defs = Object.entries(nodes).map(([name, given], index): WorkflowNode => {
    const node: NodeSketch = 'run' in given ? { does: given as Behaviour } : (given as NodeSketch);
    const { does = pass, ...more } = node;
    const type = more.type ?? `test-${name}`;
    registry.set(type, {
      type,
      title: name,
      summary: '',
      group: 'flow',
      icon: 'list',
      version: 1,
      fields: [],
      compile: () => ({ outputs: 1, ...does }),
    });
    return { id: name, name, type, version: 1, parameters: {}, position: [index * 100, 0], ...more };
  });
  const doc: Workflow = {
    schema: 1,
    name: workflow,
    nodes: defs,
    edges: edges.map(edgeOf),
    settings: rest,
    notes: [],
    pinned,
  };
  return compileProgram({ workflow, version, doc, registry: registry as Registry });
}

function edgeOf(text: string): Edge {
  const [from = '', to = ''] = text.split('->').map((side) => side.trim());
  return { from: endOf(from), to: endOf(to) };
}

function endOf(text: string): Edge['from'] {
  const [node = '', index = '0'] = text.split('.');
  return { node, port: 'main', index: Number(index) };
}

export interface Bench {
  host: MemoryHost;
  clock: VirtualClock;
  /** Effects in the order they were issued. */
  orders: EffectOrder[];
}

/** A host on a virtual clock. `replies` answers effects; a missing answer never comes. */
export function bench(
  options: Partial<MemoryHostDeps> & {
    replies?: (order: EffectOrder, count: number) => EffectReply | undefined;
    workflows?: readonly Program[];
  } = {},
): Bench {
  const clock = new VirtualClock(START_MS);
  const orders: EffectOrder[] = [];
  const { replies = () => ({ ok: true, value: 'done' }) as const, workflows = [], ...deps } = options;
  const host = new MemoryHost({
    now: clock.now,
    sleep: clock.sleep,
    random: () => 0.5,
    load: (workflow) => workflows.find((program) => program.workflow === workflow),
    perform: (order) => {
      orders.push(order);
      const reply = replies(order, orders.length);
      return reply ? Promise.resolve(reply) : new Promise(() => undefined);
    },
    ...deps,
  });
  return { host, clock, orders };
}

/** Names of the nodes that ran, in order. */
export const orderOfSteps = (run: Run): string[] =>
  run.steps.map((step) => run.program.graph.nodes[step.node]?.def.name ?? '?');

/** The json of a node's items: per run of it, per output. */
export function outputsOf(run: Run, name: string): JsonObject[][][] {
  const node = run.program.graph.byName.get(name) ?? -1;
  const indexes = run.byNode[node] ?? [];
  return indexes.map((index) =>
    (run.steps[index]?.outputs ?? []).map((items) => (items ?? []).map((item) => item.json)),
  );
}

/** The journal of a run, as event kinds. */
export const kinds = (host: MemoryHost, run: string): string[] =>
  (host.journals.get(run) ?? []).map((event) => event.t);

export const failed = (retryable?: boolean): EffectReply => ({
  ok: false,
  error: { code: 'down', message: 'down', ...(retryable === undefined ? {} : { retryable }) },
});

/** Starts a run that is none already. */
export const begin = ({ host }: Bench, ...args: Parameters<Bench['host']['start']>): Run => {
  const started = host.start(...args);
  if (!('run' in started)) throw new Error('a duplicate');
  return started.run;
};
