import { LUXON, PRELUDE } from './texts.generated.ts';
import { NAMES } from './prelude/names.ts';
import type { CodeCall } from './protocol.ts';

/** The part of the Worker Loader that we use. */
export interface CodeLoader {
  get(id: string, code: () => IsolateCode | Promise<IsolateCode>): { getEntrypoint(): unknown };
}

export interface IsolateCode {
  compatibilityDate: string;
  compatibilityFlags: string[];
  mainModule: string;
  modules: Record<string, { js: string } | { cjs: string }>;
  globalOutbound: null;
  env: Record<string, never>;
  limits?: { cpuMs: number; subRequests: number };
}

interface CodeEntrypoint {
  run(meta: string, items: string, nodes: string): Promise<string>;
}

const USES_DATES = /\$now|\$today|DateTime|Duration|Interval|luxon/;
const COMPATIBILITY_DATE = '2026-10-01';

const mainModule = (dates: boolean): string =>
  [
    `import { WorkerEntrypoint } from 'cloudflare:workers';`,
    `import { run } from './run.js';`,
    `import user from './code.cjs';`,
    dates ? `import * as luxon from './luxon.js';` : 'const luxon = undefined;',
    `export default class extends WorkerEntrypoint {`,
    `  run(meta, items, nodes) { return run(user, { meta, items, nodes }, luxon); }`,
    `}`,
  ].join('\n');

/**
 * The author's code as a module. CommonJS because n8n runs code in sloppy mode and much of it assigns undeclared
 * variables; an inner function so that `const items = …` may shadow our names. One line precedes the author's first.
 */
export const wrap = (code: string): string =>
  `module.exports = function (${NAMES.join(', ')}) { return (async function () {\n${code}\n}).call(this); };\n`;

/** A Worker that can compute and nothing else: no network, no bindings, no environment. */
export function isolateCode(code: string, cpuMs: number): IsolateCode {
  const dates = USES_DATES.test(code);
  const modules: IsolateCode['modules'] = { 'main.js': { js: mainModule(dates) }, 'code.cjs': { cjs: wrap(code) } };
  for (const [name, text] of Object.entries(PRELUDE)) modules[name] = { js: text };
  if (dates) modules['luxon.js'] = { js: LUXON };
  return {
    compatibilityDate: COMPATIBILITY_DATE,
    compatibilityFlags: ['nodejs_compat'],
    mainModule: 'main.js',
    modules,
    globalOutbound: null,
    env: {},
    // Enforced by Cloudflare only; self-hosted, the code host's supervisor kills what never yields.
    limits: { cpuMs, subRequests: 0 },
  };
}

const failureText = (code: string, name: string, message: string, line?: number): string =>
  JSON.stringify({ error: { code, name, message, ...(line === undefined ? {} : { line }) } });

/** A loader's start-up error as the author should read it. */
function startFailure(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (/would never generate a response/.test(text)) {
    return failureText('code-error', 'Error', 'The code waits for something that never happens');
  }
  const syntax = /(SyntaxError: [^\n]*)/.exec(text);
  const line = /code\.cjs:(\d+)/.exec(text);
  if (!syntax) return failureText('code-error', 'Error', text.slice(0, 500));
  const at = line ? Number(line[1]) - 1 : undefined;
  return failureText('code-error', 'SyntaxError', (syntax[1] ?? '').replace(/^SyntaxError: /, ''), at);
}

/** Runs one call in its isolate. Never throws: failures are JSON text like every answer. */
export async function runIsolated(loader: CodeLoader, call: CodeCall): Promise<string> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>((resolve) => {
    const message = `The code did not finish within ${call.limitMs} ms`;
    timer = setTimeout(() => resolve(failureText('code-timeout', 'TimeoutError', message)), call.limitMs);
  });
  try {
    // SAFETY: the entrypoint is the class that `mainModule` exports.
    const entry = loader.get(call.id, () => isolateCode(call.code, call.limitMs)).getEntrypoint() as CodeEntrypoint;
    return await Promise.race([entry.run(call.meta, call.items, call.nodes), late]);
  } catch (error) {
    return startFailure(error);
  } finally {
    if (timer !== undefined) clearTimeout(timer);
  }
}
