import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from '../launcher.ts';
import { round } from '../results.ts';
import type { BenchContext, Section } from '../section.ts';
import { Skipped } from '../section.ts';
import { checkAnswer, install, loadWorkloads } from '../workloads.ts';
import { requireWrk, wrk } from '../wrk.ts';

interface Stats {
  rowsWritten: number;
  runsStarted: number;
}

/** What the runner counted: rows as SQLite bills them, indexes included. */
async function run(context: BenchContext) {
  requireWrk();
  const workload = (await loadWorkloads())?.find(({ name }) => name === 'W2');
  if (!workload) throw new Skipped('the workloads are not here; they belong in ../shared/bench');
  const dataDir = context.folder('rows');
  const server = await launch({ dataDir });
  try {
    const key = readFileSync(join(dataDir, 'deployment.key'), 'utf8').trim();
    const stats = async (): Promise<Stats> => {
      const url = `${server.url}/internal/stats?tenant=${server.tenant}&shard=0`;
      const answer = await fetch(url, { headers: { 'x-deployment-key': key } });
      if (answer.status === 404) throw new Skipped('this build has no GET /internal/stats');
      if (!answer.ok) throw new Error(`/internal/stats answered ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as Stats;
    };
    const { hook } = await install(server, workload.file);
    if (hook === undefined) throw new Error('publishing gave no webhook');
    await checkAnswer(hook, workload);
    const rowsPerRun: Record<string, number> = {};
    for (const connections of [1, 16]) {
      const before = await stats();
      await wrk({ url: hook, method: 'POST', body: workload.body, connections, seconds: context.seconds });
      const after = await stats();
      const runs = after.runsStarted - before.runsStarted;
      if (runs === 0) throw new Error('no run was counted');
      rowsPerRun[connections] = round((after.rowsWritten - before.rowsWritten) / runs, 3);
    }
    return { results: { rowsPerRun } };
  } finally {
    await server.stop();
  }
}

export const section: Section = { name: 'rows', run };
