import type { JsonObject } from '../../core/data/item.ts';
import type { Run } from '../../core/engine/run.ts';
import type { Watcher } from '../../core/shard/ports.ts';
import type { Shard, StartRequest } from '../../core/shard/shard.ts';
import type { Addresses } from './addresses.ts';
import type { Journal } from './journal.ts';
import type { Programs } from './programs.ts';
import type { Refusal } from './protocol.ts';
import type { Views } from './views.ts';

/** What a part of the runner that takes calls uses of the whole. */
export interface Desk {
  readonly shard: Shard;
  readonly journal: Journal;
  readonly programs: Programs;
  readonly addresses: Addresses;
  readonly views: Views;
  /** Everything the shard does happens in a turn; what a turn decides is committed as one group. */
  turn(action: () => void): void;
  /** Undefined when one more run may start in this very turn; else to be waited for, and given to `admit`. */
  room(): Promise<boolean> | undefined;
  /** Why no more runs may start. `held`: what `room` said. */
  refusal(held: boolean): { ok: false; error: Refusal } | undefined;
  /** Starts, turning limits that are reached, and what a limit's expression throws, into a refusal. */
  admit(
    resolve: (outcome: { ok: false; error: Refusal }) => void,
    request: StartRequest,
    more: { watcher?: Watcher | undefined; held: boolean },
  ): { run: Run } | { duplicate: string } | undefined;
  /** Variables of the environment a version is in. */
  varsOf(version: string): JsonObject;
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

export const notFound = (): { ok: false; error: Refusal } => refuse(404, 'run-unknown', 'There is no such run.');
