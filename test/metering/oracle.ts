import { addCounts, type Counts, FLOWS, type UsageLine } from '../../core/quota/meters.ts';
import type { MeterStore } from '../../durable-objects/meter/store.ts';

/** What must have been counted: told of everything the moment it becomes durable, once, and never forgets. */
export class Oracle {
  readonly runs = new Map<number, number>();
  /** Starts and steps that were recorded, and reports of API calls. */
  events = 0;
  private readonly hourly = new Map<string, Counts>();

  recorded(lines: readonly UsageLine[]): void {
    for (const { hour, workflow, counts } of lines) {
      this.events += (counts.runs ?? 0) + (counts.steps ?? 0) + (counts.apiCalls === undefined ? 0 : 1);
      const key = `${hour} ${workflow}`;
      let sum = this.hourly.get(key);
      if (!sum) this.hourly.set(key, (sum = {}));
      addCounts(sum, counts);
    }
  }

  started(shard: number, runs: number): void {
    this.runs.set(shard, (this.runs.get(shard) ?? 0) + runs);
  }

  /** The first difference to what the meter counted, by hour and by day; undefined when there is none. */
  difference({ rollup }: MeterStore): string | undefined {
    const all = { from: 0, to: Number.MAX_SAFE_INTEGER };
    const left = new Map(this.hourly);
    const days = new Map<string, Counts>();
    for (const { at, workflow, counts } of rollup.rows({ table: 'hourly', ...all }, Number.MAX_SAFE_INTEGER)) {
      const key = `${at} ${workflow}`;
      const wrong = unlike(left.get(key) ?? {}, counts);
      if (wrong !== undefined) return `hour ${key}: ${wrong}`;
      left.delete(key);
      const day = `${Math.floor(at / 24)} ${workflow}`;
      const sum = days.get(day) ?? {};
      addCounts(sum, counts);
      days.set(day, sum);
    }
    const [missing] = left.keys();
    if (missing !== undefined) return `hour ${missing} was not counted`;
    for (const { at, workflow, counts } of rollup.rows({ table: 'daily', ...all }, Number.MAX_SAFE_INTEGER)) {
      const wrong = unlike(days.get(`${at} ${workflow}`) ?? {}, counts);
      if (wrong !== undefined) return `day ${at} ${workflow}: ${wrong}`;
      days.delete(`${at} ${workflow}`);
    }
    return days.size === 0 ? undefined : `${days.size} days were not counted`;
  }
}

function unlike(expected: Counts, counted: Counts): string | undefined {
  const flow = FLOWS.find((each) => (expected[each] ?? 0) !== (counted[each] ?? 0));
  return flow && `${flow} ${counted[flow]} instead of ${expected[flow] ?? 0}`;
}
