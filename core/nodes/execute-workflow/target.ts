import type { Json, JsonObject } from '../../data/item.ts';
import { type CompileKit, NodeError } from '../../node/kit.ts';
import { isObject } from '../field-list.ts';

/** A plain id, or a resource locator `{__rl,mode,value}`; a locator by URL ends in the id. */
export function workflowIdOf(value: Json): string {
  const held = isObject(value) ? value.value : value;
  const text = held === undefined || held === null ? '' : String(held);
  return isObject(value) && value.mode === 'url' ? (/\/workflow\/([^/?#]+)/.exec(text)?.[1] ?? text) : text;
}

/** Source of a workflow that is written on the node. */
export const INNER = 'parameter';

/** @throws NodeError when workflows from there cannot be run. */
export function checkSource(source: string): void {
  if (source === 'database' || source === INNER) return;
  throw new NodeError('unsupported', `A workflow cannot be run from "${source}" here.`, {
    description: 'Import the workflow and choose it from the list, or paste it as JSON.',
  });
}

/** @throws NodeError when none is chosen. */
export function chosenId(value: Json): string {
  const id = workflowIdOf(value);
  if (id === '') throw new NodeError('no-workflow', 'Choose the workflow to run.');
  return id;
}

/**
 * Only what was written when the workflow was made: an expression could build a workflow out of data, and data never
 * becomes a program.
 */
export function innerWorkflow(kit: CompileKit): { inner: true } {
  const written = kit.raw('workflowJson');
  if (typeof written === 'string' && written.startsWith('=')) {
    throw new NodeError('unsupported', 'A workflow written on a node cannot be an expression.', {
      description: 'Paste the JSON itself; give what changes to it as items.',
    });
  }
  const value: unknown = typeof written === 'string' ? parsed(written) : written;
  if (!isObject(value as Json) || !Array.isArray((value as JsonObject).nodes)) {
    throw new NodeError('bad-workflow', 'The JSON on this node is no workflow.', {
      description: 'Paste a workflow as n8n exports it: an object with "nodes" and "connections".',
    });
  }
  return { inner: true };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
