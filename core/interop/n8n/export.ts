import type { Json, JsonObject } from '../../data/item.ts';
import type { Workflow, WorkflowNode } from '../../graph/document.ts';
import { writeConnections } from './connections.ts';
import { writeGroups } from './groups.ts';
import { asObject, own, put } from './json.ts';
import { asidesOf, type NodeKeepsake, nodeKeepsake } from './keep.ts';
import { Names } from './names.ts';
import { FIELD_GROUPS, writeFields } from './node-fields.ts';
import { keepsake, patchesOf, restore } from './patch.ts';
import { writePins } from './pins.ts';
import type { TypeMapping } from './report.ts';
import { writeSettings } from './settings.ts';
import { writeSticky } from './sticky.ts';

export interface ExportOptions {
  /** The importer's table, n8n type → ours; read backwards for nodes that never came from n8n. */
  types?: ReadonlyMap<string, TypeMapping>;
}

/**
 * The workflow as an n8n file. One that was imported and not edited comes back equal to its file; of an edited one
 * everything the edits did not touch does. See SPEC.md for what n8n has no place for.
 */
export function exportN8n(workflow: Workflow, options: ExportOptions = {}): JsonObject {
  const theirs = new Map<string, string>();
  for (const [raw, { type }] of options.types ?? []) if (!theirs.has(type)) theirs.set(type, raw);
  const kept = keepsakesOf(workflow);
  const file: JsonObject = {
    name: workflow.name,
    nodes: writeNodes(workflow, (node) => writeNode(node, kept.get(node.id), theirs)),
    connections: connectionsOf(workflow, kept),
    settings: writeSettings(workflow.settings),
  };
  const pins = pinsOf(workflow, kept);
  if (Object.keys(pins).length > 0) file.pinData = pins;
  Object.assign(file, writeGroups(workflow));
  const patches = patchesOf(own(keepsake(workflow.foreign), 'patches'));
  return asObject(restore(file, patches)) ?? file;
}

/** A name that was mended comes back only on a node nothing refers to: references need the mended one. */
function keepsakesOf(workflow: Workflow): Map<string, NodeKeepsake> {
  const referred = new Set([
    ...workflow.edges.flatMap(({ from, to }) => [from.node, to.node]),
    ...workflow.pinned.map((pin) => pin.node),
  ]);
  return new Map(
    workflow.nodes.map((node) => {
      const kept = nodeKeepsake(node);
      if (referred.has(node.id)) kept.fields = kept.fields.filter((patch) => patch.at[0] !== 'name');
      return [node.id, kept];
    }),
  );
}

export function writeNode(
  node: WorkflowNode,
  kept: NodeKeepsake | undefined,
  theirs: ReadonlyMap<string, string>,
): JsonObject {
  const type = kept?.type?.ours === node.type ? kept.type.raw : (theirs.get(node.type) ?? node.type);
  const { parameters, ...rest } = writeFields(node);
  const raw: JsonObject = { parameters: parameters ?? {}, id: node.id, name: node.name, type, ...rest };
  return asObject(restore(raw, kept?.fields ?? [], FIELD_GROUPS)) ?? raw;
}

/** Nodes with notes and junk back in their places. */
function writeNodes(workflow: Workflow, write: (node: WorkflowNode) => JsonObject): Json[] {
  const notes = new Map(workflow.notes.map((note) => [note.id, note]));
  const names = new Names();
  for (const node of workflow.nodes) names.take(node.name);
  const list: Json[] = [];
  let next = 0;
  const nodesBefore = (end: number): void => {
    for (let node = workflow.nodes[next]; node && list.length < end; node = workflow.nodes[next]) {
      list.push(write(node));
      next++;
    }
  };
  for (const aside of asidesOf(workflow.foreign).sort((a, b) => a.at - b.at)) {
    const note = aside.note === undefined ? undefined : notes.get(aside.note);
    nodesBefore(aside.at);
    if (note) {
      notes.delete(note.id);
      if (aside.name !== undefined) names.take(aside.name);
      const raw = writeSticky(note, aside.name ?? names.unique('Sticky Note'));
      list.push(restore(raw, aside.patches) ?? raw);
    } else if (aside.junk !== undefined) {
      list.push(aside.junk);
    }
  }
  nodesBefore(Infinity);
  for (const note of notes.values()) list.push(writeSticky(note, names.unique('Sticky Note')));
  return list;
}

function connectionsOf(workflow: Workflow, kept: ReadonlyMap<string, NodeKeepsake>): JsonObject {
  const connections = writeConnections(workflow.nodes, workflow.edges);
  for (const node of workflow.nodes) {
    const patches = kept.get(node.id)?.connections ?? [];
    if (patches.length === 0) continue;
    const restored = restore(own(connections, node.name), patches);
    if (restored !== undefined) put(connections, node.name, restored);
  }
  return connections;
}

function pinsOf(workflow: Workflow, kept: ReadonlyMap<string, NodeKeepsake>): JsonObject {
  const nameOf = new Map(workflow.nodes.map((node) => [node.id, node.name]));
  const pins: JsonObject = {};
  for (const { node, items } of workflow.pinned) {
    const name = nameOf.get(node);
    if (name === undefined) continue;
    const written = writePins(items, kept.get(node)?.barePins ?? false);
    put(pins, name, restore(written, kept.get(node)?.pins ?? []) ?? written);
  }
  return pins;
}
