import type { Counts, UsageLine } from '../../core/quota/meters.ts';

const HOURS_PER_DAY = 24;

interface Row extends Record<string, SqlStorageValue> {
  at: number;
  workflow: string;
  runs: number;
  steps: number;
  cpu_us: number;
  egress_bytes: number;
  api_calls: number;
  ai_tokens: number;
}

export interface Slice {
  table: 'hourly' | 'daily';
  /** Hours or days since the epoch, half open. */
  from: number;
  to: number;
}

const SUMS = ['runs', 'steps', 'cpu_us', 'egress_bytes', 'api_calls', 'ai_tokens'] as const;
const TOTALS = SUMS.map((name) => `sum(${name}) AS ${name}`).join(', ');
const ADD = SUMS.map((name) => `${name} = ${name} + excluded.${name}`).join(', ');

/** Usage by hour and by day and workflow. Every statement on these two tables is here. */
export class Rollup {
  readonly #sql: Pick<SqlStorage, 'exec'>;
  constructor(sql: Pick<SqlStorage, 'exec'>) {
    this.#sql = sql;
  }

  add(lines: readonly UsageLine[]): void {
    const days = new Map<string, UsageLine>();
    for (const line of lines) {
      this.#upsert('hourly', line.hour, line);
      const day = Math.floor(line.hour / HOURS_PER_DAY);
      const name = `${day} ${line.workflow}`;
      const known = days.get(name);
      if (known) known.counts = summed(known.counts, line.counts);
      else days.set(name, { ...line, hour: day });
    }
    for (const line of days.values()) this.#upsert('daily', line.hour, line);
  }

  total({ table, from, to }: Slice, workflow?: string): Counts {
    const mine = workflow === undefined ? '' : ' AND workflow = ?';
    const query = `SELECT 0 AS at, '' AS workflow, ${TOTALS} FROM ${table} WHERE at >= ? AND at < ?${mine}`;
    const values = workflow === undefined ? [from, to] : [from, to, workflow];
    return countsOf(this.#sql.exec<Row>(query, ...values).one());
  }

  /** Sums by hour or day, oldest first. */
  series({ table, from, to }: Slice, limit: number, workflow?: string): { at: number; counts: Counts }[] {
    const mine = workflow === undefined ? '' : ' AND workflow = ?';
    const query = `SELECT at, '' AS workflow, ${TOTALS} FROM ${table} WHERE at >= ? AND at < ?${mine} GROUP BY at ORDER BY at LIMIT ?`;
    const values = workflow === undefined ? [from, to, limit] : [from, to, workflow, limit];
    const rows = this.#sql.exec<Row>(query, ...values).toArray();
    return rows.map((row) => ({ at: row.at, counts: countsOf(row) }));
  }

  rows({ table, from, to }: Slice, limit: number): { at: number; workflow: string; counts: Counts }[] {
    const query = `SELECT * FROM ${table} WHERE at >= ? AND at < ? ORDER BY at, workflow LIMIT ?`;
    const rows = this.#sql.exec<Row>(query, from, to, limit).toArray();
    return rows.map((row) => ({ at: row.at, workflow: row.workflow, counts: countsOf(row) }));
  }

  byWorkflow({ table, from, to }: Slice, sort: keyof Counts, limit: number): { workflow: string; counts: Counts }[] {
    const column = COLUMNS[sort];
    const query = `SELECT 0 AS at, workflow, ${TOTALS} FROM ${table} WHERE at >= ? AND at < ? AND workflow <> ''
      GROUP BY workflow ORDER BY sum(${column}) DESC, workflow LIMIT ?`;
    const rows = this.#sql.exec<Row>(query, from, to, limit).toArray();
    return rows.map((row) => ({ workflow: row.workflow, counts: countsOf(row) }));
  }

  dropBefore(table: Slice['table'], at: number): void {
    this.#sql.exec(`DELETE FROM ${table} WHERE at < ?`, at);
  }

  #upsert(table: Slice['table'], at: number, { workflow, counts }: UsageLine): void {
    this.#sql.exec(
      `INSERT INTO ${table} (at, workflow, ${SUMS.join(', ')}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (at, workflow) DO UPDATE SET ${ADD}`,
      at,
      workflow,
      counts.runs ?? 0,
      counts.steps ?? 0,
      counts.cpuUs ?? 0,
      counts.egressBytes ?? 0,
      counts.apiCalls ?? 0,
      counts.aiTokens ?? 0,
    );
  }
}

const COLUMNS = {
  runs: 'runs',
  steps: 'steps',
  cpuUs: 'cpu_us',
  egressBytes: 'egress_bytes',
  apiCalls: 'api_calls',
  aiTokens: 'ai_tokens',
} as const satisfies Record<keyof Counts, (typeof SUMS)[number]>;

const countsOf = (row: Row): Counts => ({
  runs: row.runs ?? 0,
  steps: row.steps ?? 0,
  cpuUs: row.cpu_us ?? 0,
  egressBytes: row.egress_bytes ?? 0,
  apiCalls: row.api_calls ?? 0,
  aiTokens: row.ai_tokens ?? 0,
});

function summed(a: Counts, b: Counts): Counts {
  const sum: Counts = { ...a };
  for (const flow of Object.keys(b) as (keyof Counts)[]) sum[flow] = (sum[flow] ?? 0) + (b[flow] ?? 0);
  return sum;
}
