import { startWorker } from '../../ui/worker.ts';
// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import workerUrl from './pdf.worker.ts?worker&url';

export interface PdfMessage {
  kind: 'draw';
  /** With the first message only. */
  bytes?: ArrayBuffer;
  /** From 1. */
  page: number;
  /** Of the picture, in pixels. */
  width: number;
}

export type PageAnswer =
  | { kind: 'page'; count: number; picture: Blob; text: string }
  /** It wants a password. */
  | { kind: 'locked' }
  /** `count` of its pages; 0 where it is none, or took too long: then no other page comes either. */
  | { kind: 'broken'; count: number };

/** Parsing a large one takes seconds; one that takes longer was made to. */
const LIMIT_MS = 20_000;

/**
 * A PDF, read and drawn beside the page: a picture and the text of one page at a time. What is in it can do no more
 * than keep its own worker busy, and that ends.
 */
export class Pdf {
  private readonly worker = startWorker(workerUrl);
  private bytes: ArrayBuffer | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(bytes: ArrayBuffer) {
    this.bytes = bytes;
  }

  /** One at a time, in the order they were asked for. */
  page(page: number, width: number): Promise<PageAnswer> {
    const answer = this.last.then(() => this.ask({ kind: 'draw', page, width }));
    this.last = answer;
    return answer;
  }

  stop(): void {
    this.worker.terminate();
  }

  private ask(message: PdfMessage): Promise<PageAnswer> {
    const { bytes } = this;
    this.bytes = undefined;
    return new Promise((resolve) => {
      const done = (answer: PageAnswer): void => {
        clearTimeout(timer);
        this.worker.removeEventListener('message', hear);
        resolve(answer);
      };
      const hear = ({ data }: MessageEvent<PageAnswer | { kind?: undefined }>): void => {
        if (data.kind !== undefined) done(data);
      };
      const timer = setTimeout(() => {
        this.stop();
        done({ kind: 'broken', count: 0 });
      }, LIMIT_MS);
      this.worker.addEventListener('message', hear);
      this.worker.postMessage(bytes ? { ...message, bytes } : message, bytes ? [bytes] : []);
    });
  }
}
