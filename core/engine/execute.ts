import { placeOf, workflowAt } from '../environment/reference.ts';
import { Settings } from 'luxon';
import type { Item, JsonObject } from '../data/item.ts';
import { type ExpressionError, STEP_FUEL } from '../expression/index.ts';
import type { Scope } from '../expression/scope.ts';
import type { GraphNode } from '../graph/graph.ts';
import {
  type Kept,
  type KeptScope,
  type NodeExecutor,
  NodeError,
  type StepContext,
  type StepResult,
} from '../node/kit.ts';
import type { StepError } from './events.ts';
import { hash32, seededRandom } from './random.ts';
import { RunReader } from './reader.ts';
import type { Run } from './run.ts';
import { MAX_KEPT_CHARS, MAX_STEP_CHARS, outputsFit, sizeWithin } from './size.ts';
import type { Step } from './step.ts';

const NO_CONTEXT: JsonObject = {};
const NO_ITEMS: readonly Item[] = [];

/** Surroundings of a step that are not part of its run. */
export interface Surroundings {
  nowMs: number;
  vars: JsonObject;
  /** The URL, with its secret, that resumes a waiting run; an approval asks which step made it. */
  resumeUrl(run: string, step: number): string;
  /** The URL for whoever is to answer its forms, and nothing else. Absent: the same. */
  resumeFormUrl?(run: string): string;
  /** Data that a workflow or its node kept; see `keptName`. */
  kept?(name: string): JsonObject | undefined;
  /** Told what expressions cost: a clock that also runs where the platform stops the real one. */
  spent?(fuel: number): void;
}

/** Stable over attempts, recoveries and reruns of the same loss: the base of idempotency keys (promise P3). */
export function stepKeyOf(run: Run, step: Step): string {
  return `${run.id}:${run.program.graph.nodes[step.node]?.def.id ?? step.node}:${step.runIndex}`;
}

/** Name of what a workflow, or one node of it, keeps from run to run. */
export const keptName = (run: Run, step: Step, scope: KeptScope): string =>
  JSON.stringify([
    placeOf(run.program.workflow, run.program.version),
    scope === 'node' ? (run.program.graph.nodes[step.node]?.def.id ?? null) : null,
  ]);

/** The workflow that keeps something under a name. */
export const workflowOfKept = (name: string): string => workflowAt((JSON.parse(name) as [string])[0]);

/** Runs or resumes a step's node. Never throws: a failure is returned. */
export function executeStep(
  run: Run,
  step: Step,
  around: Surroundings,
): StepResult | { kind: 'failure'; error: StepError } {
  const node = run.program.graph.nodes[step.node];
  try {
    // luxon fills what a text leaves out (`10:30`) from its own clock: a step has the one it was journaled with.
    Settings.now = () => around.nowMs;
    if (!node) throw new NodeError('node-missing', 'The node of this step is not in the version.');
    if (node.def.disabled) return { kind: 'output', outputs: [step.inputs[0] ?? NO_ITEMS] };
    const pinned = run.pinnedItems(step.node);
    if (pinned) return { kind: 'output', outputs: [pinned.map((item) => ({ ...item }))] };
    const executor = run.program.executor(step.node);
    const context = stepContext(run, step, node, around);
    const { state } = step;
    try {
      const result = state.kind === 'woken' ? resume(executor, context, state.wake) : executor.run(context);
      if (result.kind === 'output' && !outputsFit(result.outputs, step.inputs)) throw tooLarge();
      if (result.kind === 'output' && result.keep) assertKeepable(result.keep);
      return result;
    } finally {
      around.spent?.(STEP_FUEL - context.budget.fuel);
    }
  } catch (error) {
    return { kind: 'failure', error: stepError(error) };
  }
}

function tooLarge(): NodeError {
  return new NodeError('output-too-large', `The node gave more than ${MAX_STEP_CHARS / 2 ** 20} MB of data.`, {
    description: 'Keep fewer fields, or work on fewer items at once with a Loop node.',
  });
}

function assertKeepable(keep: Kept): void {
  for (const data of Object.values(keep)) {
    if (sizeWithin(data, MAX_KEPT_CHARS) !== undefined) continue;
    const message = `The node wants to keep more than ${MAX_KEPT_CHARS / 1024} KB for later runs.`;
    throw new NodeError('kept-too-large', message, { description: 'Keep ids or times only, or clear the old ones.' });
  }
}

function resume(
  executor: NodeExecutor,
  context: StepContext,
  wake: Parameters<NonNullable<NodeExecutor['resume']>>[1],
) {
  if (!executor.resume) throw new NodeError('cannot-resume', 'This node suspended but does not say how to go on.');
  return executor.resume(context, wake);
}

/** Any thrown thing as data. The stack stays out: it says nothing to a workflow's author. */
export function stepError(error: unknown): StepError {
  if (!(error instanceof Error)) return { code: 'error', message: String(error).slice(0, 4000) };
  const { code, description, itemIndex, expression } = error as Partial<NodeError & ExpressionError>;
  const made: StepError = {
    code: typeof code === 'string' ? code : 'error',
    message: (error.message || error.name).slice(0, 4000),
  };
  if (typeof description === 'string') made.description = description.slice(0, 4000);
  if (typeof itemIndex === 'number') made.itemIndex = itemIndex;
  if (typeof expression === 'string') made.expression = expression.slice(0, 1_000);
  return made;
}

