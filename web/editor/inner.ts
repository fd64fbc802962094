import type { WorkflowNode } from '../../core/graph/document.ts';
import { chosenOf } from './inspector/form/kind.ts';

const CALLS: ReadonlySet<string> = new Set(['execute-workflow', 'tool-workflow']);

/** Id of the workflow a step runs; '' when it runs none or its id is not known here. */
export const innerOf = (node: WorkflowNode | undefined): string =>
  node && CALLS.has(node.type) ? chosenOf(node.parameters['workflowId']) : '';

/** Remembers, in the address of the inner workflow, where people came from. */
export const callerHash = (workflow: string, node: string): string =>
  new URLSearchParams({ from: workflow, step: node }).toString();

/** Where people came from into this workflow; undefined: not from a step. */
export function callerIn(hash: string): { workflow: string; step: string } | undefined {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const workflow = parameters.get('from');
  return workflow === null || workflow === '' ? undefined : { workflow, step: parameters.get('step') ?? '' };
}
