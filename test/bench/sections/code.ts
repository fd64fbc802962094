import { Agent, request } from 'node:http';
import type { CodeHost } from '../../../scripts/serve/code-host.ts';
import { startCodeHost } from '../../../scripts/serve/code-host.ts';
import type { CodeLanguage } from '../../../workers/code-host/protocol.ts';
import { encodeCall } from '../../../workers/code-host/protocol.ts';
import { cpuMsOf } from '../process-tree.ts';
import type { CodeTimes } from '../results.ts';
import { median, round } from '../results.ts';
import type { BenchContext, Section } from '../section.ts';

const NEW_ISOLATES = 25;
const WARM_CALLS = 300;

const META = JSON.stringify({
  mode: 'all',
  continueOnFail: false,
  runIndex: 0,
  nowMs: 0,
  zone: 'UTC',
  node: { id: 'n', name: 'Code', version: 2, parameters: {} },
  workflow: { id: 'w', name: 'W', active: true },
  execution: { id: 'r', mode: 'test' },
  runMode: 'manual',
  vars: {},
  previous: null,
});

const CODES: Record<CodeLanguage, (n: number) => string> = {
  javascript: (n) => `return [{ json: { n: ${n} } }] // ${n}`,
  python: (n) => `return [{"json": {"n": ${n}}}] # ${n}`,
};

/** Milliseconds of one call over a connection that stays open, and what it answered. */
function call(socketPath: string, agent: Agent, language: CodeLanguage, n: number): Promise<number> {
  const code = CODES[language](n);
  // Each an isolate of its own, as the first call of a tenant's Python is.
  const id = `bench:${language}:${n}`;
  const body = encodeCall({ id, language, code, meta: META, items: '[{"json":{}}]', nodes: '{}', limitMs: 10_000 });
  const from = performance.now();
  return new Promise((done, fail) => {
    const sent = request({ socketPath, agent, path: '/run', method: 'POST' }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (part: string) => (text += part));
      reply.on('end', () => {
        if (text === `{"value":[{"json":{"n":${n}}}]}`) done(performance.now() - from);
        else fail(new Error(`The code host answered ${text.slice(0, 300)}`));
      });
    });
    sent.on('error', fail);
    sent.end(body);
  });
}

interface Spent {
  ms: number;
  cpuMs: number;
}

async function spent(host: CodeHost, count: number, one: (n: number) => Promise<number>): Promise<Spent> {
  const times: number[] = [];
  const before = cpuMsOf(host.pid());
  for (let n = 1; n <= count; n++) times.push(await one(n));
  return { ms: round(median(times), 2), cpuMs: round((cpuMsOf(host.pid()) - before) / count, 2) };
}

async function timesOf(host: CodeHost, agent: Agent, language: CodeLanguage): Promise<CodeTimes> {
  await call(host.socket, agent, language, 0);
  const first = await spent(host, NEW_ISOLATES, (n) => call(host.socket, agent, language, n));
  const warm = await spent(host, WARM_CALLS, () => call(host.socket, agent, language, 1));
  return { firstMs: first.ms, warmMs: warm.ms, firstCpuMs: first.cpuMs, warmCpuMs: warm.cpuMs };
}

/** A call of a new isolate, and of one that is there, as the executor makes them: over the code host's socket. */
async function run(context: BenchContext) {
  const host = await startCodeHost({
    dataDir: context.folder('code'),
    onLog: (line) => context.say(`  ${line}`),
    // So many isolates would have it replaced in between.
    maxIdleRssBytes: Number.POSITIVE_INFINITY,
    maxBusyRssBytes: Number.POSITIVE_INFINITY,
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const javascript = await timesOf(host, agent, 'javascript');
    const python = await timesOf(host, agent, 'python');
    return { results: { code: { javascript, python } } };
  } finally {
    agent.destroy();
    await host.stop();
  }
}

export const section: Section = { name: 'code', run };
