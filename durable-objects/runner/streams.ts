import type { Run } from '../../core/engine/run.ts';
import { type StepView, stepViews } from '../../core/engine/view.ts';
import { headOf } from './head.ts';
import { publicHead } from './list.ts';
import type { RunHead } from './protocol.ts';

interface Reader {
  /** Undefined: all runs of the shard, heads only. */
  run: string | undefined;
  /** Steps already sent as finished. */
  sent: number;
  controller: ReadableStreamDefaultController<Uint8Array>;
}

const encoder = new TextEncoder();
const frame = (event: string, data: unknown): Uint8Array =>
  encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
/** A reader this far behind is cut off; EventSource reconnects and gets the whole run again. */
const MAX_BACKLOG = -256;

/** Live views over SSE: `step` for each finished step, `run` when a run's status changes, then the stream ends with it. */
export class Streams {
  private readonly readers = new Set<Reader>();

  open(run: string | undefined, steps: readonly StepView[], final?: RunHead): Response {
    let reader: Reader | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(encoder.encode('retry: 1000\n\n'));
        for (const step of steps) if (step.status !== 'running') controller.enqueue(frame('step', step));
        if (final) {
          controller.enqueue(frame('run', final));
          controller.close();
          return;
        }
        reader = { run, sent: steps.filter((step) => step.durationMs !== undefined).length, controller };
        this.readers.add(reader);
      },
      cancel: () => {
        if (reader) this.readers.delete(reader);
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
  }

  publish(run: Run): void {
    if (this.readers.size === 0) return;
    for (const reader of this.readers) {
      if (reader.run !== undefined && reader.run !== run.id) continue;
      try {
        this.send(reader, run);
      } catch {
        this.readers.delete(reader);
      }
    }
  }

  private send(reader: Reader, run: Run): void {
    if ((reader.controller.desiredSize ?? 0) < MAX_BACKLOG) throw new Error('too slow');
    if (reader.run !== undefined) {
      const done = run.steps.filter((step) => step.state.kind === 'done').length;
      if (done > reader.sent) {
        for (const step of stepViews(run).slice(reader.sent, done)) reader.controller.enqueue(frame('step', step));
      }
      reader.sent = done;
    }
    reader.controller.enqueue(frame('run', publicHead(headOf(run, 0))));
    if (run.final && reader.run !== undefined) {
      this.readers.delete(reader);
      reader.controller.close();
    }
  }
}
