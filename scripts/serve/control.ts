import { httpCall } from './http-call.ts';
import type { Database } from './migrations.ts';

/** A cron may wake every overdue shard of every tenant. */
const CALL_TIMEOUT_MS = 50_000;

export interface Control {
  scheduled(cron: string, atMs: number): Promise<void>;
  database(binding: string): Database;
}

/** Speaks to host-worker.js. Calls reject with what the Worker said. */
export function control(socketPath: string): Control {
  const call = async (path: string, body: unknown): Promise<unknown> => {
    const { status, text } = await httpCall({
      to: { socketPath },
      path,
      method: 'POST',
      body: JSON.stringify(body),
      timeoutMs: CALL_TIMEOUT_MS,
    });
    const answer = JSON.parse(text) as { error?: string } | null;
    if (status !== 200) {
      throw new Error(answer?.error ?? `control answered ${status}`);
    }
    return answer;
  };
  return {
    scheduled: async (cron, atMs) => void (await call('/scheduled', { cron, scheduledTime: atMs })),
    database: (binding) => ({
      query: async (sql) => (await call('/query', { binding, sql })) as Record<string, unknown>[],
      batch: async (statements) => void (await call('/batch', { binding, statements })),
    }),
  };
}
