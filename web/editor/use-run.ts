import { type UseMutationResult, useMutation, useQuery } from '@tanstack/react-query';
import { runQuery } from '../areas/runs/queries.ts';
import type { RunView } from '../areas/runs/status.ts';
import { useClient } from '../session/session.tsx';
import type { Autosave } from './draft/autosave.ts';

interface RunOfDraft {
  /** The newest run that was started here, followed until it ends. */
  run: RunView | undefined;
  /** Saves the draft and runs it, whole or up to a node. */
  start: UseMutationResult<{ id: string }, Error, { destination?: string }>;
}

export function useRun(id: string, autosave: Autosave): RunOfDraft {
  const client = useClient();
  const start = useMutation({
    mutationFn: async ({ destination }: { destination?: string }) => {
      await autosave.flush();
      const body = { version: 'draft' as const, pinned: true, ...(destination === undefined ? {} : { destination }) };
      return { id: String((await client.call('POST /v1/workflows/{id}/runs', { params: { id }, body })).id) };
    },
  });
  const runId = start.data?.id;
  const { data: run } = useQuery({ ...runQuery(client, runId ?? ''), enabled: runId !== undefined });
  return { run, start };
}
