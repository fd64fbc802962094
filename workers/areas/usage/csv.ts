import { writeCsv } from '../../../core/tables/csv.ts';
import type { SeriesPoint } from '../../../durable-objects/meter/protocol.ts';
import { amountsOf } from './amounts.ts';

const HEAD = ['at', 'workflow', 'runs', 'steps', 'cpu_ms', 'egress_bytes', 'api_calls', 'ai_tokens'];

/** One line an hour or day and workflow; times are ISO 8601 in UTC. */
export const usageCsv = (points: readonly SeriesPoint[]): string =>
  writeCsv([
    HEAD,
    ...points.map(({ atMs, workflow = '', counts }) => {
      const { runs, steps, cpuMs, egressBytes, apiCalls, aiTokens } = amountsOf(counts);
      return [new Date(atMs).toISOString(), workflow, runs, steps, cpuMs, egressBytes, apiCalls, aiTokens];
    }),
  ]);
