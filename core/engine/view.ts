import type { Item, JsonObject, PairedItem } from '../data/item.ts';
import { type FormPage, pageFrom } from '../forms/page.ts';
import type { StepError } from './events.ts';
import type { Run } from './run.ts';
import { sizeWithin } from './size.ts';
import type { Step } from './step.ts';

export interface StepView {
  index: number;
  node: string;
  nodeName: string;
  type: string;
  runIndex: number;
  status: 'running' | 'waiting' | 'success' | 'error';
  startedAt: number;
  durationMs?: number;
  attempts: number;
  sources: ({ step: number; output: number } | null)[];
  outputs: (Item[] | null)[];
  /** The outputs are left out: with them the run would be too large to show. */
  omitted?: true;
  error?: StepError;
  /** Lines that the node printed. */
  logs?: string[];
  /** What it told the chat that started the run. */
  said?: string;
  /** How many runs it called. */
  called?: number;
  waitingFor?: string;
  /** What its page asks, where it waits with one. The description may hold HTML. */
  asks?: { title: string; description: string };
}

/** Why a run is not moving, in one word; undefined while it moves. */
export function waitingFor(run: Run): string | undefined {
  if (run.final) return undefined;
  if (run.held) return run.start.hold?.by;
  return run.active && stepWait(run.active);
}

function stepWait({ state }: Step): string | undefined {
  if (state.kind === 'wait') return state.signal ?? 'time';
  if (state.kind === 'doubt') return 'in-doubt';
  if (state.kind === 'retry') return 'retry';
  if (state.kind === 'children') return 'child';
  return undefined;
}

/** A node has replied to the caller, be it before a restart: what it said is not kept. */
export function hasReplied({ program, steps }: Run): boolean {
  return steps.some(({ node, status }) => {
    const def = program.graph.nodes[node]?.def;
    return status === 'success' && def && !def.disabled && program.registry.get(def.type)?.replies === true;
  });
}

export function stepViews(run: Run): StepView[] {
  return run.steps.map((step) => stepView(run, step));
}

/** The same, leaving out the outputs that no longer fit into about `maxChars` of JSON. */
export function boundedStepViews(run: Run, maxChars: number): StepView[] {
  let left = maxChars;
  return run.steps.map((step) => {
    const view = stepView(run, step);
    if (step.called) view.called = step.called.length;
    const size = sizeWithin([view.outputs, view.logs ?? [], view.said ?? ''], left);
    left -= size ?? 0;
    if (size !== undefined) return view;
    const { logs: _logs, said: _said, ...rest } = view;
    return { ...rest, outputs: [], omitted: true };
  });
}

function stepView(run: Run, step: Step): StepView {
  const def = run.program.graph.nodes[step.node]?.def;
  const waits = stepWait(step);
  const view: StepView = {
    index: step.index,
    node: def?.id ?? '',
    nodeName: def?.name ?? '',
    type: def?.type ?? '',
    runIndex: step.runIndex,
    status: step.state.kind === 'done' ? (step.status as 'success' | 'error') : waits ? 'waiting' : 'running',
    startedAt: step.startedAt,
    attempts: step.attempts,
    sources: step.sources.map((source) => source && { step: source.step, output: source.output }),
    outputs: step.outputs.map((items) => items && items.map(publicItem)),
  };
  if (step.durationMs !== undefined) view.durationMs = step.durationMs;
  if (step.error) view.error = step.error;
  if (step.logs) view.logs = step.logs;
  if (step.said !== undefined) view.said = step.said;
  if (waits) view.waitingFor = waits;
  const asks = asksOf(step);
  if (asks) view.asks = asks;
  return view;
}

function asksOf({ state }: Step): StepView['asks'] {
  if (state.kind !== 'wait' || !state.detail?.page) return undefined;
  const { title, description } = pageFrom<FormPage>(state.detail.page as JsonObject);
  return { title, description };
}

/** Items as the API shows them: paired items always in their long form. */
export function publicItem(item: Item): Item {
  if (typeof item.pairedItem !== 'number') return item;
  const pairedItem: PairedItem = { item: item.pairedItem };
  return { ...item, pairedItem };
}

/** What the run was started with, for the API. */
export function startData(run: Run): JsonObject {
  return { node: run.start.node, items: run.start.items as unknown as JsonObject[] };
}
