import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Load {
  url: string;
  method: 'GET' | 'POST';
  body?: string;
  headers?: Record<string, string>;
  connections: number;
  seconds: number;
}

export interface Measured {
  requests: number;
  rps: number;
  /** Milliseconds; wrk back-fills, so trust p50 more than p99. */
  p50: number;
  p99: number;
  /** Refused, broken, timed out or not 2xx. */
  errors: number;
}

const REPORT = `done = function(s, l, r)
  local e = s.errors
  io.write(string.format("JSON{\\"requests\\":%d,\\"us\\":%d,\\"p50\\":%.3f,\\"p99\\":%.3f,\\"errors\\":%d}\\n",
    s.requests, s.duration, l:percentile(50) / 1000, l:percentile(99) / 1000,
    e.connect + e.read + e.write + e.status + e.timeout))
end`;

/** @throws Error with the way to get it when wrk is not installed. */
export function requireWrk(): void {
  if (spawnSync('wrk', ['-v']).error) {
    throw new Error('The load client wrk is missing. Install it: apt-get install wrk');
  }
}

/** Puts load on `url` for some seconds. Asynchronous, so that stubs in this process can answer meanwhile. */
export async function wrk(load: Load): Promise<Measured> {
  const dir = mkdtempSync(join(tmpdir(), 'wrk-'));
  const script = join(dir, 'load.lua');
  const body = join(dir, 'body');
  const lines = [`wrk.method = ${JSON.stringify(load.method)}`];
  for (const [name, value] of Object.entries(load.headers ?? {})) {
    lines.push(`wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`);
  }
  if (load.body !== undefined) {
    writeFileSync(body, load.body);
    lines.push(`local f = io.open(${JSON.stringify(body)}, "r"); wrk.body = f:read("*a"); f:close()`);
    lines.push('wrk.headers["content-type"] = "application/json"');
  }
  writeFileSync(script, [...lines, REPORT].join('\n'));
  const args = [
    '-t',
    '1',
    '-c',
    String(load.connections),
    '-d',
    `${load.seconds}s`,
    '--timeout',
    '30s',
    '-s',
    script,
    load.url,
  ];
  const child = spawn('wrk', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => (text += part));
  }
  await new Promise<void>((done, fail) => child.once('error', fail).once('close', () => done()));
  rmSync(dir, { recursive: true, force: true });
  const found = /JSON(\{.*\})/.exec(text)?.[1];
  if (found === undefined) throw new Error(`wrk said: ${text.slice(-500)}`);
  const { requests, us, p50, p99, errors } = JSON.parse(found) as Measured & { us: number };
  return { requests, rps: requests / (us / 1e6), p50, p99, errors };
}
