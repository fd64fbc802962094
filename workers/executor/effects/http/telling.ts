import { MAX_SAID_CHARS } from '../../../../core/chat/told.ts';
import { SpokenText } from '../../../../core/http/spoken.ts';
import type { Mask } from '../../credentials.ts';
import type { ExecutorPorts } from '../../ports.ts';

/** Told together: what looks on draws the whole again each time. */
const GATHER_MS = 120;

/** One answer, as far as it was read. */
interface Heard {
  spoken: SpokenText;
  mask: Mask | undefined;
  /** What may be seen of it; undefined once more was read. */
  shown: string | undefined;
}

/** What the requests of one effect read of their answers, told while they read. */
export class Telling {
  private readonly answers: (Heard | undefined)[] = [];
  private readonly tell: ExecutorPorts['tell'];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isGrown = false;
  private isOver = false;

  constructor({ tell }: Pick<ExecutorPorts, 'tell'>) {
    this.tell = tell;
  }

  /** Takes the pieces of one answer. What could be the beginning of a secret waits until it is known to be none. */
  listener(index: number, mask: Mask | undefined): (piece: Uint8Array, type: string) => void {
    const decoder = new TextDecoder();
    let heard: Heard | undefined;
    return (piece, type) => {
      heard ??= this.answers[index] = { spoken: new SpokenText(type), mask, shown: undefined };
      const { length } = heard.spoken.text;
      // what is more than a chat is told need not be understood yet
      if (length > MAX_SAID_CHARS) return;
      heard.spoken.push(decoder.decode(piece, { stream: true }));
      // services send comments to keep a connection open
      if (heard.spoken.text.length === length) return;
      heard.shown = undefined;
      this.grow();
    };
  }

  /** The answers are whole, or will not be: nothing is told any more. */
  end(): void {
    this.isOver = true;
    if (this.timer !== undefined) clearTimeout(this.timer);
  }

  private grow(): void {
    this.isGrown = true;
    if (!this.isOver) this.timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  /** The next comes once this one was taken: whoever is told sets the pace. */
  private async flush(): Promise<void> {
    this.isGrown = false;
    try {
      const texts = this.texts();
      if (texts.length > 0) await this.tell?.(texts);
    } catch {
      // nobody looks on any more; the step itself goes on
    }
    this.timer = undefined;
    if (this.isGrown) this.grow();
  }

  private texts(): string[] {
    const texts: string[] = [];
    let chars = 0;
    for (const heard of this.answers) {
      if (!heard) continue;
      heard.shown ??= shownOf(heard);
      if (heard.shown !== '') texts.push(heard.shown);
      if ((chars += heard.shown.length) > MAX_SAID_CHARS) break;
    }
    return texts;
  }
}

function shownOf({ spoken: { text }, mask }: Heard): string {
  return mask ? mask.growing(text) : text;
}

/** Several answers as a chat is told them: one after the other, and no more than it is told in the end. */
export const together = (texts: readonly string[]): string =>
  texts
    .filter((text) => text !== '')
    .join('\n\n')
    .slice(0, MAX_SAID_CHARS);
