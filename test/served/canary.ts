import { chain, hook, respond, set } from './documents.ts';
import { sleep } from './server.ts';
import type { Server } from './server.ts';

const PAUSE_MS = 25;

/** An innocent workflow of the same tenant, called all the time: what others do must not touch it. */
export class Canary {
  readonly server: Server;
  answered = 0;
  slowestMs = 0;
  readonly wrong: string[] = [];
  private singing = false;
  private song: Promise<void> = Promise.resolve();

  private constructor(server: Server) {
    this.server = server;
  }

  static async of(server: Server): Promise<Canary> {
    const polluted = '={{ ({}).polluted ?? ($json.polluted ?? "clean") }}';
    await server.publish(
      chain('Canary', [
        hook('canary', 'responseNode'),
        set('add', { sum: '={{ $json.body.n + 1 }}', polluted }),
        respond(),
      ]),
    );
    return new Canary(server);
  }

  async call(): Promise<void> {
    const n = ++this.answered;
    const startedAt = performance.now();
    const { status, json, text } = await this.server
      .hook('canary', { n })
      .catch((error: unknown) => ({ status: 0, json: undefined, text: String(error) }));
    this.slowestMs = Math.max(this.slowestMs, performance.now() - startedAt);
    if (status !== 200 || Number(json?.['sum']) !== n + 1 || json?.['polluted'] !== 'clean') {
      this.wrong.push(`${status} ${text.slice(0, 300)}`);
    }
  }

  /** Calls on and on while `work` goes on, and once before and after. @throws Error when one answer was wrong. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    await this.call();
    this.singing = true;
    this.song = this.sing();
    try {
      return await work();
    } finally {
      this.singing = false;
      await this.song;
      await this.call();
      const wrong = this.wrong.splice(0);
      // oxlint-disable-next-line no-unsafe-finally -- a wrong answer matters more than what the work said
      if (wrong.length > 0) throw new Error(`The canary was answered wrongly ${wrong.length} times: ${wrong[0]}`);
    }
  }

  private async sing(): Promise<void> {
    while (this.singing) {
      await this.call();
      await sleep(PAUSE_MS);
    }
  }
}
