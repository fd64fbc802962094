import type { Item, Json, JsonObject } from '../../data/item.ts';
import type { Workflow, WorkflowNode } from '../../graph/document.ts';
import { checkJsonLimits, type JsonLimits, MAX_NODES } from '../../graph/limits.ts';
import type { Problem } from '../../graph/problem.ts';
import { parseWorkflow } from '../../graph/validate.ts';
import { readConnections, writeConnections } from './connections.ts';
import { exportN8n } from './export.ts';
import { badExpressions } from './expressions.ts';
import { readGroups } from './groups.ts';
import { asObject, own, sameJson } from './json.ts';
import { type NodeKeepsake, nodeForeign, workflowForeign } from './keep.ts';
import { type Located, locateWorkflows } from './locate.ts';
import { cutName } from './names.ts';
import { diff, type Patch } from './patch.ts';
import { readPins, writePins } from './pins.ts';
import { readNodes } from './read-nodes.ts';
import { addBindings, type Bindable, emptyReport, type ImportReport, type TypeMapping } from './report.ts';
import { readSettings } from './settings.ts';

export interface ImportOptions {
  /** n8n type → ours. */
  types: ReadonlyMap<string, TypeMapping>;
  /** Why a node of ours cannot run with its parameters, as a sentence; undefined when it can. */
  refusal?(node: WorkflowNode): string | undefined;
  /** What placeholders can be bound to. */
  bindable?: Bindable;
  /** Types of credentials that can be kept here. */
  credentialTypes?: ReadonlySet<string>;
}

export interface N8nImport {
  workflows: { workflow: Workflow; report: ImportReport }[];
  /** What could not be imported at all; one entry a workflow at least. */
  problems: Problem[];
}

/** A whole file: what is kept of it sits a few levels deeper in `foreign`, which allows 160. */
const INPUT_LIMITS: JsonLimits = { maxDepth: 128, maxKeys: 3_000_000, maxStringLength: 8_000_000 };

/**
 * Reads n8n exports: one, a list, API answers, gallery files, the clipboard; parsed or as text. Repairs what it can and
 * says so in the report, keeps the rest in `foreign` for `exportN8n`, and never throws. Results pass `parseWorkflow`.
 */
export function importN8n(input: unknown, options: ImportOptions): N8nImport {
  const result: N8nImport = { workflows: [], problems: [] };
  const breach = checkJsonLimits(input, INPUT_LIMITS);
  if (breach) return { ...result, problems: [breach] };
  const parsed = parseText(input as Json);
  if (parsed !== input) {
    const inside = checkJsonLimits(parsed, INPUT_LIMITS);
    if (inside) return { ...result, problems: [inside] };
  }
  const located = locateWorkflows(parsed);
  if (located.length === 0) {
    const hint = 'An n8n export has a list of nodes.';
    result.problems.push({
      path: '',
      code: 'no-workflow',
      message: 'No workflow in this file.',
      hint,
      severity: 'error',
    });
  }
  const natives = new Set([...options.types.values()].map(({ type }) => type));
  for (const source of located) {
    if ((own(source.workflow, 'nodes') as Json[]).length > MAX_NODES) {
      const message = `More than ${MAX_NODES} nodes.`;
      result.problems.push({ path: source.path, code: 'too-many-nodes', message, severity: 'error' });
      continue;
    }
    const imported = importOne(source, options, natives);
    const checked = parseWorkflow(imported.workflow);
    if (checked.ok) result.workflows.push(imported);
    else result.problems.push(...checked.problems.map((found) => ({ ...found, path: source.path })));
  }
  return result;
}

/** Clipboards hand over text. Text that is no JSON is no workflow, which is reported as such. */
function parseText(input: Json): Json {
  if (typeof input !== 'string') return input;
  try {
    return JSON.parse(input) as Json;
  } catch {
    return null;
  }
}

function importOne(
  source: Located,
  options: ImportOptions,
  natives: ReadonlySet<string>,
): N8nImport['workflows'][number] {
  const raw = source.workflow;
  const report = emptyReport();
  const read = readNodes(own(raw, 'nodes') as Json[], { ...options, natives });
  report.nodes = read.reports;
  const { edges, unusable } = readConnections(own(raw, 'connections'), read.idOf);
  const written = writeConnections(read.nodes, edges);
  const rawConnections = asObject(own(raw, 'connections'));
  const rawPins = asObject(own(raw, 'pinData'));
  const pinned: Workflow['pinned'] = [];
  for (const node of read.nodes) {
    const kept = read.kept.get(node.id);
    if (!kept) continue;
    const fileName = read.fileNames.get(node.id);
    if (fileName !== undefined) {
      // A renamed node's entry still has the file's name as its key, so it is compared under that one.
      const entry = own(rawConnections, fileName);
      if (entry !== undefined) kept.connections = diff(entry, own(written, node.name), 2);
      const items = readPins(own(rawPins, fileName));
      if (items) {
        pinned.push({ node: node.id, items });
        keepPins(kept, own(rawPins, fileName), items);
      }
    }
    const foreign = nodeForeign(kept);
    if (foreign) node.foreign = foreign;
  }
  const groups = readGroups(raw, read);
  const name = [own(raw, 'name'), source.wrapperName].find((text) => typeof text === 'string' && text !== '');
  const workflow: Workflow = {
    schema: 1,
    name: typeof name === 'string' ? cutName(name) : 'Imported workflow',
    nodes: read.nodes,
    edges,
    settings: readSettings(own(raw, 'settings'), report.notes),
    notes: read.notes,
    ...(groups.length > 0 ? { groups } : {}),
    pinned,
    foreign: workflowForeign(read.asides, []),
  };
  workflow.foreign = workflowForeign(read.asides, remaining(raw, exportN8n(workflow)));
  if (workflow.settings.executionOrder === 'v0') {
    report.notes.push('The file has the old execution order (branches take turns); it is kept.');
  }
  if (read.asides.some((aside) => aside.junk !== undefined)) {
    report.notes.push('Some entries of the list of nodes are no nodes; they are kept in the file only.');
  }
  if (unusable > 0) {
    report.notes.push(`${unusable} connections lead nowhere or repeat; they are kept in the file only.`);
  }
  Object.assign(report.counts, {
    nodes: read.nodes.length,
    notes: read.notes.length,
    edges: edges.length,
    unusableEdges: unusable,
  });
  for (const { status } of report.nodes) report.counts[status]++;
  report.expressions = badExpressions(read.nodes);
  if (options.bindable) addBindings(report, edges, options.bindable);
  return { workflow, report };
}

function keepPins(kept: NodeKeepsake, raw: Json | undefined, items: readonly Item[]): void {
  const isBare = sameJson(raw, writePins(items, true)) && !sameJson(raw, writePins(items, false));
  if (items.length > 0 && isBare) kept.barePins = true;
  kept.pins = diff(raw, writePins(items, kept.barePins), 1);
}

/** What the file has that neither nodes nor notes account for. */
function remaining(raw: JsonObject, canon: JsonObject): Patch[] {
  return diff(raw, canon, 1).flatMap((patch) => {
    const key = patch.at[0];
    const isMap = key === 'settings' || key === 'connections' || key === 'pinData';
    return isMap ? diff(patch.raw, patch.canon, 1, patch.at) : [patch];
  });
}
