export interface Row {
  rps: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** CPU of the whole process tree a request. */
  cpuMs: number;
  /** Against the hand-written Worker on the same launcher: one insert; W4: two commits and a call; W5: cached isolate. */
  ratioToBare: number;
}

/** Evaluations of one expression. */
interface ExpressionRate {
  /** A second of CPU, with fuel, limits and own-property reads on. */
  perSecond: number;
  timesJsonata: number;
  timesQuickjs: number;
}

/** `$json.a.b`, and `items.map(i => i.x * 2)` over 100 items. */
export interface ExpressionRates {
  path: ExpressionRate;
  map100: ExpressionRate;
}

/** Medians of one call over the code host's socket, milliseconds. */
export interface CodeTimes {
  /** Of a new isolate. */
  firstMs: number;
  warmMs: number;
  /** CPU of the code host, which other work on the machine does not hide. */
  firstCpuMs: number;
  warmCpuMs: number;
}

/** What one tenant's calls take, without and with another's flood; milliseconds. */
export interface Flooded {
  /** Calls of the other tenant, of each kind of phase. */
  samples: number;
  quietP50: number;
  noisyP50: number;
  quietP99: number;
  noisyP99: number;
  /** Promise P9: at most 1.5. The median of blocks of rounds, so that one slow write of the disk decides nothing. */
  p99Ratio: number;
  blockRatios: number[];
  /** Requests the noisy tenant wrote to its connections, answered or not: floods wait for their refusals. */
  offered: number;
  /** What it was answered, by status. */
  answers: Record<string, number>;
  /** CPU of the whole process tree a refusal. */
  refusalCpuMs: number;
}

/** One tenant at 100 times its quota beside another. */
interface Noisy extends Flooded {
  /** The same flood with a connection for each request, which no waiting slows: what answering every one costs the others. */
  open: Flooded;
}

/** One address under load. */
export interface ApiRate {
  rps: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** CPU of the whole process tree a request. */
  cpuMs: number;
}

/** Signing in with a password, one after the other; milliseconds. */
export interface SignIn {
  p50: number;
  p95: number;
  /** CPU of the whole process tree a sign-in. */
  cpuMs: number;
  /** CPU of the password's hash alone, by Node's library: workerd's is another. */
  hashCpuMs: number;
}

/** Medians of one page of the list of runs, milliseconds. `failed`, `text`, `nothing` look through all of them. */
interface RunList {
  runs: number;
  first: number;
  deep: number;
  waiting: number;
  failed: number;
  text: number;
  nothing: number;
}

/** One letter, milliseconds; what each says stands at `TypedKey`. */
export interface TypingNumbers {
  p50: number;
  p95: number;
  shownP50: number;
  shownP95: number;
  wholeP95: number;
}

/** The app in a browser; milliseconds, KB of gzip. */
export interface WebNumbers {
  initialKb: number;
  editorKb: number;
  /** With a processor four times slower, from the address to a page that answers. */
  interactiveMs: number;
  /** From the document's arrival to its cards, painted. */
  firstRenderMs: number;
  /** Moved and scaled without a pause, as the workflow opens. */
  fps: number;
  /** The same with all 1,000 cards in view. */
  fpsWhole: number;
  /** Beside 1,000 nodes: into a parameter, and into the step's name, which its card shows. */
  typing: Record<'parameter' | 'name', TypingNumbers>;
  /** From the end of a step on the server to its mark on the canvas. */
  liveMs: number;
}

export interface Results {
  web: WebNumbers;
  runList: RunList;
  /** `hello` without a key; `access` with a key that is known, without storage; `list` with one, reading the database. */
  api: Record<'hello' | 'access' | 'list', ApiRate>;
  signIn: SignIn;
  noisy: Noisy;
  code: { javascript: CodeTimes; python: CodeTimes };
  expression: ExpressionRates;
  /** Workload → connections → row. */
  workloads: Record<string, Record<string, Row>>;
  /** Rows written a run of W2, by connections. */
  rowsPerRun: Record<string, number>;
  /** Start on existing data to the first answered webhook. */
  coldStartMs: number;
  /** Resident memory of the idle process tree. */
  idleMb: number;
  /** Time of a step around the 10,000th against one around the 10th. */
  stepRatio: number;
  /** Rise of workerd's peak memory by one run of 10,000 items. */
  items10kMb: number;
}

const pad = (text: string | number, width: number): string => String(text).padStart(width);
const line = (label: string, value: string): string => `${label.padEnd(28)}${value}`;

