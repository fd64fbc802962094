import type { WorkflowNode } from '../../core/graph/document.ts';
import { isExpression } from '../../core/node/field.ts';
import { isObject, textOf } from './inspector/form/kind.ts';

const CALLS: ReadonlySet<string> = new Set(['execute-workflow', 'tool-workflow']);

/** Id of the workflow a step runs; '' when it runs none, none is chosen, or an expression chooses. */
export function innerOf(node: WorkflowNode | undefined): string {
  if (!node || !CALLS.has(node.type)) return '';
  const value = node.parameters['workflowId'];
  const id = isObject(value) ? value['value'] : value;
  return isExpression(id) ? '' : textOf(id);
}

/** Remembers, in the address of the inner workflow, where people came from. */
export const callerHash = (workflow: string, node: string): string =>
  new URLSearchParams({ from: workflow, step: node }).toString();

/** Where people came from into this workflow; undefined: not from a step. */
export function callerIn(hash: string): { workflow: string; step: string } | undefined {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const workflow = parameters.get('from');
  return workflow === null || workflow === '' ? undefined : { workflow, step: parameters.get('step') ?? '' };
}
