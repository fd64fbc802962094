import type { Item, JsonObject } from '../data/item.ts';
import { executeStep } from '../engine/execute.ts';
import { innerVersion, outerOf } from '../engine/inner.ts';
import type { Program } from '../engine/program.ts';
import type { Run } from '../engine/run.ts';
import type { Step, StepState } from '../engine/step.ts';
import type { StepResult } from '../node/kit.ts';
import type { EffectRef } from './ports.ts';
import type { Shard } from './shard.ts';

/** A workflow that calls itself without end is stopped here. */
export const MAX_CALL_DEPTH = 32;
/** Of a calling node's name: it stands in each of a thousand runs that it calls. */
const MAX_NAME_CHARS = 200;

type Children = StepState & { kind: 'children' };

/** Sub-workflows and error workflows: runs that runs start. Children of one call run one after another. */
export class Calls {
  private readonly shard: Shard;
  private readonly batches = new WeakMap<Step, Item[][]>();

  constructor(shard: Shard) {
    this.shard = shard;
  }

  request(run: Run, step: Step, call: StepResult & { kind: 'call' }): void {
    if ((run.start.parent?.depth ?? 0) >= MAX_CALL_DEPTH) {
      const message = `Workflows call each other more than ${MAX_CALL_DEPTH} deep. Is one calling itself without end?`;
      this.shard.steps.fail(run, step, { code: 'call-too-deep', message }, false);
      return;
    }
    const node = run.program.graph.nodes[step.node]?.def.id ?? '';
    const called =
      'inner' in call.workflow
        ? { workflow: run.program.workflow, version: innerVersion(run.program.version, node) }
        : { workflow: call.workflow.id };
    step.state = { kind: 'load', ...called, batches: call.batches, wait: call.wait };
    this.shard.ports.load({
      ...called,
      caller: run.program.version,
      for: { run: run.id, step: step.index, attempt: step.attempts, round: 0 },
    });
  }

  loaded(ref: EffectRef, program: Program | undefined): void {
    const found = this.shard.stepOf(ref);
    if (!found) return;
    const { run, active: step } = found;
    const { state } = step;
    if (state.kind === 'children') {
      if (!this.isUnderWay(state)) this.startNext(run, step, state, program);
      return;
    }
    if (state.kind !== 'load') return;
    if (!program) {
      const message =
        state.version !== undefined
          ? 'The JSON on this node is no workflow. Paste one as n8n exports it.'
          : `The workflow ${JSON.stringify(state.workflow)} that this node calls is not published, or does not exist.`;
      this.shard.steps.fail(run, step, { code: 'workflow-not-found', message }, false);
      return;
    }
    this.batches.set(step, state.batches);
    const n = run.program.graph.nodes[step.node]?.def.id ?? '';
    this.shard.commit(run, {
      t: 'call',
      at: step.startedAt,
      n,
      workflow: state.workflow,
      version: program.version,
      batches: state.batches.length,
      wait: state.wait,
    });
    if (step.state.kind === 'children') this.startNext(run, step, step.state, program);
  }

  /** Continues a recovered call: the child runs by itself, unless it was never started. */
  recover(run: Run, step: Step, state: Children): void {
    if (this.isUnderWay(state)) return;
    const order = { run: run.id, step: step.index, attempt: step.attempts, round: 0 };
    const inner = outerOf(state.version) ? { version: state.version } : {};
    this.shard.ports.load({ workflow: state.workflow, ...inner, caller: run.program.version, for: order });
  }

  /** Tells the caller of a run that it has ended. */
  ended(child: Run): void {
    const { parent } = child.start;
    if (!parent || !child.final) return;
    const run = this.shard.runs.get(parent.run);
    const step = run?.active;
    if (!run || run.final || step?.index !== parent.step || step.state.kind !== 'children' || !step.state.wait) return;
    const n = run.program.graph.nodes[step.node]?.def.id ?? '';
    const at = step.startedAt;
    if (child.final.status === 'success') {
      this.shard.commit(run, { t: 'child-end', at, n, index: parent.index, items: lastItems(child) });
      this.startNext(run, step, step.state, child.program);
      return;
    }
    const { status, err: cause } = child.final;
    const code = 'sub-workflow-failed';
    const reason = cause?.message ?? status;
    // Said once: thirty callers around it would push what went wrong out of sight.
    const message = cause?.code === code ? reason : `The called workflow ended as ${status}: ${reason}`;
    const err = { code, message };
    this.shard.steps.fail(run, step, err, true);
  }

  requestHandoff(run: Run): void {
    const { errorWorkflow } = run.program.graph.doc.settings;
    const { version: caller } = run.program;
    this.shard.ports.load({ workflow: errorWorkflow ?? '', caller, for: { handoff: run.id } });
  }

