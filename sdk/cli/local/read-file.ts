import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Workflow } from '../../../core/graph/document.ts';
import type { Problem } from '../../../core/graph/validate.ts';
import { parseWorkflow } from '../../../core/graph/validate.ts';
import type { ImportReport } from '../../../core/interop/n8n/index.ts';
import { N8N_IMPORT } from '../../../core/nodes/n8n-types.ts';
import { importForeign, type Origin } from '../../../core/interop/foreign.ts';
import { CliFailure } from '../failure.ts';
import type { World } from '../terminal/cli.ts';
import { REGISTRY } from './registry.ts';

/** JSON of a file, or of standard input for `-`. @throws CliFailure `json-invalid`. */
export async function readJson(world: World, file: string): Promise<unknown> {
  const text = file === '-' ? await world.stdin() : await readFile(resolve(world.cwd, file), 'utf8');
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CliFailure('json-invalid', `${file} is not JSON: ${message}`);
  }
}

/** What a file holds: one Millrace document, or n8n workflows of any wrapping. */
export interface FileContent {
  kind: 'millrace' | Origin;
  workflows: { workflow: Workflow; report?: ImportReport }[];
  /** Errors and warnings; with an error of severity `error` there may be fewer workflows than meant. */
  problems: Problem[];
}

const isMillrace = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'schema') && Object.hasOwn(value, 'edges');

/** Reads a document as the server would. */
export function contentOf(value: unknown): FileContent {
  if (isMillrace(value)) {
    const parsed = parseWorkflow(value, { types: REGISTRY });
    if (!parsed.ok) return { kind: 'millrace', workflows: [], problems: parsed.problems };
    return { kind: 'millrace', workflows: [{ workflow: parsed.workflow }], problems: parsed.warnings };
  }
  const { origin, workflows, problems } = importForeign(value, N8N_IMPORT);
  return { kind: origin, workflows, problems };
}

/** One line a problem. */
export function problemText({ path, code, message, hint }: Problem): string {
  return `${path || '/'} ${code}: ${message}${hint === undefined ? '' : ` ${hint}`}`;
}
