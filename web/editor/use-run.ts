import { type UseMutationResult, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFollowedRun } from '../areas/runs/live.ts';
import { runQuery } from '../areas/runs/queries.ts';
import type { RunView } from '../areas/runs/status.ts';
import { useEnvironment } from '../session/environment.ts';
import { useClient } from '../session/session.tsx';
import type { Autosave } from './draft/autosave.ts';

export interface StartOfDraft {
  destination?: string;
  /** Items for the first node. */
  input?: readonly object[];
}

interface RunOfDraft {
  /** The newest run that was started here, followed until it ends. */
  run: RunView | undefined;
  /** The newest run there is, whoever started it: what expressions and data views show. */
  data: RunView | undefined;
  /** Saves the draft and runs it: whole or up to a node, with what triggers would bring. */
  start: UseMutationResult<{ id: string }, Error, StartOfDraft>;
  /** Follows a run that something else started. */
  follow: (run: string) => void;
}

export function useRun(id: string, autosave: Autosave): RunOfDraft {
  const client = useClient();
  const { environment } = useEnvironment();
  const [followed, setFollowed] = useState<string>();
  const start = useMutation({
    mutationFn: async ({ destination, input }: StartOfDraft) => {
      await autosave.flush();
      const body = {
        version: 'draft' as const,
        pinned: true,
        environment,
        ...(destination === undefined ? {} : { destination }),
        ...(input === undefined ? {} : { input }),
      };
      return { id: String((await client.call('POST /v1/workflows/{id}/runs', { params: { id }, body })).id) };
    },
    onSuccess: (made) => setFollowed(made.id),
  });
  const { data: run } = useFollowedRun(followed);
  const { data: last } = useQuery({
    queryKey: ['runs', 'last', id],
    queryFn: ({ signal }) => client.call('GET /v1/runs', { query: { workflow: id, limit: 1 } }, { signal }),
    enabled: followed === undefined,
    staleTime: Infinity,
  });
  const lastId = last?.runs[0]?.id;
  const { data: before } = useQuery({
    ...runQuery(client, lastId ?? ''),
    enabled: lastId !== undefined && followed === undefined,
  });
  return { run, data: run ?? before, start, follow: setFollowed };
}
