import type { Json, JsonObject } from '../../data/item.ts';
import type { WorkflowNode } from '../../graph/document.ts';
import { asObject, own } from './json.ts';
import { keepsake, type Patch, patchesOf, patchesToJson } from './patch.ts';

/** What a node keeps of its file, under `foreign.n8n`. */
export interface NodeKeepsake {
  /** The file's type and the one of ours it became: valid while the node is still of that one. */
  type?: { raw: string; ours: string };
  fields: Patch[];
  /** Against this node's entry of `connections`. */
  connections: Patch[];
  /** Pinned items had no json wrapper. */
  barePins: boolean;
  pins: Patch[];
}

/** An entry of the file's `nodes` that is no node here: a sticky note, or junk. */
export interface Aside {
  /** Index in the file. */
  at: number;
  /** Id of the note it became. */
  note?: string;
  name?: string;
  patches: Patch[];
  junk?: Json;
}

export function nodeForeign(kept: NodeKeepsake): JsonObject | undefined {
  const n8n: JsonObject = {};
  if (kept.type) n8n.type = { ...kept.type };
  if (kept.fields.length > 0) n8n.fields = patchesToJson(kept.fields);
  if (kept.connections.length > 0) n8n.connections = patchesToJson(kept.connections);
  if (kept.barePins) n8n.barePins = true;
  if (kept.pins.length > 0) n8n.pins = patchesToJson(kept.pins);
  return Object.keys(n8n).length > 0 ? { n8n } : undefined;
}

export function nodeKeepsake(node: WorkflowNode): NodeKeepsake {
  const n8n = keepsake(node.foreign);
  const type = asObject(own(n8n, 'type'));
  const [raw, ours] = [own(type, 'raw'), own(type, 'ours')];
  return {
    ...(typeof raw === 'string' && typeof ours === 'string' ? { type: { raw, ours } } : {}),
    fields: patchesOf(own(n8n, 'fields')),
    connections: patchesOf(own(n8n, 'connections')),
    barePins: own(n8n, 'barePins') === true,
    pins: patchesOf(own(n8n, 'pins')),
  };
}

export function workflowForeign(asides: readonly Aside[], patches: readonly Patch[]): JsonObject {
  const list = asides.map((aside): JsonObject => {
    const { patches: own_, ...rest } = aside;
    return own_.length > 0 ? { ...rest, patches: patchesToJson(own_) } : { ...rest };
  });
  return {
    n8n: {
      ...(list.length > 0 ? { asides: list } : {}),
      ...(patches.length > 0 ? { patches: patchesToJson(patches) } : {}),
    },
  };
}

export function asidesOf(foreign: JsonObject | undefined): Aside[] {
  const list = own(keepsake(foreign), 'asides');
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry): Aside[] => {
    const object = asObject(entry);
    const [at, note, name, junk] = ['at', 'note', 'name', 'junk'].map((key) => own(object, key));
    if (typeof at !== 'number' || !Number.isInteger(at) || at < 0) return [];
    return [
      {
        at,
        ...(typeof note === 'string' ? { note } : {}),
        ...(typeof name === 'string' ? { name } : {}),
        ...(junk === undefined ? {} : { junk }),
        patches: patchesOf(own(object, 'patches')),
      },
    ];
  });
}
