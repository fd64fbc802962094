/** What the API says went wrong, in words for a person. */
export class Problem extends Error {
  readonly status: number;
  readonly hint: string | undefined;
  constructor(status: number, message: string, hint?: string) {
    super(message);
    this.status = status;
    this.hint = hint;
  }
}

export interface WorkflowHead {
  id: string;
  name: string;
  published: number | null;
}
export interface WorkflowNode {
  type: string;
  parameters?: Record<string, unknown>;
}
export interface RunHead {
  id: string;
  workflow: string;
  status: string;
  trigger: string;
  startedAt: number;
  finishedAt?: number;
  steps: number;
  error?: { code: string; message: string };
}
export interface Step {
  nodeName: string;
  type: string;
  status: string;
  durationMs?: number;
  attempts: number;
  outputs: (unknown[] | null)[];
  logs?: string[];
  error?: { code: string; message: string };
}
export interface Run extends RunHead {
  nodes: Step[];
}

export interface Api {
  workflows(): Promise<WorkflowHead[]>;
  nodesOf(workflow: string): Promise<WorkflowNode[]>;
  runs(): Promise<RunHead[]>;
  run(id: string): Promise<Run>;
}

/** @throws Problem */
async function call<T>(path: string, key: string): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(path, { headers: { authorization: `Bearer ${key}`, accept: 'application/json' } });
  } catch {
    throw new Problem(0, 'Millrace does not answer.', 'Is it still running? This page tries again by itself.');
  }
  if (answer.ok) {
    return (await answer.json()) as T;
  }
  const body = (await answer.json().catch(() => ({}))) as { title?: string; detail?: string; hint?: string };
  throw new Problem(answer.status, body.detail ?? body.title ?? `The server answered ${answer.status}.`, body.hint);
}

export function api(key: string): Api {
  return {
    workflows: async () => (await call<{ workflows: WorkflowHead[] }>('/v1/workflows', key)).workflows,
    nodesOf: async (id) =>
      (await call<{ document: { nodes?: WorkflowNode[] } }>(`/v1/workflows/${encodeURIComponent(id)}`, key)).document
        .nodes ?? [],
    runs: async () => (await call<{ runs: RunHead[] }>('/v1/runs?limit=50', key)).runs,
    run: (id) => call<Run>(`/v1/runs/${encodeURIComponent(id)}`, key),
  };
}
