import { queryOptions } from '@tanstack/react-query';
import type { Workflow } from '../../../../core/graph/document.ts';
import { valueAt } from '../../../../core/node/field.ts';
import type { Client } from '../../../../sdk/client/index.ts';
import { isObject, textOf } from './kind.ts';

/** A place that values can be given for. */
export interface Column {
  name: string;
  /** As tables and triggers call it: string, number, boolean, date, array, object, any. */
  type: string;
}

const ofTable = async (client: Client, id: string, signal: AbortSignal): Promise<Column[]> =>
  (await client.call('GET /v1/data-tables/{id}', { params: { id } }, { signal })).columns;

const ofWorkflow = async (client: Client, id: string, signal: AbortSignal): Promise<Column[]> => {
  const view = await client.call('GET /v1/workflows/{id}', { params: { id } }, { signal });
  // SAFETY: the API gives documents that passed validation
  return inputsOf(view.document as unknown as Workflow);
};

/** The fields that a workflow says it takes from others. */
export function inputsOf({ nodes }: Pick<Workflow, 'nodes'>): Column[] {
  const trigger = nodes.find(({ type, disabled }) => type === 'execute-workflow-trigger' && disabled !== true);
  if (!trigger) return [];
  const { parameters } = trigger;
  if (parameters['inputSource'] === 'jsonExample') return exampleFields(textOf(parameters['jsonExample']));
  const listed = valueAt(parameters, 'workflowInputs.values');
  return (Array.isArray(listed) ? listed : []).flatMap((field): Column[] =>
    isObject(field) && textOf(field['name']) !== ''
      ? [{ name: textOf(field['name']), type: textOf(field['type']) || 'any' }]
      : [],
  );
}

function exampleFields(text: string): Column[] {
  try {
    const example = JSON.parse(text) as unknown;
    if (typeof example !== 'object' || example === null || Array.isArray(example)) return [];
    return Object.entries(example).map(([name, value]) => ({
      name,
      type: Array.isArray(value) ? 'array' : value === null ? 'any' : typeof value,
    }));
  } catch {
    return [];
  }
}

/** Columns of what a locator chose. `id` is '' while nothing is chosen. */
export const columnsQuery = (client: Client, source: string, id: string) =>
  queryOptions({
    queryKey: ['columns', source, id],
    queryFn: ({ signal }) => (source === 'workflows' ? ofWorkflow : ofTable)(client, id, signal),
    enabled: id !== '',
    staleTime: 10_000,
    retry: false,
  });
