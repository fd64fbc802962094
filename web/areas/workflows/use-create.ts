import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useClient } from '../../session/session.tsx';
import { useTexts } from '../../text/index.tsx';

/** Makes an empty workflow and opens it. */
export function useCreateWorkflow(): UseMutationResult<{ id: string }, Error, void> {
  const texts = useTexts();
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () =>
      client.call('POST /v1/workflows', {
        body: { schema: 1, name: texts.workflows.untitled, nodes: [], edges: [], settings: {}, notes: [], pinned: [] },
      }),
    onSuccess: async ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['workflows'] });
      await navigate({ to: '/workflows/$id', params: { id } });
    },
  });
}
