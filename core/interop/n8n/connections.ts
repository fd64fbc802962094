import type { Json, JsonObject } from '../../data/item.ts';
import type { Edge, WorkflowNode } from '../../graph/document.ts';
import { MAX_EDGES, MAX_PORT_INDEX } from '../../graph/limits.ts';
import { asObject, numeric, own, put } from './json.ts';
import { fitsName } from './names.ts';

interface ReadConnections {
  edges: Edge[];
  /** Entries that are no usable edge: missing ends, odd ports, repeats. They stay in the file only. */
  unusable: number;
}

/** `idOf` gives the node a name in the file stands for. ai_* edges keep their direction: supplier → root. */
export function readConnections(raw: Json | undefined, idOf: ReadonlyMap<string, string>): ReadConnections {
  const result: ReadConnections = { edges: [], unusable: 0 };
  const seen = new Set<string>();
  for (const [sourceName, ports] of Object.entries(asObject(raw) ?? {})) {
    const source = idOf.get(sourceName);
    for (const [port, outputs] of Object.entries(asObject(ports) ?? {})) {
      if (!Array.isArray(outputs)) continue;
      outputs.forEach((slot, index) => {
        if (!Array.isArray(slot)) return;
        for (const target of slot) {
          const to = readTarget(target, port, idOf);
          const usable = source !== undefined && to && fitsName(port) && index <= MAX_PORT_INDEX;
          const edge = usable ? { from: { node: source, port, index }, to } : undefined;
          const key = edge && JSON.stringify([source, port, index, edge.to.node, edge.to.port, edge.to.index]);
          if (!edge || key === undefined || seen.has(key) || result.edges.length >= MAX_EDGES) result.unusable++;
          else {
            seen.add(key);
            result.edges.push(edge);
          }
        }
      });
    }
  }
  return result;
}

function readTarget(raw: Json, port: string, idOf: ReadonlyMap<string, string>): Edge['to'] | undefined {
  const target = asObject(raw);
  const name = own(target, 'node');
  const node = typeof name === 'string' ? idOf.get(name) : undefined;
  const type = own(target, 'type') ?? port;
  const index = numeric(own(target, 'index') ?? 0);
  if (node === undefined || typeof type !== 'string' || !fitsName(type)) return undefined;
  if (index === undefined || !Number.isInteger(index) || index < 0 || index > MAX_PORT_INDEX) return undefined;
  return { node, port: type, index };
}

/** Connections per source name; gaps between outputs are empty lists. */
export function writeConnections(nodes: readonly WorkflowNode[], edges: readonly Edge[]): JsonObject {
  const nameOf = new Map(nodes.map((node) => [node.id, node.name]));
  const connections: JsonObject = {};
  for (const { from, to } of edges) {
    const [source, target] = [nameOf.get(from.node), nameOf.get(to.node)];
    if (source === undefined || target === undefined) continue;
    const slots = listAt(objectAt(connections, source), from.port);
    while (slots.length <= from.index) slots.push([]);
    (slots[from.index] as Json[]).push({ node: target, type: to.port, index: to.index });
  }
  return connections;
}

function objectAt(parent: JsonObject, key: string): JsonObject {
  const existing = asObject(own(parent, key));
  if (existing) return existing;
  const created: JsonObject = {};
  put(parent, key, created);
  return created;
}

function listAt(parent: JsonObject, key: string): Json[] {
  const existing = own(parent, key);
  if (Array.isArray(existing)) return existing;
  const created: Json[] = [];
  put(parent, key, created);
  return created;
}
