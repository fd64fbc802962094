import type { Member } from '../../../core/expression/index.ts';
import { startWorker } from '../../ui/worker.ts';
// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import workerUrl from './preview.worker.ts?worker&url';
import type { Sample } from './sample.ts';

export type Question =
  | { kind: 'sample'; sample: Sample }
  | { kind: 'value'; id: number; text: string; item: number }
  | { kind: 'members'; id: number; code: string; item: number };

export type Answer =
  | { id: number; kind: 'value'; type: string; text: string; isCut: boolean }
  | { id: number; kind: 'nothing' }
  | { id: number; kind: 'error'; code: string; message: string; position: number | undefined }
  | { id: number; kind: 'members'; members: Member[] };

/** Starting the worker and reading a large sample take their time; an expression alone never takes this long. */
const LIMIT_MS = 2_000;

/**
 * Evaluates expressions beside the page, by the code that will run them. One that does not end is ended with its
 * worker: the page stays quick, and the next question gets a new one.
 */
export class Preview {
  private worker: Worker | undefined;
  private sample: Sample | undefined;
  /** The one the worker has. */
  private sent: Sample | undefined;
  private last = 0;
  private readonly asked = new Map<
    number,
    { resolve: (answer: Answer) => void; timer: ReturnType<typeof setTimeout> }
  >();

  /** Handed over with the next question: copying a large one with every letter would be felt. */
  use(sample: Sample): void {
    this.sample = sample;
  }

  value(text: string, item: number): Promise<Answer> {
    return this.ask({ kind: 'value', id: ++this.last, text, item });
  }

  async members(code: string, item: number): Promise<Member[]> {
    const answer = await this.ask({ kind: 'members', id: ++this.last, code, item });
    return answer.kind === 'members' ? answer.members : [];
  }

  stop(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.sent = undefined;
    for (const [id, { resolve, timer }] of this.asked) {
      clearTimeout(timer);
      resolve({ id, kind: 'error', code: 'limit', message: '', position: undefined });
    }
    this.asked.clear();
  }

  private ask(question: Exclude<Question, { kind: 'sample' }>): Promise<Answer> {
    const worker = (this.worker ??= this.start());
    if (this.sample && this.sample !== this.sent) {
      worker.postMessage({ kind: 'sample', sample: this.sample } satisfies Question);
      this.sent = this.sample;
    }
    return new Promise((resolve) => {
      this.asked.set(question.id, { resolve, timer: setTimeout(() => this.stop(), LIMIT_MS) });
      worker.postMessage(question);
    });
  }

  private start(): Worker {
    const worker = startWorker(workerUrl);
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      const waiting = this.asked.get(data.id);
      this.asked.delete(data.id);
      clearTimeout(waiting?.timer);
      waiting?.resolve(data);
    });
    worker.addEventListener('error', () => this.stop());
    return worker;
  }
}
