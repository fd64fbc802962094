import { type UseMutationResult, useMutation, useQuery } from '@tanstack/react-query';
import { runQuery } from '../areas/runs/queries.ts';
import type { RunView } from '../areas/runs/status.ts';
import { useEnvironment } from '../session/environment.ts';
import { useClient } from '../session/session.tsx';
import type { Autosave } from './draft/autosave.ts';

interface RunOfDraft {
  /** The newest run that was started here, followed until it ends. */
  run: RunView | undefined;
  /** The newest run there is, whoever started it: what expressions and data views show. */
  data: RunView | undefined;
  /** Saves the draft and runs it, whole or up to a node. */
  start: UseMutationResult<{ id: string }, Error, { destination?: string }>;
}

export function useRun(id: string, autosave: Autosave): RunOfDraft {
  const client = useClient();
  const { environment } = useEnvironment();
  const start = useMutation({
    mutationFn: async ({ destination }: { destination?: string }) => {
      await autosave.flush();
      const body = {
        version: 'draft' as const,
        pinned: true,
        environment,
        ...(destination === undefined ? {} : { destination }),
      };
      return { id: String((await client.call('POST /v1/workflows/{id}/runs', { params: { id }, body })).id) };
    },
  });
  const runId = start.data?.id;
  const { data: run } = useQuery({ ...runQuery(client, runId ?? ''), enabled: runId !== undefined });
  const { data: last } = useQuery({
    queryKey: ['runs', 'last', id],
    queryFn: ({ signal }) => client.call('GET /v1/runs', { query: { workflow: id, limit: 1 } }, { signal }),
    enabled: runId === undefined,
    staleTime: Infinity,
  });
  const lastId = last?.runs[0]?.id;
  const { data: before } = useQuery({
    ...runQuery(client, lastId ?? ''),
    enabled: lastId !== undefined && runId === undefined,
  });
  return { run, data: run ?? before, start };
}
