import { replay } from '../../core/engine/replay.ts';
import type { Run } from '../../core/engine/run.ts';
import type { History } from './history.ts';
import type { Programs } from './programs.ts';
import { isLiveHead, type RunnerStore, type SegmentRow, type StoredHead } from './store.ts';

interface Restored {
  run: Run;
  row: SegmentRow;
  head: StoredHead;
}

/** Every run that was live when the object last stopped, rebuilt from its journal. */
export async function restoreRuns(deps: {
  store: RunnerStore;
  history: History;
  programs: Programs;
}): Promise<Restored[]> {
  const { store, history, programs } = deps;
  const live = store.liveSegments().flatMap((row) => row.heads.filter(isLiveHead).map((head) => ({ row, head })));
  if (live.length === 0) return [];
  const records = new Map<string, { last: number; parts: Parameters<History['resolve']>[0][] }>();
  for (const { head } of live) records.set(head.id, { last: head.last, parts: [] });
  const lastOf = new Map(live.map(({ head }) => [head.id, head.last]));
  // a stored head may lag behind: newer records are in open segments after the oldest head
  for (const { slot, records: found } of store.recordsAfter(Math.min(...live.map(({ head }) => head.last)))) {
    for (const record of found) {
      const own = records.get(record.r);
      if (!own || slot <= (lastOf.get(record.r) ?? 0)) continue;
      own.last = slot;
      own.parts.push(record.e);
    }
  }
  const settled = await Promise.allSettled(
    live.map(async ({ row, head }) => {
      const newer = records.get(head.id);
      const events = await history.events(head.id, head.last);
      for (const part of newer?.parts ?? []) events.push(...(await history.resolve(part)));
      const migrated = events.findLast((event) => event.t === 'migrate');
      const version = migrated?.t === 'migrate' ? migrated.version : head.version;
      const program = await programs.load({ workflow: head.workflow, version });
      if (!program) throw new Error(`Version ${version} of ${head.workflow}, on which ${head.id} runs, is missing.`);
      return { run: replay(head.id, program, events), row, head: { ...head, last: newer?.last ?? head.last } };
    }),
  );
  return settled.flatMap((result, index) => {
    if (result.status === 'fulfilled') return [result.value];
    // one unreadable journal must not keep the others from running; its head stays live, so it stays visible
    console.error(`cannot restore ${live[index]?.head.id}:`, result.reason);
    return [];
  });
}
