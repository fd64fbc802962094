import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../core/data/item.ts';
import { segmentsOf } from '../../core/expression/segments.ts';
import { exportN8n, importN8n, type ImportReport } from '../../core/interop/n8n/index.ts';
import { N8N_IMPORT } from '../../core/nodes/n8n-types.ts';
import type { WorkflowFile } from './collection.ts';
import { show } from './same.ts';

/** What became of a folder of workflow files. All but the last two are counts. */
interface ImportTally {
  files: number;
  /** Files on which the importer threw. */
  thrown: number;
  /** Nodes without the notes. */
  nodes: number;
  nodesRunnable: number;
  workflowsRunnable: number;
  /** `{{ }}` segments, and those of them that compile. */
  expressions: number;
  parsed: number;
  /** Files that export gives back equal. */
  roundTrip: number;
}

export interface Imports {
  tally: ImportTally;
  /** Everything that did not go as meant, with its place and reason. */
  notes: string[];
}

export const newImports = (): Imports => ({
  tally: {
    files: 0,
    thrown: 0,
    nodes: 0,
    nodesRunnable: 0,
    workflowsRunnable: 0,
    expressions: 0,
    parsed: 0,
    roundTrip: 0,
  },
  notes: [],
});

/** Imports one file, exports it again, compiles its expressions, and adds what became of it. */
export function tallyFile({ tally, notes }: Imports, file: WorkflowFile): void {
  tally.files++;
  try {
    const value = file.read();
    const { workflows, problems } = importN8n(value, N8N_IMPORT);
    for (const { code, message } of problems) notes.push(`${file.id}: ${code}: ${message}`);
    for (const { workflow, report } of workflows) {
      addReport(tally, report);
      for (const { name, parameters } of workflow.nodes) {
        addExpressions({ tally, notes }, parameters, `${file.id} ${show(name)}`);
      }
    }
    if (comesBack(value, workflows)) tally.roundTrip++;
    else notes.push(`${file.id}: it does not come back as it was.`);
  } catch (error) {
    tally.thrown++;
    notes.push(`${file.id}: the importer threw: ${String(error)}`);
  }
}

function addReport(tally: ImportTally, { counts }: ImportReport): void {
  tally.nodes += counts.nodes;
  tally.nodesRunnable += counts.nodes - counts['needs-connector'];
  if (counts.nodes > 0 && counts['needs-connector'] === 0) tally.workflowsRunnable++;
}

function addExpressions({ tally, notes }: Imports, value: Json, at: string): void {
  if (typeof value === 'string') {
    for (const { code, error } of segmentsOf(value)) {
      tally.expressions++;
      if (!error) tally.parsed++;
      else notes.push(`${at}, offset ${error.position}: ${error.message}: ${show(code)}`);
    }
  } else if (Array.isArray(value)) {
    value.forEach((inner, index) => addExpressions({ tally, notes }, inner, `${at}[${index}]`));
  } else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) addExpressions({ tally, notes }, inner, `${at}.${key}`);
  }
}

/** Every workflow of the file comes back as it was written, after it has been stored. */
function comesBack(value: unknown, workflows: ReturnType<typeof importN8n>['workflows']): boolean {
  const files = workflows.map(({ workflow }) => exportN8n(JSON.parse(JSON.stringify(workflow)) as typeof workflow));
  const written = new Set(files);
  const seek = (part: unknown): void => {
    for (const file of written) {
      if (isDeepStrictEqual(part, file)) written.delete(file);
    }
    if (typeof part !== 'object' || part === null || 'nodes' in part) return;
    for (const inner of Object.values(part)) seek(inner);
  };
  seek(typeof value === 'string' ? parsed(value) : value);
  return files.length > 0 && written.size === 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
