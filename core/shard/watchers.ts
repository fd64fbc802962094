import type { Run } from '../engine/run.ts';
import type { HttpReply } from '../node/kit.ts';
import type { ShardPorts, Watcher } from './ports.ts';

/** Who wants to hear of which run. They are told only what is durable. */
export class Watchers {
  private readonly lists = new Map<string, Watcher[]>();
  private readonly ports: ShardPorts;

  constructor(ports: ShardPorts) {
    this.ports = ports;
  }

  add(run: string, watcher: Watcher): void {
    const list = this.lists.get(run);
    if (list) list.push(watcher);
    else this.lists.set(run, [watcher]);
  }

  drop(run: string): void {
    this.lists.delete(run);
  }

  /** A node replied; its step is appended right after this, in the same group. */
  replied(run: Run, reply: HttpReply): void {
    const fires = this.lists.get(run.id)?.filter((watcher) => watcher.reply);
    if (!fires || fires.length === 0) return;
    this.ports.afterCommit(() => {
      for (const watcher of fires) watcher.reply?.(reply);
    });
  }

  /** The run is at rest (Watcher). Each of them hears that once. */
  atRest(run: Run): void {
    const list = this.lists.get(run.id);
    if (!list) return;
    this.lists.delete(run.id);
    this.ports.afterCommit(() => {
      for (const watcher of list) watcher.rest?.(run);
    });
  }
}
