import type { JsonObject } from '../../core/data/item.ts';
import type { Run } from '../../core/engine/run.ts';
import type { Watcher } from '../../core/shard/ports.ts';
import type { Shard, StartRequest } from '../../core/shard/shard.ts';
import type { Journal } from './journal.ts';
import type { Programs } from './programs.ts';
import type { Refusal } from './protocol.ts';
import type { Holder } from './token.ts';

/** What a part of the runner that takes calls uses of the whole. */
export interface Desk {
  readonly shard: Shard;
  readonly journal: Journal;
  readonly programs: Programs;
  /** Everything the shard does happens in a turn; what a turn decides is committed as one group. */
  turn(action: () => void): void;
  /** Undefined when one more run may start in this very turn; else to be waited for, and given to `admit`. */
  room(): Promise<boolean> | undefined;
  /** Starts, turning limits that are reached, and what a limit's expression throws, into a refusal. */
  admit(
    resolve: (outcome: { ok: false; error: Refusal }) => void,
    request: StartRequest,
    more: { watcher?: Watcher | undefined; held: boolean },
  ): { run: Run } | { duplicate: string } | undefined;
  /** A run that is not in memory, rebuilt for reading. */
  past(run: string): Promise<Run | undefined>;
  /** Variables of the environment a version is in. */
  varsOf(version: string): JsonObject;
  /** The secret part of the address a run's forms lead to. */
  visitTokenOf(run: string): string;
  /** What somebody with this secret is to the run; undefined: nobody. */
  holderOf(run: string, token: string): Holder | undefined;
}

export const keyOf = (key: string | undefined): { key?: string } => (key === undefined ? {} : { key });

export const refuse = (
  status: number,
  code: string,
  message: string,
  hint?: string,
): { ok: false; error: Refusal } => ({
  ok: false,
  error: hint === undefined ? { status, code, message } : { status, code, message, hint },
});

export const notFound = (): { ok: false; error: Refusal } => refuse(404, 'run-not-found', 'There is no such run.');
