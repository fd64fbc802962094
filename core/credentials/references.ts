import type { Json, JsonObject } from '../data/item.ts';
import { canonical } from '../data/canonical.ts';
import type { Workflow, WorkflowNode } from '../graph/document.ts';
import { credentialName } from './kit.ts';

const ID = /cred_[0-9a-z]{16}/g;
/** Workflows in parameters of workflows in parameters …: nobody writes more. */
const MAX_DEPTH = 8;

/**
 * Ids of credentials anywhere in a part of a document, in keys and texts alike, and in workflows that stand as JSON text
 * in a parameter. A run opens credentials by ids that stand in its document, so what is not found here is not opened.
 */
export function credentialIdsIn(part: Json | undefined): Set<string> {
  const found = new Set<string>();
  // not by recursion: text may be JSON nested deeper than any call stack
  const open: { value: Json | undefined; depth: number }[] = [{ value: part, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value === 'string') {
      for (const [id] of value.matchAll(ID)) found.add(id);
      if (depth < MAX_DEPTH && /^\s*[{[]/.test(value)) open.push({ value: parsed(value), depth: depth + 1 });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        for (const [id] of key.matchAll(ID)) found.add(id);
        open.push({ value: inner, depth });
      }
    }
  }
  return found;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** What of a node counts: not where it stands in the picture. */
const essence = (node: WorkflowNode): string =>
  canonical({ ...node, position: null, notes: null, group: null } as unknown as Json);

/** Credentials that an edit brings in, or whose nodes it changes: by id, the names of those nodes. */
export function touchedCredentials(before: Workflow | undefined, after: Workflow): Map<string, string[]> {
  const known = new Set((before?.nodes ?? []).map(essence));
  const touched = new Map<string, string[]>();
  for (const node of after.nodes) {
    if (known.has(essence(node))) continue;
    for (const id of credentialIdsIn(node as unknown as Json)) touched.set(id, [...(touched.get(id) ?? []), node.name]);
  }
  const besides = (workflow: Workflow | undefined): Json => ({ ...workflow, nodes: null }) as unknown as Json;
  if (canonical(besides(after)) !== canonical(besides(before))) {
    for (const id of credentialIdsIn(besides(after))) touched.set(id, touched.get(id) ?? []);
  }
  return touched;
}

/** A credential as an importer may choose it. */
export interface Choice {
  id: string;
  type: string;
  name: string;
}

/** What became of one reference of an imported file. */
export interface BoundReference {
  node: string;
  type: string;
  name: string;
  /** Id of the credential it names now; null: none fits, or several do. */
  credential: string | null;
}

/**
 * Points an imported file's references at credentials that its importer may use: by id, else by a name only one of the
 * type has. Others lose their id: a file from a stranger must not reach what its importer may not.
 */
export function bindReferences(
  workflow: Workflow,
  usable: readonly Choice[],
): { workflow: Workflow; bound: BoundReference[] } {
  const bound: BoundReference[] = [];
  const bind = (node: string, credentials: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(credentials).map(([type, ref]) => {
        const { id, name } = credentialName(ref);
        const ofType = usable.filter((one) => one.type === type);
        const named = ofType.filter((one) => one.name === name);
        const choice = ofType.find((one) => one.id === id) ?? (named.length === 1 ? named[0] : undefined);
        bound.push({ node, type, name: choice?.name ?? name ?? '', credential: choice?.id ?? null });
        if (choice) return [type, { id: choice.id, name: choice.name }];
        // A foreign id says nothing here and stays, so that an export equals its file; one of ours goes.
        return [type, id !== undefined && /^cred_[0-9a-z]{16}$/.test(id) ? { name: name ?? '' } : (ref as Json)];
      }),
    );
  const nodes = workflow.nodes.map((node) => ({
    ...node,
    ...(node.credentials ? { credentials: bind(node.name, node.credentials) } : {}),
  }));
  return { workflow: { ...workflow, nodes }, bound };
}
