/** Lets at most `limit` through at once, the others in order of arrival. */
export class Turnstile {
  limit: number;
  private inside = 0;
  private readonly queue: (() => void)[] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  async pass<T>(action: () => Promise<T>): Promise<T> {
    if (this.inside >= this.limit) await new Promise<void>((enter) => this.queue.push(enter));
    else this.inside++;
    try {
      return await action();
    } finally {
      // The place is handed on, so that nobody overtakes; a limit that shrank is reached as places are not.
      const next = this.inside <= this.limit ? this.queue.shift() : undefined;
      if (next) next();
      else this.inside--;
    }
  }
}
