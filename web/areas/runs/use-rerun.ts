import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { PRODUCTION } from '../../session/environment.ts';
import { useClient } from '../../session/session.tsx';
import type { RunView } from './status.ts';
import { versionParts } from './version-text.ts';

interface Rerun {
  isPending: boolean;
  error: Error | null;
  /** On the same version, keeping what the steps before this node gave; undefined: from the failed one, or the start. */
  again: (node?: string) => void;
  /** From the start with the same input, on what is published now or on the draft. */
  anew: (version: 'published' | 'draft') => void;
}

/** Runs again, and opens the new run for whoever is still looking at the old one. */
export function useRerun(run: RunView): Rerun {
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { isPending, error, mutate } = useMutation({ mutationFn: (start: () => Promise<string>) => start() });
  const begin = (start: () => Promise<string>): void =>
    mutate(start, { onSuccess: (id) => void navigate({ to: '/runs/$id', params: { id }, search: {} }) });
  const again = (node?: string): void => {
    const params = { id: run.id };
    const body = node === undefined ? {} : { body: { node } };
    begin(async () => {
      const made = await client.call('POST /v1/runs/{id}/rerun', { params, ...body });
      // it says now by what it was repeated
      void queries.invalidateQueries({ queryKey: ['run', run.id], exact: true });
      return made.run;
    });
  };
  const anew = (version: 'published' | 'draft'): void => {
    const { node, items } = run.data as { node?: string; items?: unknown };
    const params = { id: run.workflow };
    const body = {
      environment: versionParts(run.version).environment ?? PRODUCTION,
      ...(version === 'draft' ? { version } : {}),
      ...(node === undefined ? {} : { node }),
      ...(items === undefined ? {} : { input: items }),
    };
    begin(async () => (await client.call('POST /v1/workflows/{id}/runs', { params, body })).id);
  };
  return { isPending, error, again, anew };
}
