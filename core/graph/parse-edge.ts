import { isHexColor } from './color.ts';
import type { Edge, Note } from './document.ts';
import { Fields, present } from './fields.ts';
import { MAX_PORT_INDEX } from './limits.ts';
import type { ProblemList } from './problem.ts';

const EDGE_MEMBERS: ReadonlySet<string> = new Set(['from', 'to']);
const END_MEMBERS: ReadonlySet<string> = new Set(['node', 'port', 'index']);
const NOTE_MEMBERS: ReadonlySet<string> = new Set(['id', 'text', 'position', 'width', 'height', 'color', 'group']);
const MAX_NOTE_LENGTH = 1_000_000;
const MAX_NOTE_SIZE = 1e6;

/** Shape only; whether the ends exist is `checkEdges`' business. */
export function parseEdge(value: unknown, path: string, problems: ProblemList): Edge | undefined {
  const fields = Fields.of(value, path, problems, EDGE_MEMBERS);
  if (!fields) return undefined;
  const from = parseEnd(fields.raw('from'), `${path}/from`, problems);
  const to = parseEnd(fields.raw('to'), `${path}/to`, problems);
  return from && to ? { from, to } : undefined;
}

function parseEnd(value: unknown, path: string, problems: ProblemList): Edge['from'] | undefined {
  const fields = Fields.of(value, path, problems, END_MEMBERS);
  if (!fields) return undefined;
  const node = fields.name('node', 'The node id of the edge');
  const port = fields.name('port', 'The port of the edge');
  const index = fields.number('index', { min: 0, max: MAX_PORT_INDEX, integer: true });
  if (fields.raw('index') === undefined) fields.required('index', 'The port index is missing.');
  return node === undefined || port === undefined || index === undefined ? undefined : { node, port, index };
}

export function parseNote(value: unknown, path: string, problems: ProblemList): Note | undefined {
  const fields = Fields.of(value, path, problems, NOTE_MEMBERS);
  if (!fields) return undefined;
  const id = fields.name('id', 'The note id');
  const text = fields.text('text', MAX_NOTE_LENGTH);
  if (fields.raw('text') === undefined) fields.required('text', 'The text is missing.');
  const position = fields.position('position');
  const color = fields.raw('color');
  const optional = present({
    width: fields.number('width', { min: 0, max: MAX_NOTE_SIZE }),
    height: fields.number('height', { min: 0, max: MAX_NOTE_SIZE }),
    color: isHexColor(color) ? color : fields.number('color', { min: 0, max: 1_000, integer: true }),
    group: fields.text('group'),
  });
  return id === undefined || text === undefined || !position ? undefined : { id, text, position, ...optional };
}

/** Every edge must lead between nodes that exist, once. `broken` are ids of nodes already reported. */
export function checkEdges(
  edges: readonly (Edge | undefined)[],
  nodes: { byId: ReadonlyMap<string, number>; broken: ReadonlySet<string> },
  problems: ProblemList,
): void {
  const seen = new Set<string>();
  edges.forEach((edge, index) => {
    if (!edge) return;
    for (const side of ['from', 'to'] as const) {
      const { node } = edge[side];
      if (nodes.byId.has(node) || nodes.broken.has(node)) continue;
      const message = `The edge ${side === 'from' ? 'starts' : 'ends'} at a node that does not exist.`;
      problems.error(`/edges/${index}/${side}/node`, 'missing-node', message, 'Remove the edge or add the node.');
    }
    const { from, to } = edge;
    const [source, target] = [nodes.byId.get(from.node), nodes.byId.get(to.node)];
    if (source === undefined || target === undefined) return;
    // The length tells where one port's text ends and the other's starts.
    const key = `${source} ${from.index} ${target} ${to.index} ${from.port.length} ${from.port}${to.port}`;
    if (seen.has(key)) problems.error(`/edges/${index}`, 'duplicate-edge', 'The same edge is listed before.');
    seen.add(key);
  });
}
