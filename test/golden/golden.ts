import { createHash } from 'node:crypto';
import { canonical } from '../../core/data/canonical.ts';
import type { Json } from '../../core/data/item.ts';
import { JOURNAL_FORMAT, type RunEvent } from '../../core/engine/events.ts';
import { compileProgram, type Program } from '../../core/engine/program.ts';
import { replay } from '../../core/engine/replay.ts';
import type { Run } from '../../core/engine/run.ts';
import { stepViews, waitingFor } from '../../core/engine/view.ts';
import type { Workflow } from '../../core/graph/document.ts';
import { NODES } from '../../core/nodes/registry.generated.ts';
import { simulatedNodes } from '../simulation/nodes.ts';

/** One recorded run: everything that is needed to read it again, and what must come out. */
export interface Golden {
  format: number;
  title: string;
  id: string;
  workflow: string;
  version: string;
  doc: Workflow;
  events: RunEvent[];
  /** SHA-256 of `seen`, so that nobody mends a recording by hand. */
  sha256: string;
  seen: Json;
}

/** Our own nodes and the simulator's, whose types cannot clash: those begin with `sim-` or are triggers of the same kind. */
export const registry = new Map([
  ...simulatedNodes(() => undefined),
  ...NODES.map((node) => [node.type, node] as const),
]);

export const programOf = ({ workflow, version, doc }: Pick<Golden, 'workflow' | 'version' | 'doc'>): Program =>
  compileProgram({ workflow, version, doc, registry });

/** A run as people and programs see it; internals may change, this may not. */
export function view(run: Run): Json {
  const seen = {
    status: run.status,
    waitingFor: waitingFor(run) ?? null,
    start: run.start,
    steps: stepViews(run),
    final: run.final ?? null,
    next: run.final ? null : nextOf(run),
    // Absent where there are none: older recordings know of no facts.
    ...(Object.keys(run.customData).length > 0 ? { customData: run.customData } : {}),
  };
  return JSON.parse(JSON.stringify(seen)) as Json;
}

export const hashOf = (seen: Json): string => createHash('sha256').update(canonical(seen)).digest('hex');

export const replayed = (golden: Golden): Run => replay(golden.id, programOf(golden), golden.events);

export function goldenOf(title: string, run: Run, events: readonly RunEvent[]): Golden {
  const { program, id } = run;
  const base = { workflow: program.workflow, version: program.version, doc: program.graph.doc };
  const copy = JSON.parse(JSON.stringify(events)) as RunEvent[];
  const seen = view(replay(id, programOf(base), copy));
  return { format: JOURNAL_FORMAT, title, id, ...base, events: copy, sha256: hashOf(seen), seen };
}

/** Where the run goes on: decided by the journal alone. */
function nextOf(run: Run): string | null {
  if (run.held) return null;
  const step = run.next(0);
  return (step && run.program.graph.nodes[step.node]?.def.id) ?? null;
}
