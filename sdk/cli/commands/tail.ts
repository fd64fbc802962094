import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '../../client/index.ts';
import { defineCommand } from '../command.ts';
import { CliFailure, EXIT, usageError } from '../failure.ts';
import { connect } from '../server/connection.ts';
import type { Head } from '../server/show.ts';
import { runRow, stepLine } from '../server/show.ts';
import { eventsOf } from '../server/sse.ts';
import type { Cli } from '../terminal/cli.ts';
import { paintStatus, rows } from '../terminal/paint.ts';

const FINAL: ReadonlySet<string> = new Set(['success', 'error', 'canceled', 'superseded']);
const POLL_MS = 1_000;
/** A run that started this long ago may still change its status; older ones are left out. */
const LOOK_BACK_MS = 3_600_000;

interface StepEvent {
  index: number;
  nodeName: string;
  status: string;
  durationMs?: number;
  outputs: (unknown[] | null)[];
  error?: { message: string };
}

/** One run, to its end. The stream may break; it then begins anew, so known steps are not repeated. */
async function follow(cli: Cli, client: Client, id: string): Promise<number> {
  const seen = new Set<number>();
  let last: Head | undefined;
  for (let failures = 0; failures < 5; failures++) {
    const response = await client.open('GET /v1/runs/{id}/events', { params: { id } });
    if (!response.body) throw new CliFailure('no-stream', 'The server sent no stream');
    try {
      for await (const { event, data } of eventsOf(response.body)) {
        failures = 0;
        if (event === 'step') {
          const step = JSON.parse(data) as StepEvent;
          if (seen.has(step.index)) continue;
          seen.add(step.index);
          cli.emit({ event, ...step });
          cli.line(stepLine({ ...step, name: step.nodeName, error: step.error?.message }, cli.paint));
        } else if (event === 'run') {
          const head = JSON.parse(data) as Head;
          if (head.status !== last?.status || FINAL.has(head.status)) cli.emit({ event, ...head });
          if (head.status === 'waiting' && last?.status !== 'waiting') {
            cli.note(`waiting for ${head.waitingFor ?? 'something'}`);
          }
          last = head;
        }
        if (last && FINAL.has(last.status)) break;
      }
    } catch (error) {
      if (cli.world.interrupted.aborted) throw error;
    }
    if (last && FINAL.has(last.status)) {
      const why = last.error ? ` ${cli.paint.red(`${last.error.code}: ${last.error.message}`)}` : '';
      cli.line(`${id} ended: ${paintStatus(cli.paint, last.status)}${why}`);
      return last.status === 'success' ? EXIT.ok : EXIT.failed;
    }
    await pause(POLL_MS, undefined, { signal: cli.world.interrupted });
  }
  throw new CliFailure('stream-broken', 'The stream broke again and again', { exitCode: EXIT.unreachable });
}

/** All runs, by asking for the newest again and again: every change of a status is a line. */
async function followAll(cli: Cli, client: Client): Promise<number> {
  const known = new Map<string, string>();
  const begunAt = Date.now();
  cli.note('Following all runs; Ctrl-C ends it.');
  for (;;) {
    const since = known.size === 0 ? begunAt : Math.max(begunAt, Date.now() - LOOK_BACK_MS);
    const { runs } = await client.call('GET /v1/runs', { query: { since, limit: 200 } });
    for (const run of runs.toReversed()) {
      if (known.get(run.id) === run.status) continue;
      known.set(run.id, run.status);
      cli.emit({ event: 'run', ...run });
      for (const line of rows([runRow(run, cli.paint)])) cli.line(line);
    }
    await pause(POLL_MS, undefined, { signal: cli.world.interrupted });
  }
}

export const command = defineCommand({
  name: 'tail',
  summary: 'Follow a run step by step, or all runs',
  args: [{ name: 'RUN', summary: 'The run; with --all none', optional: true }],
  flags: { all: { type: 'boolean', summary: 'Every run that starts from now on' } },
  examples: [
    ['millrace tail run_0_3_1', 'until it ends; exit code 1 when it failed'],
    ['millrace tail --all --json', 'one JSON document a change'],
  ],
  server: true,
  async run(cli, { args: [id], flags }) {
    const client = connect(cli, flags);
    if (flags.all) return followAll(cli, client);
    if (id === undefined) throw usageError('Give a run, or --all', 'millrace runs lists them.');
    return follow(cli, client, id);
  },
});