  /** Starts the error workflow of a failed run; only then is the failed run over. */
  handoff(id: string, program: Program | undefined): void {
    const run = this.shard.runs.get(id);
    if (!run?.owesHandoff) return;
    const node = program && startNode(program, ['error-trigger']);
    const at = this.shard.ports.now();
    if (!program || node === undefined) {
      this.shard.commit(run, { t: 'handoff', at });
      return;
    }
    const items: Item[] = [{ json: failureReport(run) }];
    try {
      const started = this.shard.begin(
        { program, mode: 'error', node, items, key: `${ERROR_KEY}${run.id}` },
        undefined,
        run.id,
      );
      this.shard.commit(run, { t: 'handoff', at, run: 'run' in started ? started.run.id : started.duplicate });
    } catch {
      // its limits' keys cannot be evaluated, and will not be the next time either
      this.shard.commit(run, { t: 'handoff', at });
    }
  }

  /** The child that the step waits for runs by itself. */
  private isUnderWay(state: Children): boolean {
    const child = state.runs[state.results.length];
    return state.wait && child !== undefined && this.shard.runs.has(child);
  }

  private startNext(run: Run, step: Step, state: Children, program: Program | undefined): void {
    const batches = this.batchesOf(run, step);
    for (let index = state.wait ? state.results.length : state.runs.length; index < state.batches; index++) {
      const node = program && startNode(program, ['execute-workflow-trigger']);
      if (!program || node === undefined) {
        const message = `The workflow ${JSON.stringify(state.workflow)} has no node to start at.`;
        this.shard.steps.fail(run, step, { code: 'workflow-not-found', message }, false);
        return;
      }
      const depth = (run.start.parent?.depth ?? 0) + 1;
      const name = run.program.graph.nodes[step.node]?.def.name.slice(0, MAX_NAME_CHARS) ?? '';
      const started = this.shard.begin({
        program,
        mode: 'child',
        node,
        items: batches[index] ?? [],
        parent: { run: run.id, step: step.index, index, depth, name },
      });
      const n = run.program.graph.nodes[step.node]?.def.id ?? '';
      if ('run' in started) this.shard.commit(run, { t: 'child', at: step.startedAt, n, index, run: started.run.id });
      if (state.wait) return;
    }
    this.shard.steps.wake(run, step, { kind: 'children', results: state.results }, false);
  }

  /** What to hand to the children; after a recovery the node, being pure, says it again. */
  private batchesOf(run: Run, step: Step): Item[][] {
    const known = this.batches.get(step);
    if (known) return known;
    const state = step.state;
    step.state = { kind: 'run' };
    const result = executeStep(run, step, this.shard.steps.surroundings(run));
    step.state = state;
    const batches = result.kind === 'call' ? result.batches : [];
    this.batches.set(step, batches);
    return batches;
  }
}

/** Items of the last step that gave any on its first output with data: what a caller gets back. */
export function lastItems(run: Run): Item[] {
  const last = run.steps.at(-1);
  for (const items of last?.outputs ?? []) if (items && items.length > 0) return [...items];
  return [];
}

/** The trigger of one of these types; else the first enabled trigger; else the first node nothing leads to. */
export function startNode(program: Program, types: readonly string[]): string | undefined {
  const enabled = program.graph.nodes.filter((node) => !node.def.disabled);
  const named = enabled.find((node) => types.includes(node.def.type));
  const trigger = enabled.find((node) => program.registry.get(node.def.type)?.trigger !== undefined);
  return (named ?? trigger ?? enabled.find((node) => node.parents.length === 0) ?? enabled[0])?.def.id;
}

const ERROR_KEY = 'error:';

/** The failed run that a run of an error workflow was started for. */
export function failedRunOf({ start: { mode, key } }: Run): string | undefined {
  const at = mode === 'error' ? (key?.lastIndexOf(ERROR_KEY) ?? -1) : -1;
  return at < 0 ? undefined : key?.slice(at + ERROR_KEY.length);
}

function failureReport(run: Run): JsonObject {
  const { final } = run;
  const failed =
    final?.err?.n === undefined ? undefined : run.program.graph.nodes[run.program.graph.byId.get(final.err.n) ?? -1];
  return {
    execution: {
      id: run.id,
      mode: run.start.mode,
      lastNodeExecuted: failed?.def.name ?? null,
      error: {
        code: final?.err?.code ?? 'error',
        message: final?.err?.message ?? '',
        description: final?.err?.description ?? null,
      },
    },
    workflow: { id: run.program.workflow, name: run.program.graph.doc.name },
  };
}
