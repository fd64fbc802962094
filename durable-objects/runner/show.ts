import type { JsonObject } from '../../core/data/item.ts';
import type { Run } from '../../core/engine/run.ts';
import type { Step } from '../../core/engine/step.ts';
import { environmentOf, PRODUCTION } from '../../core/environment/reference.ts';
import { type EndPage, type FirstPage, type FormPage, pageFrom } from '../../core/forms/page.ts';
import type { WorkflowNode } from '../../core/graph/document.ts';
import type { HookProof } from '../../core/nodes/webhook/route.ts';
import { triggerScope } from '../../core/shard/limits.ts';
import type { Visit } from './protocol.ts';
import { approvalOf } from './link.ts';
import type { Holder } from './addresses.ts';

/** What a run has to show: a visitor sees its forms and their ending, a resumer whatever it waits for. */
export function show(run: Run, holder: Holder, vars: JsonObject): Visit {
  const first = firstOf(run, vars);
  const name = run.program.graph.doc.name;
  const title = first?.page.title ?? name;
  const state = run.active?.state;
  const wait = !run.final && state?.kind === 'wait' ? state : undefined;
  const approval = approvalOf(run, holder);
  const decided = approval && decidedOf(run, approval);
  if (decided) return decided;
  if (holder.kind === 'resumer' && wait?.signal === 'approval' && approval !== run.active) {
    return { kind: 'early', title: name };
  }
  if (wait?.signal === 'form' || (wait?.signal === 'approval' && holder.kind === 'resumer')) {
    const step = run.active?.index ?? 0;
    if (wait.detail?.members === true) return { kind: 'members', title: pageOf(wait.detail)?.title ?? name };
    const page = pageOf(wait.detail);
    if (page) {
      const query = run.start.items[0]?.json.formQueryParameters;
      return {
        kind: 'form',
        page: page.title === '' ? { ...page, title } : page,
        step,
        query: typeof query === 'object' && query !== null && !Array.isArray(query) ? query : {},
        ...proofOf(run, wait.detail),
      };
    }
  }
  if (holder.kind === 'resumer') {
    if (wait?.signal === 'chat') return { kind: 'working', title, rests: true };
    if (wait?.signal !== undefined) return { kind: 'call', step: run.active?.index ?? 0, ...proofOf(run, wait.detail) };
    if (!hasPages(run)) return { kind: 'call' };
  }
  if (!run.final) return { kind: 'working', title, ...(wait?.signal === undefined ? {} : { rests: true }) };
  if (run.final.status !== 'success') return { kind: 'failed', title };
  return {
    kind: 'ended',
    end: endOf(run) ?? first?.end ?? { kind: 'message', title, message: 'Your response has been recorded' },
  };
}

const pageOf = (detail: JsonObject | undefined): FormPage | undefined =>
  detail?.page ? pageFrom<FormPage>(detail.page as JsonObject) : undefined;

/** How an approval was decided. Its node's name tells it from others of its workflow. */
function decidedOf({ program }: Run, step: Step): Visit | undefined {
  if (step.state.kind !== 'done' || step.status !== 'success') return undefined;
  const { nodes, doc } = program.graph;
  const isOnly = nodes.filter(({ def }) => def.type === 'approval').length === 1;
  const item = step.outputs.flatMap((items) => items ?? [])[0];
  // SAFETY: the approval node writes it on every item.
  const { approved, by } = (item?.json.approval ?? {}) as { approved?: boolean; by?: string };
  const atMs = step.startedAt + (step.durationMs ?? 0);
  return {
    kind: 'decided',
    title: isOnly ? doc.name : `${doc.name}, ${nodes[step.node]?.def.name ?? ''}`,
    approved: approved === true,
    isLate: by === 'time',
    atMs,
  };
}

/** SAFETY: the wait node writes it. */
function proofOf({ program }: Run, detail: JsonObject | undefined): { proof?: HookProof } {
  if (!detail?.proof) return {};
  const proof = { ...(detail.proof as unknown as HookProof), workflow: program.workflow };
  const environment = environmentOf(program.version);
  return { proof: environment === PRODUCTION ? proof : { ...proof, environment } };
}

/** A run that no form started and that asked nothing has nothing to show. */
function hasPages(run: Run): boolean {
  const { nodes, byId } = run.program.graph;
  if (nodes[byId.get(run.start.node) ?? -1]?.def.type === 'form-trigger') return true;
  return run.steps.some(({ node }) => asks(nodes[node]?.def));
}

const asks = (def: WorkflowNode | undefined): boolean =>
  def?.type === 'form' || def?.type === 'approval' || (def?.type === 'wait' && def.parameters.resume === 'form');

/** The ending that ran last: each keeps its page in its context. */
function endOf(run: Run): EndPage | undefined {
  for (const { node } of run.steps.toReversed()) {
    const end = run.contexts.get(node)?.end;
    if (run.program.graph.nodes[node]?.def.type === 'form' && end) return pageFrom<EndPage>(end as JsonObject);
  }
  return undefined;
}

function firstOf(run: Run, vars: JsonObject): FirstPage | undefined {
  const { program, start } = run;
  const index = program.graph.byId.get(start.node);
  if (index === undefined || program.graph.nodes[index]?.def.type !== 'form-trigger') return undefined;
  try {
    const scope = triggerScope({ program, node: start.node, items: start.items, nowMs: start.at, vars });
    const page = program.executor(index).page?.(scope);
    return page && pageFrom<FirstPage>(page);
  } catch {
    return undefined;
  }
}