/** For people. */
export function table(results: Partial<Results>): string {
  const lines: string[] = [];
  if (results.workloads) {
    lines.push(
      ['load', 'conns', 'req/s', 'p50 ms', 'p99 ms', 'CPU ms', '% of bare'].map((head) => pad(head, 10)).join(''),
    );
    for (const [name, rows] of Object.entries(results.workloads)) {
      for (const [connections, row] of Object.entries(rows)) {
        const cells = [name, connections, row.rps, row.p50, row.p99, row.cpuMs, Math.round(row.ratioToBare * 100)];
        lines.push(cells.map((cell) => pad(cell, 10)).join(''));
      }
    }
  }
  for (const [connections, rows] of Object.entries(results.rowsPerRun ?? {})) {
    lines.push(line(`rows a run, ${connections} connections`, String(rows)));
  }
  if (results.web) {
    const { initialKb, editorKb, interactiveMs, firstRenderMs, fps, fpsWhole, typing, liveMs } = results.web;
    lines.push(line('web: JavaScript', `${initialKb} KB at first, ${editorKb} KB with the editor`));
    lines.push(line('web: interactive, 4x slower', `${interactiveMs} ms`));
    lines.push(
      line(
        'web: 1,000 nodes',
        `${firstRenderMs} ms to the first drawing, ${fps} frames a second, ${fpsWhole} with all in view`,
      ),
    );
    for (const [into, { p50, p95, shownP95 }] of Object.entries(typing)) {
      lines.push(line(`web: a letter in a ${into}`, `${p50} ms, 95 % under ${p95} ms, shown in ${shownP95} ms`));
    }
    lines.push(line('web: a step done', `${liveMs} ms until it shows`));
  }
  if (results.coldStartMs !== undefined) lines.push(line('cold start', `${results.coldStartMs} ms`));
  if (results.idleMb !== undefined) lines.push(line('idle memory', `${results.idleMb} MB`));
  if (results.stepRatio !== undefined) lines.push(line('step 10,000 against step 10', `${results.stepRatio} times`));
  if (results.items10kMb !== undefined) lines.push(line('10,000 items, peak', `${results.items10kMb} MB`));
  if (results.noisy) {
    const shapes = { 'on 16 connections': results.noisy, 'a connection each': results.noisy.open };
    for (const [name, { samples, quietP99, noisyP99, p99Ratio, refusalCpuMs }] of Object.entries(shapes)) {
      const times = `p99 of ${samples} ${quietP99} ms, then ${noisyP99} ms: ${p99Ratio} times`;
      lines.push(line(`flood ${name}`, `${times}; a refusal CPU ${refusalCpuMs} ms`));
    }
  }
  for (const [name, { rps, p50, p99, cpuMs }] of Object.entries(results.api ?? {})) {
    lines.push(line(`api, ${name}`, `${rps} req/s, p50 ${p50} ms, p99 ${p99} ms, CPU ${cpuMs} ms`));
  }
  if (results.signIn) {
    const { p50, p95, cpuMs, hashCpuMs } = results.signIn;
    lines.push(
      line('sign-in', `p50 ${p50} ms, p95 ${p95} ms, CPU ${cpuMs} ms; the hash alone, in Node, ${hashCpuMs} ms`),
    );
  }
  if (results.runList) {
    const { runs, ...pages } = results.runList;
    const each = Object.entries(pages).map(([name, ms]) => `${name} ${ms} ms`);
    lines.push(line(`a page of ${runs} runs`, each.join(', ')));
  }
  for (const [name, times] of Object.entries(results.code ?? {}) as [string, CodeTimes][]) {
    lines.push(
      line(
        `code, ${name}`,
        `new isolate ${times.firstMs} ms (CPU ${times.firstCpuMs}), warm ${times.warmMs} ms (CPU ${times.warmCpuMs})`,
      ),
    );
  }
  for (const [name, row] of Object.entries(results.expression ?? {}) as [string, ExpressionRate][]) {
    const ratios = `${row.timesJsonata} × jsonata, ${row.timesQuickjs} × quickjs`;
    lines.push(line(`expression ${name}`, `${row.perSecond}/s of CPU, ${ratios}`));
  }
  return lines.join('\n');
}

/** Rounded to so many decimals, as a number. */
export const round = (value: number, decimals = 0): number => Number(value.toFixed(decimals));

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? 0) + high) / 2;
}
