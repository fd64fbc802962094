import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Json, JsonObject } from '../../../core/data/item.ts';
import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import type { Server } from '../server.ts';

const FOLDER = path.resolve('..', 'shared', 'data', 'n8n', 'workflows');

/** Why these tests cannot run, or undefined. */
export const missing = existsSync(FOLDER) ? undefined : `${FOLDER} is not there: no real workflows to import`;

export interface Imported {
  id: string;
  report: { counts: Record<string, number>; nodes: { name: string; status: string; reason?: string }[] };
}

/** Imports a file people share as it is, but for the services it calls: their origins become stand-ins. */
export async function importReal(
  server: Server,
  file: string,
  origins: Record<string, string> = {},
): Promise<Imported> {
  let text = readFileSync(path.join(FOLDER, `${file}.json`), 'utf8');
  for (const [from, to] of Object.entries(origins)) {
    if (!text.includes(from)) throw new Error(`${file} does not call ${from}`);
    text = text.replaceAll(from, to);
  }
  return (await server.ok('POST', '/v1/workflows/import', JSON.parse(text))) as unknown as Imported;
}

/** Edits a workflow as a person would in the editor. */
export async function edit(
  server: Server,
  id: string,
  change: (node: WorkflowNode) => void,
  settings: Workflow['settings'] = {},
): Promise<void> {
  const found = await server.ok('GET', `/v1/workflows/${id}`);
  const document = found['document'] as unknown as Workflow;
  for (const node of document.nodes) change(node);
  Object.assign(document.settings, settings);
  await server.ok('PUT', `/v1/workflows/${id}`, document);
}

/** Publishes and gives the address of its only webhook. */
export async function publish(server: Server, id: string): Promise<string> {
  const published = await server.ok('POST', `/v1/workflows/${id}/publish`);
  return (published['hooks'] as { url: string }[])[0]?.url ?? '';
}

/** Sets a value deep in a node's parameters. */
export function put(parameters: JsonObject, keys: string[], value: Json): void {
  const last = keys.pop() ?? '';
  let at = parameters;
  for (const key of keys) at = at[key] as JsonObject;
  at[last] = value;
}
