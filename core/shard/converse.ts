import type { Item } from '../data/item.ts';
import type { Run } from '../engine/run.ts';
import { placeOf } from '../environment/reference.ts';
import type { Program } from '../engine/program.ts';
import type { Watcher } from './ports.ts';
import type { Shard } from './shard.ts';

/** A message of a conversation. */
interface Spoken {
  program: Program;
  /** Id of the chat trigger. */
  node: string;
  session: string;
  /** Names the message, as idempotency keys do. */
  key: string;
  items: Item[];
}

/** Gives a message to the run of its session that waits for one. Undefined: none does, so it starts a run. */
export function converse(
  shard: Shard,
  { program, node, session, key, items }: Spoken,
  watcher?: Watcher,
): { run: Run } | { duplicate: string } | undefined {
  const place = placeOf(program.workflow, program.version);
  const name = `${place}:${key}`;
  const earlier = shard.ports.findKey(name);
  if (earlier !== undefined) return { duplicate: earlier };
  for (const run of shard.runs.values()) {
    const { start, active, program: own } = run;
    if (run.final || active?.state.kind !== 'wait' || active.state.signal !== 'chat') continue;
    if (start.node !== node || placeOf(own.workflow, own.version) !== place) continue;
    if (start.items[0]?.json.sessionId !== session) continue;
    shard.ports.putKey(name, run.id);
    if (watcher) shard.watch(run.id, watcher);
    shard.signal(run, items);
    return { run };
  }
  return undefined;
}
