import { queryOptions } from '@tanstack/react-query';
import type { Workflow } from '../../core/graph/document.ts';
import { runningType } from '../../core/graph/binding.ts';
import type { Field } from '../../core/node/field.ts';
import type { Client, OutputOf } from '../../sdk/client/index.ts';
import { fieldsIn, type Words } from './node-words.ts';

export type NodeTypeView = OutputOf<'GET /v1/node-types'>['types'][number] & {
  /** What it is called and does in English, where `title` is in another language: who comes from n8n searches for it. */
  englishTitle?: string;
  englishSummary?: string;
};
export type Catalog = ReadonlyMap<string, NodeTypeView>;

const LANGUAGES: Readonly<Record<string, () => Promise<Words>>> = {
  de: () => import('./node-words.de.ts').then(({ words }) => words),
};

function named(type: NodeTypeView, words: Words): NodeTypeView {
  const own = words.of.get(type.type);
  // SAFETY: fields of the registry, as data
  const fields = fieldsIn(words, type.type, type.fields as unknown as readonly Field[]);
  return {
    ...type,
    ...(own ? { title: own.title, summary: own.summary, englishTitle: type.title, englishSummary: type.summary } : {}),
    fields: fields as unknown as NodeTypeView['fields'],
  };
}

export const catalogQuery = (client: Client, language: string) =>
  queryOptions({
    queryKey: ['node-types', language],
    queryFn: async ({ signal }): Promise<Catalog> => {
      const [{ types }, words] = await Promise.all([
        client.call('GET /v1/node-types', {}, { signal }),
        LANGUAGES[language]?.(),
      ]);
      return new Map(types.map((type) => [type.type, words ? named(type, words) : type]));
    },
    staleTime: Infinity,
  });

export type Ports = ReadonlyMap<string, OutputOf<'POST /v1/node-types/ports'>['ports'][number]>;

/** Number of outputs a node shows: what its parameters make, what is wired, and one for errors if it has that. */
export function outputsOf(workflow: Workflow, ports: Ports | undefined, catalog: Catalog): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const node of workflow.nodes) {
    const own = ports?.get(node.id)?.outputs ?? catalog.get(runningType(node))?.outputs ?? 1;
    counts.set(node.id, own + (node.onError === 'error-output' ? 1 : 0));
  }
  for (const { from } of workflow.edges) {
    if (from.port === 'main') counts.set(from.node, Math.max(counts.get(from.node) ?? 1, from.index + 1));
  }
  return counts;
}
