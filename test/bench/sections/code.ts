import { Agent, request } from 'node:http';
import { startCodeHost } from '../../../scripts/serve/code-host.ts';
import type { CodeLanguage } from '../../../workers/code-host/protocol.ts';
import { encodeCall } from '../../../workers/code-host/protocol.ts';
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
  execution: { id: 'r', mode: 'manual' },
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

async function timesOf(socket: string, agent: Agent, language: CodeLanguage): Promise<CodeTimes> {
  await call(socket, agent, language, 0);
  const first: number[] = [];
  for (let n = 1; n <= NEW_ISOLATES; n++) first.push(await call(socket, agent, language, n));
  const warm: number[] = [];
  for (let n = 0; n < WARM_CALLS; n++) warm.push(await call(socket, agent, language, 1));
  return { firstMs: round(median(first), 2), warmMs: round(median(warm), 2) };
}

/** A call of a new isolate, and of one that is there, as the executor makes them: over the code host's socket. */
async function run(context: BenchContext) {
  const host = await startCodeHost({ dataDir: context.folder('code'), onLog: (line) => context.say(`  ${line}`) });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const javascript = await timesOf(host.socket, agent, 'javascript');
    const python = await timesOf(host.socket, agent, 'python');
    return { results: { code: { javascript, python } } };
  } finally {
    agent.destroy();
    await host.stop();
  }
}

export const section: Section = { name: 'code', run };
