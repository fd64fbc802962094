import type { Item, JsonObject } from '../data/item.ts';
import type { RunEvent, StartEvent } from './events.ts';
import { noted } from './custom-data.ts';
import type { Counts } from '../quota/meters.ts';
import { Divergence } from './divergence.ts';
import { JoinTable } from './join.ts';
import { settleOutputs } from './outcome.ts';
import { unpackOutputs } from './pack.ts';
import type { Program } from './program.ts';
import { routeOutputs } from './route.ts';
import type { Inputs, Step, Task } from './step.ts';

/**
 * queued: admitted, held by a limit or a debounce. waiting: for time, a signal, a child or a decision.
 * superseded: a debounced trigger replaced by a later one. All but the last four are live.
 */
export type RunStatus = 'queued' | 'running' | 'waiting' | 'paused' | 'success' | 'error' | 'canceled' | 'superseded';

/**
 * One execution of one workflow version: the fold of its events, and nothing else. It decides what comes next and
 * never performs anything; every mutation goes through `apply`, so replaying a journal rebuilds it exactly.
 */
export class Run {
  readonly id: string;
  program: Program;
  start!: StartEvent;
  readonly steps: Step[] = [];
  /** Step indexes per node, in order. */
  readonly byNode: number[][] = [];
  readonly stack: Task[] = [];
  readonly joins = new JoinTable();
  readonly contexts = new Map<number, JsonObject>();
  /** Facts its nodes noted about it. */
  customData: JsonObject = {};
  /** The step at hand, or undefined between steps. */
  active: Step | undefined;
  held = false;
  paused = false;
  final: (RunEvent & { t: 'end' }) | undefined;
  /** An error workflow still has to be started. */
  owesHandoff = false;
  /** The run of its error workflow, once it was started. */
  errorRun: string | undefined;
  admittedAt: number | undefined;
  /** Used and not yet in an event: lost with the process, as the work itself is. */
  unrecorded: { fuel: number; counts: Counts | undefined } = { fuel: 0, counts: undefined };
  /** Theoretical arrival time its admission left for its rate key. */
  tat: number | undefined;
  private allowed: ReadonlySet<number> | undefined;

  constructor(id: string, program: Program) {
    this.id = id;
    this.program = program;
  }

  get status(): RunStatus {
    if (this.final) return this.final.status;
    if (this.paused) return 'paused';
    if (this.held) return 'queued';
    const state = this.active?.state.kind;
    return state === 'wait' || state === 'doubt' || state === 'retry' || state === 'children' ? 'waiting' : 'running';
  }

  /** False once nothing can happen any more. */
  get live(): boolean {
    return !this.final || this.owesHandoff;
  }

  apply(event: RunEvent): void {
    if (this.final && event.t !== 'handoff') throw new Divergence(`"${event.t}" after the end of ${this.id}`);
    switch (event.t) {
      case 'start':
        this.begin(event);
        return;
      case 'admit':
        this.held = false;
        this.admittedAt = event.at;
        this.tat = event.tat;
        return;
      case 'hold':
        this.held = true;
        this.start = { ...this.start, hold: event.hold };
        return;
      case 'step':
        this.finish(this.at(event), event);
        return;
      case 'issue':
        this.at(event).state = { kind: 'announced', key: event.key, class: event.class };
        return;
      case 'doubt':
        this.at(event).state = { kind: 'doubt' };
        return;
      case 'retry': {
        const step = this.at(event);
        step.attempts++;
        if (event.cd) this.customData = noted(this.customData, event.cd);
        step.error = event.err;
        step.state = { kind: 'retry', dueAt: event.dueAt };
        return;
      }
      case 'wait': {
        const { t: _t, at: _at, n: _n, u: _u, say, ...wait } = event;
        const step = this.at(event);
        step.state = { kind: 'wait', ...wait };
        if (say !== undefined) step.said = say;
        return;
      }
      case 'wake': {
        const step = this.at(event);
        step.state = { kind: 'woken', wake: event.wake, recorded: true };
        // without one it belongs to the first: a step that began anew after a loss counts from there
        step.rounds = event.round ?? 0;
        return;
      }
      case 'call': {
        const { workflow, version, batches, wait } = event;
        this.at(event).state = { kind: 'children', workflow, version, batches, wait, runs: [], results: [] };
        return;
      }
      case 'child':
      case 'child-end': {
        const step = this.at(event);
        const { state } = step;
        if (state.kind !== 'children') throw new Divergence(`"${event.t}" but the step called nothing`);
        if (event.t === 'child') {
          state.runs[event.index] = event.run;
          (step.called ??= []).push(event.run);
        } else state.results[event.index] = event.items ?? [];
        return;
      }
      case 'pause':
        this.paused = true;
        return;
      case 'resume':
        this.paused = false;
        return;
      case 'migrate':
        return; // the program was exchanged by whoever proved that it may be
      case 'end':
        this.final = event;
        this.paused = false;
        this.owesHandoff = event.status === 'error' && this.wantsErrorWorkflow();
        return;
      case 'handoff':
        this.owesHandoff = false;
        this.errorRun = event.run;
    }
  }

