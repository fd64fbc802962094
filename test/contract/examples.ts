import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Json, JsonObject } from '../../core/data/item.ts';
import type { NodeType } from '../../core/node/kit.ts';

const FOLDER = resolve(import.meta.dirname, '../../../shared/data/n8n/workflows');
/** Parameters of real files that one node type is tried with, and paths taken from them. */
const MAX_EXAMPLES = 4;
const MAX_PATHS = 60;

interface Example {
  version: number;
  parameters: JsonObject;
}

interface File {
  nodes?: { type?: unknown; typeVersion?: unknown; parameters?: unknown }[];
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of each n8n type, parameters as people wrote them: those with most members. Empty without the data. */
function realParameters(): Map<string, Example[]> {
  const found = new Map<string, Example[]>();
  if (!existsSync(FOLDER)) return found;
  for (const name of readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .sort()) {
    const file = JSON.parse(readFileSync(resolve(FOLDER, name), 'utf8')) as File;
    for (const node of Array.isArray(file.nodes) ? file.nodes : []) {
      if (typeof node.type !== 'string' || !isObject(node.parameters)) continue;
      const list = found.get(node.type) ?? [];
      list.push({ version: Number(node.typeVersion ?? 1), parameters: node.parameters });
      found.set(node.type, list);
    }
  }
  return found;
}

const real = realParameters();
export const hasRealParameters = real.size > 0;

/** Every path inside a value, itself excluded; into the first element of lists. */
function* paths(value: Json, above: readonly string[] = []): Generator<readonly string[]> {
  if (typeof value !== 'object' || value === null || above.length > 5) return;
  for (const key of Array.isArray(value) ? (value.length > 0 ? ['0'] : []) : Object.keys(value)) {
    const path = [...above, key];
    yield path;
    yield* paths((value as JsonObject)[key] as Json, path);
  }
}

interface Trials {
  examples: Example[];
  paths: readonly (readonly string[])[];
}

/** What a node is tried with: its own description, and what real files hold. */
export function trialsOf(type: NodeType): Trials {
  const described: JsonObject = {};
  for (const { name, default: value, options } of type.fields) {
    const keys = name.split('.');
    let at = described;
    for (const key of keys.slice(0, -1)) at = (isObject(at[key]) ? at[key] : (at[key] = {})) as JsonObject;
    at[keys.at(-1) ?? ''] = value ?? options?.[0] ?? 'text';
  }
  const names = [type.n8n, ...(type.n8n?.also ?? [])].flatMap((each) => (each ? [each.type] : []));
  const files = names
    .flatMap((name) => real.get(name) ?? [])
    .toSorted((a, b) => Object.keys(b.parameters).length - Object.keys(a.parameters).length);
  const examples = [{ version: type.version, parameters: described }, ...files.slice(0, MAX_EXAMPLES)];
  const all = new Map<string, readonly string[]>();
  for (const { name } of type.fields) all.set(name, name.split('.'));
  for (const { parameters } of examples) for (const path of paths(parameters)) all.set(path.join('\u0000'), path);
  return { examples, paths: [...all.values()].slice(0, MAX_PATHS) };
}
