import { addCounts, type Counts, type UsageLine } from './meters.ts';

/** Sums usage by hour and workflow. Names may be anything, `__proto__` too. */
export class Tally {
  private readonly hours = new Map<number, Map<string, Counts>>();

  get empty(): boolean {
    return this.hours.size === 0;
  }

  add(hour: number, workflow: string, counts: Counts): void {
    let byWorkflow = this.hours.get(hour);
    if (!byWorkflow) this.hours.set(hour, (byWorkflow = new Map()));
    const sum = byWorkflow.get(workflow);
    if (sum) addCounts(sum, counts);
    else byWorkflow.set(workflow, { ...counts });
  }

  addAll(lines: readonly UsageLine[]): void {
    for (const { hour, workflow, counts } of lines) this.add(hour, workflow, counts);
  }

  /** Takes everything out, oldest hour first. */
  take(): UsageLine[] {
    const lines = this.lines();
    this.hours.clear();
    return lines;
  }

  lines(): UsageLine[] {
    return [...this.hours]
      .sort(([a], [b]) => a - b)
      .flatMap(([hour, byWorkflow]) => [...byWorkflow].map(([workflow, counts]) => ({ hour, workflow, counts })));
  }
}

export const runsIn = (lines: readonly UsageLine[]): number =>
  lines.reduce((sum, { counts }) => sum + (counts.runs ?? 0), 0);
