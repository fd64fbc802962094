import type { Workflow } from '../../../core/graph/document.ts';
import type { Problem as Diagnosis } from '../../../core/graph/problem.ts';
import { parseWorkflow } from '../../../core/graph/validate.ts';
import { problemsOf } from '../../kit/problem.ts';
import { errors } from './contract.ts';
import { NODE_TYPES } from './node-types.ts';

/** D1 keeps 2 MB a row; the rest is for the other columns. */
const MAX_DOCUMENT_BYTES = 1_900_000;

const problem = problemsOf(errors);

export const diagnose = (input: unknown) => parseWorkflow(input, { types: NODE_TYPES });

/** The document if it can be stored; otherwise a Problem with everything that is wrong, each with its place. */
export function documentFrom(input: unknown): { workflow: Workflow; text: string; warnings: Diagnosis[] } {
  const parsed = diagnose(input);
  if (!parsed.ok) throw invalid(parsed.problems);
  return { workflow: parsed.workflow, text: documentText(parsed.workflow), warnings: parsed.warnings };
}

export function documentText(workflow: Workflow): string {
  const text = JSON.stringify(workflow);
  const sizeBytes = new TextEncoder().encode(text).byteLength;
  if (sizeBytes <= MAX_DOCUMENT_BYTES) return text;
  throw problem('document-too-large', {
    detail: `It has ${sizeBytes} bytes as JSON; ${MAX_DOCUMENT_BYTES} are possible.`,
    hint: 'Move pinned data or long texts out of the workflow, or split it into sub-workflows.',
  });
}

function invalid(problems: readonly Diagnosis[]) {
  const faults = problems.filter(({ severity }) => severity === 'error');
  return problem('document-invalid', {
    detail: `${faults.length === 1 ? 'There is 1 error' : `There are ${faults.length} errors`} in the document.`,
    hint: 'Each entry of `errors` says where and what. POST /v1/workflows/validate checks without storing.',
    errors: problems.slice(0, 200).map(({ path, code, message, hint }) => ({
      pointer: path,
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
    })),
  });
}
