/** How often a waiting call looks for its answer. */
const POLL_MS = 2;

/**
 * Answers to what running code asked for. They arrive with requests of their own, and workerd lets no request wait for
 * a promise of another: so the text is put down here, and the call looks for it.
 */
export class Wishes {
  readonly #answers = new Map<string, Map<number, string>>();
  readonly #sleep: (ms: number) => Promise<void>;

  constructor(sleep: (ms: number) => Promise<void>) {
    this.#sleep = sleep;
  }

  open(call: string): void {
    this.#answers.set(call, new Map());
  }

  close(call: string): void {
    this.#answers.delete(call);
  }

  /** False when the call is gone. */
  put(call: string, wish: number, answer: string): boolean {
    return this.#answers.get(call)?.set(wish, answer) !== undefined;
  }

  /** @throws Error when the call was closed meanwhile. */
  async take(call: string, wish: number): Promise<string> {
    for (;;) {
      const answers = this.#answers.get(call);
      if (!answers) throw new Error('The call has ended');
      const answer = answers.get(wish);
      if (answer !== undefined) {
        answers.delete(wish);
        return answer;
      }
      await this.#sleep(POLL_MS);
    }
  }
}
