// Reads a folder of cases by what the files hold, not by what they are called: acceptance brings other files.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { JsonObject } from '../../core/data/item.ts';

/** A workflow with the items some of its nodes must give. */
export interface NodeCase {
  id: string;
  workflow: JsonObject;
  expected: Record<string, unknown>;
  trigger?: { mode?: string; input?: JsonObject } | null;
  assertBinaryData?: boolean;
  /** Also compare which input items the items come from. */
  comparesLineage?: boolean;
}

/** A workflow with the order in which its nodes must run. */
export interface OrderCase {
  id: string;
  description: string;
  executionOrder?: 'v0' | 'v1';
  input: { workflowData: JsonObject };
  output: { nodeExecutionOrder?: string[]; testAllOutputs?: boolean; nodeData: Record<string, unknown[]> };
}

/** One recorded assertion about an expression, or about a filter. */
export interface Assertion {
  id: string;
  name?: string;
  expression?: string;
  input?: unknown;
  output?: unknown;
  matcher?: string;
  expected?: unknown;
}

export interface WorkflowFile {
  id: string;
  /** Files are read when their turn comes: there may be thousands. */
  read(): unknown;
}

export interface Collection {
  conformance: NodeCase[];
  orders: OrderCase[];
  errors: NodeCase[];
  expressions: Assertion[];
  filter: Assertion[];
  workflows: WorkflowFile[];
}

export const DATA = path.resolve(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'n8n');

/** Why tests on the data are skipped, or undefined when it is there. */
export const absent = (folder = ''): string | undefined =>
  existsSync(path.join(DATA, folder))
    ? undefined
    : `../shared/data/n8n/${folder} is not there: nothing to compare with`;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const empty = (): Collection => ({
  conformance: [],
  orders: [],
  errors: [],
  expressions: [],
  filter: [],
  workflows: [],
});

/** Every case under a folder, or in a file. Nothing is thrown for what is no case: it counts as a workflow file. */
export function readCollection(dir: string): Collection {
  const found = empty();
  if (!existsSync(dir)) return found;
  const isFile = statSync(dir).isFile();
  const names = isFile ? [path.basename(dir)] : (readdirSync(dir, { recursive: true }) as string[]).sort();
  const root = isFile ? path.dirname(dir) : dir;
  for (const name of names) {
    if (!/\.(json|jsonl|ndjson)$/i.test(name)) continue;
    const file = path.join(root, name);
    if (!statSync(file).isFile()) continue;
    const folders = path.join(path.basename(path.resolve(root)), path.dirname(name)).split(path.sep);
    addFile(found, { file, id: name.replace(/\.[^.]+$/, '').replaceAll(path.sep, '/'), folders });
  }
  return found;
}

function addFile(found: Collection, { file, id, folders }: { file: string; id: string; folders: string[] }): void {
  if (folders.includes('workflows')) {
    found.workflows.push({ id, read: () => parsed(readFileSync(file, 'utf8')) });
    return;
  }
  const text = readFileSync(file, 'utf8');
  if (/\.(jsonl|ndjson)$/i.test(file)) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    lines.forEach((line, index) => addValue(found, parsed(line), { id: `${id}/${index}`, folders }));
    return;
  }
  addValue(found, parsed(text), { id, folders });
}

/** The value, or the text itself when it is no JSON: the importer has to cope with that as well. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const KINDS = ['conformance', 'engine', 'expressions', 'filter', 'workflows'];

function addValue(found: Collection, value: unknown, at: { id: string; folders: string[] }): void {
  const asWorkflow = (): void => void found.workflows.push({ id: at.id, read: () => value });
  if (Array.isArray(value)) {
    const isCases = value.some((entry) => kindOf(entry, at.folders) !== undefined);
    // A list of workflows is one file: exports may be lists.
    if (!isCases && value.length > 0) return asWorkflow();
    value.forEach((entry, index) => addValue(found, entry, { ...at, id: `${at.id}/${index}` }));
    return;
  }
  if (!isObject(value)) return asWorkflow();
  const kind = kindOf(value, at.folders);
  if (kind === undefined) {
    const nested = Object.keys(value).filter((key) => KINDS.includes(key) && typeof value[key] === 'object');
    if (nested.length === 0 || 'nodes' in value) return asWorkflow();
    for (const key of nested) addMembers(found, value[key], key);
    return;
  }
  const id = typeof value.id === 'string' ? value.id : at.id;
  // SAFETY: `kindOf` looked at the members that each kind needs; the rest is optional.
  const one = { ...value, id } as unknown;
  if (kind === 'order') found.orders.push(one as OrderCase);
  else if (kind === 'errors') {
    found.errors.push({ ...(one as NodeCase), comparesLineage: !id.includes('error_outputs') });
  } else if (kind === 'node') found.conformance.push(one as NodeCase);
  else if (kind === 'expression') found.expressions.push(one as Assertion);
  else found.filter.push(one as Assertion);
}

/** One file that holds a whole collection: `{conformance: [case] or {name: case}, …}`. */
function addMembers(found: Collection, members: unknown, folder: string): void {
  const entries = Object.entries(members as JsonObject);
  for (const [key, value] of entries) {
    if (folder === 'workflows') found.workflows.push({ id: key, read: () => value });
    else addValue(found, value, { id: `${folder}/${key}`, folders: [folder] });
  }
}

/** What recorded assertions about filters say they called. */
const FILTER_CALLS = ['executeFilter', 'validateFieldType'];

type Kind = 'order' | 'errors' | 'node' | 'expression' | 'filter';

function kindOf(value: unknown, folders: readonly string[]): Kind | undefined {
  if (!isObject(value)) return undefined;
  const { expression } = value;
  if (typeof expression === 'string') {
    return folders.includes('filter') || FILTER_CALLS.includes(expression) ? 'filter' : 'expression';
  }
  if (isObject(value.input) && isObject(value.input.workflowData) && isObject(value.output)) return 'order';
  if (isObject(value.workflow) && isObject(value.expected)) return folders.includes('engine') ? 'errors' : 'node';
  if ('input' in value && 'expected' in value && !('nodes' in value)) return 'filter';
  return undefined;
}
