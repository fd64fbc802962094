import type { Run } from '../../core/engine/run.ts';
import { type StepView, stepViews } from '../../core/engine/view.ts';
import { headOf } from './head.ts';
import { publicHead } from './list.ts';
import type { RunHead } from './protocol.ts';
import { frame, type Reader, Readers } from './readers.ts';

interface RunReader extends Reader {
  run: string;
  /** Steps already sent as finished. */
  sent: number;
}

interface ListReader extends Reader {
  /** Runs of these workflows only; undefined: of all. */
  workflows: ReadonlySet<string> | undefined;
}

/**
 * A reader that has left so many bytes unread, beside what it was given at first, is cut off: EventSource reconnects and
 * gets the whole run again, and whoever shows a list reads it again. Of lists less, for there are more readers of them.
 */
const MAX_RUN_BACKLOG = 2_000_000;
const MAX_LIST_BACKLOG = 250_000;
/** Changes of a list are told together. */
const GATHER_MS = 250;
/** More changed than this: whoever shows a list reads it again. */
const MAX_TOLD = 50;
/** More wait in line where they can ask again: a list of runs can be asked for instead. */
const MAX_LIST_READERS = 200;

/**
 * Live views over SSE. Of one run: `step` for each finished step, `run` when its status changes, then the stream ends with
 * it. Of the list: `runs` with what changed, `{runs, more}`, four times a second at most.
 */
export class Streams {
  private readonly runReaders = new Readers<RunReader>(MAX_RUN_BACKLOG);
  private readonly listReaders = new Readers<ListReader>(MAX_LIST_BACKLOG);
  /** Runs that changed since the lists were last told. */
  private changed = new Map<string, Run>();
  private isMore = false;
  private gathering: ReturnType<typeof setTimeout> | undefined;

  open(run: string, steps: readonly StepView[], final?: RunHead): Response {
    return this.runReaders.open(
      (reader) => {
        for (const step of steps) if (step.status !== 'running') reader.controller.enqueue(frame('step', step));
        if (final) reader.controller.enqueue(frame('run', final));
        return { ...reader, run, sent: steps.filter((step) => step.durationMs !== undefined).length };
      },
      () => final !== undefined,
    );
  }

  /** 503 when too many look at it. */
  openList({ workflows }: { workflows?: readonly string[] }): Response {
    if (this.listReaders.size >= MAX_LIST_READERS) return new Response(null, { status: 503 });
    const told = workflows && new Set(workflows);
    return this.listReaders.open((reader) => ({ ...reader, workflows: told }));
  }

  publish(run: Run): void {
    if (this.listReaders.size > 0) this.gather(run);
    if (this.runReaders.size === 0) return;
    for (const reader of this.runReaders) {
      if (reader.run === run.id) this.runReaders.attempt(reader, () => this.send(reader, run));
    }
  }

  private gather(run: Run): void {
    if (this.changed.size < MAX_TOLD) this.changed.set(run.id, run);
    else if (!this.changed.has(run.id)) this.isMore = true;
    this.gathering ??= setTimeout(() => this.tell(), GATHER_MS);
  }

  private tell(): void {
    const more = this.isMore;
    const heads = [...this.changed.values()].map((run) => publicHead(headOf(run, 0)));
    this.changed = new Map();
    this.isMore = false;
    this.gathering = undefined;
    for (const reader of this.listReaders) {
      const runs = heads.filter(({ workflow }) => reader.workflows?.has(workflow) ?? true);
      if (runs.length === 0 && !more) continue;
      this.listReaders.attempt(reader, () => reader.controller.enqueue(frame('runs', { runs, more })));
    }
  }

  private send(reader: RunReader, run: Run): void {
    const done = run.steps.filter((step) => step.state.kind === 'done').length;
    if (done > reader.sent) {
      for (const step of stepViews(run).slice(reader.sent, done)) reader.controller.enqueue(frame('step', step));
    }
    reader.sent = done;
    reader.controller.enqueue(frame('run', publicHead(headOf(run, 0))));
    if (run.final) this.runReaders.close(reader);
  }
}
