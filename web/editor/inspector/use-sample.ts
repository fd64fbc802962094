import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { JsonObject } from '../../../core/data/item.ts';
import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import type { RunView } from '../../areas/runs/status.ts';
import { useEnvironment } from '../../session/environment.ts';
import { useClient } from '../../session/session.tsx';
import { Preview } from '../expression/preview.ts';
import { type Sample, sampleOf } from '../expression/sample.ts';

const NO_VARS: JsonObject = {};

/** What expressions of a node can be tried out with, and who tries them; kept in step with the draft. */
export function useSample(
  id: string,
  workflow: Workflow,
  node: WorkflowNode,
  run: RunView | undefined,
): { sample: Sample; preview: Preview } {
  const client = useClient();
  const { environment } = useEnvironment();
  const { data: vars } = useQuery({
    queryKey: ['variables', environment],
    queryFn: async ({ signal }): Promise<JsonObject> => {
      const query = { environment };
      const { variables } = await client.call('GET /v1/variables', { query }, { signal });
      return Object.fromEntries(variables.map(({ name, value, secret }) => [name, value ?? (secret ? '•••' : '')]));
    },
    // a person who may not read variables writes expressions all the same
    retry: false,
    staleTime: 30_000,
  });
  // a letter is shown before it is tried out: as it is drawn, and one that has just come as it is
  const settled = workflow.nodes.find((each) => each.id === node.id) ?? node;
  const sample = useMemo(
    () => sampleOf(id, workflow, settled, { run, vars: vars ?? NO_VARS }),
    [id, workflow, settled, run, vars],
  );
  const [preview] = useState(() => new Preview());
  useEffect(() => () => preview.stop(), [preview]);
  preview.use(sample);
  return { sample, preview };
}
