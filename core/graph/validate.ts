import type { Edge, Group, Note, Workflow, WorkflowNode } from './document.ts';
import { Fields, present } from './fields.ts';
import { FOREIGN_LIMITS, MAX_EDGES, MAX_GROUPS, MAX_NODES, MAX_NOTES } from './limits.ts';
import { checkEdges, parseEdge, parseNote } from './parse-edge.ts';
import { checkMembers, checkNames, parseGroup } from './parse-group.ts';
import { idOf, parseNode } from './parse-node.ts';
import { parsePin } from './parse-pinned.ts';
import { parseSettings } from './parse-settings.ts';
import { type Problem, ProblemList, quote } from './problem.ts';
import { checkTopology, type TopologyOptions } from './topology.ts';

export type { Problem } from './problem.ts';
type ParseOptions = Partial<TopologyOptions>;

type ParsedWorkflow = { ok: true; workflow: Workflow; warnings: Problem[] } | { ok: false; problems: Problem[] };

const WORKFLOW_MEMBERS: ReadonlySet<string> = new Set([
  'schema', 'name', 'nodes', 'edges', 'settings', 'notes', 'groups', 'pinned', 'foreign',
]); // prettier-ignore

/**
 * Checks a document from outside and returns a clean copy of it (open JSON inside it is shared, not copied).
 * Lists every fault with a JSON pointer, warnings included; see SPEC.md for the rules. Never throws for any JSON.
 * Without `options.types` nothing is said about types, ports, triggers and reachability.
 */
export function parseWorkflow(input: unknown, options: ParseOptions = {}): ParsedWorkflow {
  const problems = new ProblemList();
  const workflow = readDocument(input, problems);
  const { types } = options;
  if (workflow && types && !problems.failed) checkTopology(workflow, { ...options, types }, problems);
  const warnings = problems.listWarnings();
  if (!workflow || problems.failed) return { ok: false, problems: [...problems.listErrors(), ...warnings] };
  return { ok: true, workflow, warnings };
}

function readDocument(input: unknown, problems: ProblemList): Workflow | undefined {
  const fields = Fields.of(input, '', problems, WORKFLOW_MEMBERS);
  if (!fields) return undefined;
  if (fields.raw('schema') !== 1) {
    fields.error(
      'schema',
      'unknown-schema',
      'Expected schema 1.',
      'Migrate the document, or import it if it is foreign.',
    );
  }
  const name = fields.name('name', 'The workflow name');
  const nodes = readList(fields, 'nodes', MAX_NODES, (value, path) => parseNode(value, path, problems));
  const edges = readList(fields, 'edges', MAX_EDGES, (value, path) => parseEdge(value, path, problems));
  const notes = readList(fields, 'notes', MAX_NOTES, (value, path) => parseNote(value, path, problems));
  const pinned = readList(fields, 'pinned', MAX_NODES, (value, path) => parsePin(value, path, problems));
  const hasGroups = fields.raw('groups') !== undefined;
  const groups = hasGroups
    ? readList(fields, 'groups', MAX_GROUPS, (value, path) => parseGroup(value, path, problems))
    : [];
  const settings = parseSettings(fields.raw('settings'), '/settings', problems);
  const foreign = fields.json('foreign', FOREIGN_LIMITS);
  if (name === undefined || !nodes || !edges || !notes || !groups || !pinned) return undefined;

  const byId = uniqueBy(nodes, 'nodes', 'id', problems);
  uniqueBy(nodes, 'nodes', 'name', problems);
  const notesById = uniqueBy(notes, 'notes', 'id', problems);
  const groupIds = new Set(uniqueBy(groups, 'groups', 'id', problems).keys());
  checkNames('notes', notes, byId, problems);
  for (const drawn of [byId, notesById]) checkNames('groups', groups, drawn, problems);
  for (const [list, members] of Object.entries({ nodes, notes })) checkMembers(list, members, groupIds, problems);
  const broken = new Set(
    (fields.raw('nodes') as unknown[]).flatMap((value, at) => (nodes[at] ? [] : (idOf(value) ?? []))),
  );
  checkEdges(edges, { byId, broken }, problems);
  const pins = new Set<string>();
  pinned.forEach((pin, index) => {
    if (!pin) return;
    const path = `/pinned/${index}/node`;
    if (pins.has(pin.node)) problems.error(path, 'duplicate-pin', 'The same node is pinned before.');
    else if (!byId.has(pin.node) && !broken.has(pin.node)) {
      problems.error(path, 'missing-node', 'Data is pinned to a node that does not exist.', 'Remove it.');
    }
    pins.add(pin.node);
  });
  return {
    schema: 1,
    name,
    nodes: nodes.filter((node): node is WorkflowNode => node !== undefined),
    edges: edges.filter((edge): edge is Edge => edge !== undefined),
    settings,
    notes: notes.filter((note): note is Note => note !== undefined),
    ...(hasGroups ? { groups: groups.filter((group): group is Group => group !== undefined) } : {}),
    pinned: pinned.filter((pin): pin is Workflow['pinned'][number] => pin !== undefined),
    ...present({ foreign }),
  };
}

type Read<T> = (value: unknown, path: string) => T | undefined;

/** Entries keep their places (bad ones are undefined), so that later checks can still point at them. */
function readList<T>(fields: Fields, key: string, max: number, read: Read<T>): (T | undefined)[] | undefined {
  if (fields.raw(key) === undefined) return fields.required(key, `The list of ${key} is missing.`);
  // Array.from: holes are visited too, and reported
  const list = fields.list(key, max);
  return list && Array.from(list, (value, index) => read(value, `/${key}/${index}`));
}

function uniqueBy<K extends 'id' | 'name', T extends { [P in K]: string }>(
  entries: readonly (T | undefined)[],
  list: string,
  key: K,
  problems: ProblemList,
): Map<string, number> {
  const first = new Map<string, number>();
  entries.forEach((entry, index) => {
    if (!entry) return;
    const before = first.get(entry[key]);
    if (before === undefined) first.set(entry[key], index);
    else {
      const message = `${quote(entry[key])} is the ${key} of /${list}/${before} already.`;
      problems.error(`/${list}/${index}/${key}`, `duplicate-${key}`, message, `Every ${key} must be unique.`);
    }
  });
  return first;
}