  /** Takes up the next step; undefined when there is none. Deterministic: the same journal takes the same steps. */
  next(at: number): Step | undefined {
    if (this.active) return this.active;
    const task = this.stack.shift() ?? this.joins.release(this.program);
    if (!task) return undefined;
    const ran = (this.byNode[task.node] ??= []);
    const step: Step = {
      index: this.steps.length,
      node: task.node,
      runIndex: ran.length,
      startedAt: at,
      sources: task.sources,
      inputs: freshen(task.inputs, this.program.graph.nodes[task.node]?.def.executeOnce === true),
      state: { kind: 'run' },
      attempts: 1,
      status: 'running',
      outputs: [],
    };
    ran.push(step.index);
    this.steps.push(step);
    this.active = step;
    return step;
  }

  /** Pinned items of a node, when this run uses them. */
  pinnedItems(node: number): readonly Item[] | undefined {
    const { pinned, given, node: first } = this.start;
    if (!pinned) return undefined;
    const id = this.program.graph.nodes[node]?.def.id;
    if (given && id === first) return undefined;
    return this.program.graph.doc.pinned.find((pin) => pin.node === id)?.items;
  }

  private begin(event: StartEvent): void {
    const { graph } = this.program;
    const first = graph.byId.get(event.node);
    if (first === undefined) throw new Divergence(`start node ${JSON.stringify(event.node)} is not in this version`);
    this.start = event;
    this.held = event.hold !== undefined;
    if (!this.held) this.admittedAt = event.at;
    const destination = event.destination === undefined ? undefined : graph.byId.get(event.destination);
    if (destination !== undefined) this.allowed = this.program.ancestors(destination);
    this.stack.push({ node: first, inputs: [event.items], sources: [null] });
  }

  /** The step an event speaks of: the active one, or the one the engine would take now. */
  private at(event: { t: string; at: number; n: string }): Step {
    const step = this.active ?? this.next(event.at);
    const id = step && this.program.graph.nodes[step.node]?.def.id;
    if (!step || id !== event.n) {
      throw new Divergence(
        `the journal's next "${event.t}" is of node ${JSON.stringify(event.n)}, this version goes to ${JSON.stringify(id ?? 'nothing')}`,
      );
    }
    return step;
  }

  private finish(step: Step, event: RunEvent & { t: 'step' }): void {
    const node = this.program.graph.nodes[step.node];
    if (!node) throw new Divergence(`step ${step.index} has no node`);
    step.durationMs = event.ms;
    step.startedAt = Math.min(step.startedAt, event.at);
    if (event.logs) step.logs = event.logs;
    if (event.say !== undefined) step.said = event.say;
    if (event.ctx) this.contexts.set(step.node, event.ctx);
    if (event.cd) this.customData = noted(this.customData, event.cd);
    if (event.err) step.error = event.err;
    else delete step.error;
    step.status = event.err ? 'error' : 'success';
    step.outputs = settleOutputs({
      node,
      step,
      out: event.out && unpackOutputs(event.out, step.inputs),
      err: event.err,
      errorOutput: node.def.onError === 'error-output' ? this.errorOutputOf(step.node) : 1,
    });
    step.state = { kind: 'done' };
    step.inputs = [];
    this.active = undefined;
    const stops = event.err !== undefined && (node.def.onError ?? 'stop') === 'stop';
    if (stops || this.start.destination === node.def.id) {
      this.stack.length = 0;
      this.joins.clear();
      return;
    }
    routeOutputs(this, step, this.allowed);
  }

  /** Index of a node's error output: after those that it has itself, wired or not. */
  private errorOutputOf(node: number): number {
    try {
      return Math.max(1, this.program.executor(node).outputs);
    } catch {
      // it cannot even be compiled; then only the wiring says which output its author saw as the last
      return Math.max(1, (this.program.graph.nodes[node]?.outputs.length ?? 0) - 1);
    }
  }

  private wantsErrorWorkflow(): boolean {
    const { errorWorkflow } = this.program.graph.doc.settings;
    return (
      errorWorkflow !== undefined && errorWorkflow !== '' && this.start.mode !== 'error' && this.start.mode !== 'manual'
    );
  }
}

/** Incoming items get their own position as lineage: an item passed on unchanged then points where it came from. */
function freshen(inputs: Inputs, once: boolean): Inputs {
  return inputs.map((items, input) => {
    if (!items) return null;
    const count = once ? Math.min(1, items.length) : items.length;
    const fresh: Item[] = [];
    for (let index = 0; index < count; index++) {
      const item = items[index] as Item;
      const copy: Item = { json: item.json, pairedItem: input === 0 ? index : { item: index, input } };
      if (item.binary) copy.binary = item.binary;
      fresh.push(copy);
    }
    return fresh;
  });
}
