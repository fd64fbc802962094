import type { Edge, WorkflowNode } from '../../core/graph/document.ts';
import type { NodeTypeView } from '../canvas/node-types.ts';
import type { Draft } from './draft/draft.ts';
import { newId } from '../ui/new-id.ts';

/** Where the next step goes: into an edge, behind an output, or behind what is chosen. */
export interface Adding {
  edge?: Edge;
  from?: Edge['from'];
  at?: [number, number];
  /** It follows nothing by itself. */
  isLoose?: boolean;
}

const STEP_RIGHT = 260;
const STEP_DOWN = 80;
const NOTE_BELOW = 140;

/** Adds a step of this type, connected, where nothing lies yet; its id. `chosen` is what it follows otherwise. */
export function placeStep(
  draft: Draft,
  type: NodeTypeView,
  { edge: into, from, at, isLoose = false }: Adding,
  chosen: WorkflowNode | undefined,
): string {
  const { nodes } = draft.current();
  const wanted = into?.from.node ?? from?.node;
  const after = nodes.find(({ id }) => id === wanted) ?? chosen ?? nodes.at(-1);
  const added: WorkflowNode = {
    id: newId(),
    name: type.title,
    type: type.type,
    version: type.version,
    parameters: {},
    position: at ?? (after ? [after.position[0] + STEP_RIGHT, after.position[1]] : [0, 0]),
  };
  while (nodes.some(({ position: [x, y] }) => x === added.position[0] && y === added.position[1])) {
    added.position[1] += STEP_DOWN;
  }
  const isLinked = !isLoose && after !== undefined && type.inputs !== 0;
  const edge = {
    from: from ?? { node: after?.id ?? '', port: 'main', index: 0 },
    to: { node: added.id, port: 'main', index: 0 },
  };
  if (into && type.inputs !== 0 && type.outputs > 0) draft.edits.insert(added, into);
  else draft.edits.add([added], isLinked ? [edge] : []);
  return added.id;
}

/** Adds an empty note at a place, else below what is chosen or the last step; its id. */
export function placeNote(draft: Draft, chosen: WorkflowNode | undefined, at?: [number, number]): string {
  const [x, y] = (chosen ?? draft.current().nodes.at(-1))?.position ?? [0, 0];
  const id = newId();
  draft.edits.putNote({ id, text: '', position: at ?? [x, y + NOTE_BELOW], width: 240, height: 160 });
  return id;
}
