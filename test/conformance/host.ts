import type { Program } from '../../core/engine/program.ts';
import type { Run } from '../../core/engine/run.ts';
import { MemoryHost, type RunRequest } from '../../core/shard/memory-host.ts';
import type { Sleep } from '../../core/shard/virtual-clock.ts';
import { CodeRunner } from '../../sdk/cli/local/code.ts';
import { performer } from '../../sdk/cli/local/effects.ts';

const NO_NETWORK = (): Promise<Response> => Promise.reject(new Error('Cases run without a network.'));

/** What is due within this time is not worth a jump: an effect may still answer first. */
const REAL_MS = 5;

/**
 * Runs programs on the shard of a local run: authors' code and transforms are real, the network is not there, and
 * pauses take no time, unless an effect is under way.
 */
export class CaseHost {
  private readonly code = new CodeRunner(fetch);
  private readonly performing = performer({ send: NO_NETWORK, code: this.code });
  private skippedMs = 0;
  private underWay = 0;

  run(program: Program, request: RunRequest): Promise<Run> {
    const host = new MemoryHost({
      now: () => Date.now() + this.skippedMs,
      random: () => 0.5,
      sleep: this.sleep,
      load: () => undefined,
      perform: async ({ effect }) => {
        this.underWay++;
        try {
          return await this.performing(effect);
        } finally {
          this.underWay--;
        }
      },
    });
    return host.run(program, { mode: 'manual', ...request });
  }

  close(): void {
    this.code.close();
  }

  private readonly sleep: Sleep = (ms) => {
    let timer: NodeJS.Timeout | undefined;
    let isCanceled = false;
    const done = new Promise<void>((resolve) => {
      const skips = this.underWay === 0 && ms > REAL_MS;
      const pass = (): void => {
        if (skips && !isCanceled) this.skippedMs += ms;
        resolve();
      };
      timer = setTimeout(pass, skips ? 0 : Math.max(0, ms));
    });
    return {
      done,
      cancel: () => {
        isCanceled = true;
        clearTimeout(timer);
      },
    };
  };
}
