import type { Edge, Workflow, WorkflowNode } from '../../core/graph/document.ts';
import { exportN8n, type ExportOptions } from '../../core/interop/n8n/export.ts';
import { curlWorkflow } from '../areas/workflows/curl.ts';
import type { Catalog } from '../canvas/node-types.ts';

export interface Piece {
  nodes: WorkflowNode[];
  edges: Edge[];
}

type Types = NonNullable<ExportOptions['types']>;

const typesOf = (catalog: Catalog): Types =>
  new Map([...catalog.values()].flatMap(({ type, n8n }) => n8n.map((name) => [name, { type, versions: [] }] as const)));

/** What is copied: n8n's clipboard, with ours inside it, so that nothing is lost between our own pages. */
export function copyText(workflow: Workflow, ids: ReadonlySet<string>, catalog: Catalog): string {
  const nodes = workflow.nodes.filter(({ id }) => ids.has(id));
  const edges = workflow.edges.filter(({ from, to }) => ids.has(from.node) && ids.has(to.node));
  const { foreign: _foreign, ...rest } = workflow;
  const part: Workflow = { ...rest, nodes, edges, notes: [], pinned: [] };
  return JSON.stringify({ ...exportN8n(part, { types: typesOf(catalog) }), millrace: { nodes, edges } }, undefined, 2);
}

/** Nodes out of pasted text: ours, n8n's, or a curl command; undefined when it is none of these. */
export async function pieceOf(text: string, catalog: Catalog): Promise<Piece | undefined> {
  const curl = curlWorkflow(text);
  if (curl) return { nodes: curl.nodes.filter(({ type }) => type !== 'manual'), edges: [] };
  if (!text.trimStart().startsWith('{') && !text.trimStart().startsWith('[')) return undefined;
  try {
    const parsed = JSON.parse(text) as { millrace?: Piece };
    const { parseWorkflow } = await import('../../core/graph/validate.ts');
    if (parsed.millrace) {
      const whole = { schema: 1, name: 'clipboard', ...parsed.millrace, settings: {}, notes: [], pinned: [] };
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

/** The piece under new ids, moved aside: what it was copied from may lie right below. */
export function renewed({ nodes, edges }: Piece, offset: number): Piece {
  const ids = new Map(nodes.map(({ id }) => [id, crypto.randomUUID() as string]));
  const idOf = (id: string): string => ids.get(id) ?? id;
  return {
    nodes: nodes.map(({ webhookId: _webhook, ...node }) => ({
      ...node,
      id: idOf(node.id),
      position: [node.position[0] + offset, node.position[1] + offset],
    })),
    edges: edges.map(({ from, to }) => ({
      from: { ...from, node: idOf(from.node) },
      to: { ...to, node: idOf(to.node) },
    })),
  };
}
