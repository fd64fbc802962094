import type { Edge, Group, Note, Workflow, WorkflowNode } from '../../core/graph/document.ts';
import { isAmong, within } from '../../core/graph/group.ts';
import { exportN8n, type ExportOptions } from '../../core/interop/n8n/export.ts';
import type { Client } from '../../sdk/client/index.ts';
import { curlWorkflow } from '../areas/workflows/curl.ts';
import { keepSecret, type SecretTold } from '../areas/workflows/curl-kept.ts';
import type { Catalog } from '../canvas/node-types.ts';
import { newId } from '../ui/new-id.ts';

export interface Piece {
  nodes: WorkflowNode[];
  edges: Edge[];
  notes?: Note[];
  groups?: Group[];
  /** Of a curl command. */
  secret?: SecretTold;
}

type Drawn = Required<Omit<Piece, 'secret'>>;
type Types = NonNullable<ExportOptions['types']>;

const typesOf = (catalog: Catalog): Types =>
  new Map([...catalog.values()].flatMap(({ type, n8n }) => n8n.map((name) => [name, { type, versions: [] }] as const)));

/** What is chosen, with the edges among it. A group comes along when it was chosen itself, or with it all that is in it. */
export function pieceFrom(workflow: Workflow, chosen: ReadonlySet<string>): Drawn {
  const isChosen = (member: WorkflowNode | Note): boolean => isAmong(member, chosen);
  const picked = { nodes: workflow.nodes.filter(isChosen), notes: workflow.notes.filter(isChosen) };
  const left = new Set(
    [...workflow.nodes, ...workflow.notes].filter((each) => !isChosen(each)).map(({ group }) => group),
  );
  const used = new Set([...picked.nodes, ...picked.notes].map(({ group }) => group));
  const groups = (workflow.groups ?? []).filter(({ id }) => chosen.has(id) || (used.has(id) && !left.has(id)));
  const kept = new Set(groups.map(({ id }) => id));
  const nodes = picked.nodes.map((node) => within(node, kept));
  const notes = picked.notes.map((note) => within(note, kept));
  const ids = new Set(nodes.map(({ id }) => id));
  const edges = workflow.edges.filter(({ from, to }) => ids.has(from.node) && ids.has(to.node));
  return { nodes, edges, notes, groups };
}

/** What is copied: n8n's clipboard, with ours inside it, so that nothing is lost between our own pages. */
export function copyText(workflow: Workflow, chosen: ReadonlySet<string>, catalog: Catalog): string {
  const millrace = pieceFrom(workflow, chosen);
  const { foreign: _foreign, ...rest } = workflow;
  const part: Workflow = { ...rest, ...millrace, pinned: [] };
  return JSON.stringify({ ...exportN8n(part, { types: typesOf(catalog) }), millrace }, undefined, 2);
}

/** Nodes out of pasted text: ours, n8n's, or a curl command; undefined when it is none of these. */
export async function pieceOf(text: string, catalog: Catalog, client: Client): Promise<Piece | undefined> {
  const curl = curlWorkflow(text);
  if (curl) {
    const { document, told } = await keepSecret(client, curl);
    const nodes = document.nodes.filter(({ type }) => type !== 'manual');
    return { nodes, edges: [], ...(told && { secret: told }) };
  }
  if (!text.trimStart().startsWith('{') && !text.trimStart().startsWith('[')) return undefined;
  try {
    const parsed = JSON.parse(text) as { millrace?: Piece };
    const { parseWorkflow } = await import('../../core/graph/validate.ts');
    if (parsed.millrace?.nodes) {
      const whole = { schema: 1, name: 'clipboard', notes: [], ...parsed.millrace, settings: {}, pinned: [] };
      const checked = parseWorkflow(whole);
      return checked.ok ? checked.workflow : undefined;
    }
    // the importer is large and pasting is rare
    const { importN8n } = await import('../../core/interop/n8n/import.ts');
    return importN8n(parsed, { types: typesOf(catalog) }).workflows[0]?.workflow;
  } catch {
    return undefined;
  }
}

/** The piece under new ids, moved aside: what it was copied from may lie right below. Or with its upper left at `at`. */
export function renewed(
  { nodes, edges, notes = [], groups = [] }: Piece,
  aside: number,
  at?: readonly [number, number],
): Drawn {
  const places = [...nodes, ...notes].map(({ position }) => position);
  const [x, y] = [0, 1].map((axis) =>
    at ? (at[axis] ?? 0) - Math.min(...places.map((place) => place[axis] ?? 0)) : aside,
  ) as [number, number];
  const ids = new Map([...nodes, ...notes, ...groups].map(({ id }) => [id, newId()]));
  const idOf = (id: string): string => ids.get(id) ?? id;
  const moved = <T extends { id: string; position: [number, number]; group?: string }>(each: T): T => ({
    ...each,
    id: idOf(each.id),
    position: [each.position[0] + x, each.position[1] + y],
    ...(each.group === undefined ? {} : { group: idOf(each.group) }),
  });
  return {
    nodes: nodes.map(({ webhookId: _webhook, ...node }) => moved(node)),
    edges: edges.map(({ from, to }) => ({
      from: { ...from, node: idOf(from.node) },
      to: { ...to, node: idOf(to.node) },
    })),
    notes: notes.map(moved),
    groups: groups.map((group) => ({ ...group, id: idOf(group.id) })),
  };
}
