import type { Item, JsonObject } from '../../core/data/item.ts';
import { compileProgram, type Program } from '../../core/engine/program.ts';
import type { Run } from '../../core/engine/run.ts';
import { waitingFor } from '../../core/engine/view.ts';
import { importN8n } from '../../core/interop/n8n/index.ts';
import { N8N_IMPORT } from '../../core/nodes/n8n-types.ts';
import { NODES } from '../../core/nodes/registry.generated.ts';
import { startNode } from '../../core/shard/calls.ts';
import type { NodeCase } from './collection.ts';
import type { CaseHost } from './host.ts';
import { difference } from './same.ts';

const REGISTRY = new Map(NODES.map((node) => [node.type, node]));

/** What `$now` and dates without an offset are in, unless the workflow says otherwise: the cases were recorded so. */
const RECORDED_ZONE = 'America/New_York';

let compiled = 0;

/** A case's workflow, imported as anybody's would be. Throws when it cannot be. */
export function programOf(workflow: JsonObject, order?: 'v0' | 'v1'): Program {
  // Pins of a case are its expectations.
  const { pinData: _, ...unpinned } = workflow;
  const { workflows, problems } = importN8n(unpinned, N8N_IMPORT);
  const doc = workflows[0]?.workflow;
  if (!doc) throw new Error(`It was not imported: ${problems.map(({ message }) => message).join(' ')}`);
  doc.settings.timezone ??= RECORDED_ZONE;
  if (order) doc.settings.executionOrder = order;
  return compileProgram({ workflow: 'case', version: `v${++compiled}`, doc, registry: REGISTRY });
}

/** Kinds of triggers that start a case before all others, and types that do when there is none of those. */
const STARTS: ReadonlySet<unknown> = new Set(['manual', 'schedule', 'poll']);
const NEXT_STARTS = ['execute-workflow-trigger', 'error-trigger', 'evaluation-trigger', 'form-trigger'];

/** Where the recorder of the cases began: the first node that starts by itself, else by type, else the only one. */
function startOf(program: Program): string | undefined {
  const defs = program.graph.nodes.map(({ def }) => def);
  const first =
    defs.find(({ type }) => STARTS.has(REGISTRY.get(type)?.trigger)) ??
    NEXT_STARTS.flatMap((type) => defs.find((def) => def.type === type) ?? [])[0];
  return first?.id ?? startNode(program, []);
}

/** Runs the workflow from its trigger; says why the case fails, or undefined. */
export async function runNodeCase(given: NodeCase, host: CaseHost): Promise<string | undefined> {
  try {
    const program = programOf(given.workflow);
    const node = startOf(program);
    if (node === undefined) return 'It has no node to start at.';
    const input = (given.trigger?.input ?? { json: {} }) as unknown as Item;
    const run = await host.run(program, { node, items: [input] });
    return outcome(run) ?? mismatch(run, given);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function outcome(run: Run): string | undefined {
  if (run.status === 'success' || waitingFor(run) !== undefined) return undefined;
  const err = run.final?.err;
  const name = run.program.graph.nodes[run.program.graph.byId.get(err?.n ?? '') ?? -1]?.def.name;
  return `The run ended with ${run.status}: ${name === undefined ? '' : `"${name}": `}${err?.message ?? ''}`;
}

/** The first node that gave something else. */
function mismatch(run: Run, given: NodeCase): string | undefined {
  for (const [name, wanted] of Object.entries(given.expected)) {
    const indexes = run.byNode[run.program.graph.byName.get(name) ?? -1] ?? [];
    if (indexes.length !== 1) return `"${name}" ran ${indexes.length} times instead of once.`;
    const items = run.steps[indexes[0] ?? -1]?.outputs[0] ?? [];
    const found = difference(
      items.map((item) => plain(item, given)),
      (Array.isArray(wanted) ? wanted : []).map((item) => plain(wrapped(item), given)),
    );
    if (found !== undefined) return `"${name}" ${found}`;
  }
  return undefined;
}

const wrapped = (item: unknown): Item =>
  typeof item === 'object' && item !== null && 'json' in item ? (item as Item) : { json: item as JsonObject };

/** What of an item is compared. */
function plain(item: Item, { assertBinaryData, comparesLineage }: NodeCase): Record<string, unknown> {
  const { binary = {}, pairedItem } = item;
  const files = Object.entries(binary).map(([name, file]) => {
    // Only what both sides keep: where a file lies and how its size is written is nobody's business.
    const { data, mimeType, fileName, fileExtension } = file;
    return [name, { data, mimeType, fileName, fileExtension }];
  });
  return {
    json: item.json,
    ...(assertBinaryData && files.length > 0 ? { binary: Object.fromEntries(files) } : {}),
    ...(comparesLineage ? { pairedItem: typeof pairedItem === 'number' ? { item: pairedItem } : pairedItem } : {}),
  };
}