function stepContext(run: Run, step: Step, node: GraphNode, around: Surroundings): LiveStep {
  return new LiveStep(run, step, node, around);
}

/** A class and not a literal: steps are the hot path, and most never ask for a scope. */
class LiveStep implements StepContext {
  readonly inputs: StepContext['inputs'];
  readonly items: readonly Item[];
  readonly runIndex: number;
  readonly nowMs: number;
  readonly budget = { fuel: STEP_FUEL };
  private readonly run: Run;
  private readonly step: Step;
  private readonly node: GraphNode;
  private readonly around: Surroundings;
  private shared: Omit<Scope, 'itemIndex'> | undefined;
  private rng: (() => number) | undefined;

  constructor(run: Run, step: Step, node: GraphNode, around: Surroundings) {
    this.run = run;
    this.step = step;
    this.node = node;
    this.around = around;
    this.inputs = step.inputs;
    this.items = step.inputs[0] ?? NO_ITEMS;
    this.runIndex = step.runIndex;
    this.nowMs = around.nowMs;
  }

  get zone(): string {
    return this.run.program.graph.doc.settings.timezone ?? 'UTC';
  }

  get context(): JsonObject {
    return this.run.contexts.get(this.step.node) ?? NO_CONTEXT;
  }

  kept(scope: KeptScope): JsonObject {
    return this.around.kept?.(keptName(this.run, this.step, scope)) ?? NO_CONTEXT;
  }

  get customData(): JsonObject {
    return this.run.customData;
  }

  get stepKey(): string {
    return stepKeyOf(this.run, this.step);
  }

  get execution(): { id: string; mode: string } {
    return { id: this.run.id, mode: this.run.start.mode };
  }

  get continueOnFail(): boolean {
    return this.node.def.onError !== undefined && this.node.def.onError !== 'stop';
  }

  get resumeUrl(): string {
    return this.around.resumeUrl(this.run.id, this.step.index);
  }

  random(): number {
    return (this.rng ??= seededRandom(hash32(`${this.stepKey}:${this.step.attempts}`)))();
  }

  inputOf(runIndex: number): readonly Item[] {
    const earlier = this.run.steps[this.run.byNode[this.step.node]?.[runIndex] ?? -1];
    if (earlier === this.step) return this.items;
    const source = earlier?.sources[0];
    if (!earlier || !source) return earlier && earlier.sources.length === 0 ? this.run.start.items : NO_ITEMS;
    const items = this.run.steps[source.step]?.outputs[source.output] ?? NO_ITEMS;
    return this.node.def.executeOnce ? items.slice(0, 1) : items;
  }

  scope(itemIndex: number): Scope {
    const shared = (this.shared ??= this.makeScope());
    return new ItemScope(shared, itemIndex);
  }

  private makeScope(): Omit<Scope, 'itemIndex'> {
    const { def } = this.node;
    const { doc } = this.run.program.graph;
    return {
      items: this.items,
      runIndex: this.runIndex,
      node: def,
      workflow: { id: this.run.program.workflow, name: doc.name, active: this.run.start.mode !== 'manual' },
      execution: new ExecutionFacts(this.run, this.step, this.around),
      vars: this.around.vars,
      nowMs: this.nowMs,
      zone: this.zone,
      random: () => this.random(),
      run: new RunReader(this.run, this.step),
      budget: this.budget,
    };
  }
}

/** The resume URL is signed: made only when an expression asks for it. Truly private: copies of this leave the process. */
class ExecutionFacts {
  readonly id: string;
  readonly mode: string;
  readonly #run: Run;
  readonly #step: Step;
  readonly #around: Surroundings;

  constructor(run: Run, step: Step, around: Surroundings) {
    this.#run = run;
    this.#step = step;
    this.id = run.id;
    this.mode = run.start.mode;
    this.#around = around;
  }

  get customData(): JsonObject {
    return this.#run.customData;
  }

  get resumeUrl(): string {
    return this.#around.resumeUrl(this.id, this.#step.index);
  }

  get resumeFormUrl(): string {
    return this.#around.resumeFormUrl?.(this.id) ?? this.resumeUrl;
  }
}

class ItemScope implements Scope {
  readonly items: readonly Item[];
  readonly itemIndex: number;
  readonly runIndex: number;
  readonly node: Scope['node'];
  readonly workflow: Scope['workflow'];
  readonly execution: Scope['execution'];
  readonly vars: JsonObject;
  readonly nowMs: number;
  readonly zone: string;
  readonly random: () => number;
  readonly run: Scope['run'];
  readonly budget: Scope['budget'];

  constructor(shared: Omit<Scope, 'itemIndex'>, itemIndex: number) {
    this.items = shared.items;
    this.itemIndex = itemIndex;
    this.runIndex = shared.runIndex;
    this.node = shared.node;
    this.workflow = shared.workflow;
    this.execution = shared.execution;
    this.vars = shared.vars;
    this.nowMs = shared.nowMs;
    this.zone = shared.zone;
    this.random = shared.random;
    this.run = shared.run;
    this.budget = shared.budget;
  }
}
