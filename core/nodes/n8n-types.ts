import { NODES } from './registry.generated.ts';

/** n8n's names for what we have, older ones included: what the importer translates by. */
export const N8N_TYPES: ReadonlyMap<string, { type: string; versions: readonly number[] }> = new Map(
  NODES.flatMap(({ type, n8n }) =>
    n8n ? [n8n, ...(n8n.also ?? [])].map((name) => [name.type, { type, versions: name.versions }] as const) : [],
  ),
);
