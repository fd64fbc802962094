import type { CodeCall } from './protocol.ts';
import type { Ask } from './prelude/outside.ts';
import { javaScriptModules } from './javascript.ts';
import { mentionsNode } from './nodejs.ts';
import { pythonModules } from './python.ts';

/** The part of the Worker Loader that we use. */
export interface CodeLoader {
  get(id: string, code: () => IsolateCode | Promise<IsolateCode>): { getEntrypoint(): unknown };
}

export type IsolateModules = Record<string, { js: string } | { cjs: string } | { wasm: ArrayBuffer }>;

interface IsolateCode {
  compatibilityDate: string;
  compatibilityFlags: string[];
  mainModule: string;
  modules: IsolateModules;
  globalOutbound: null;
  env: Record<string, never>;
  limits?: { cpuMs: number; subRequests: number };
}

interface CodeEntrypoint {
  /** JavaScript takes `ask`; Python its code, which is no module. */
  run(meta: string, items: string, nodes: string, more?: Ask | string): Promise<string>;
}

/** On this date Node's API is there unless refused. */
const COMPATIBILITY_DATE = '2026-10-01';
const WITHOUT_NODE = ['no_nodejs_compat', 'no_nodejs_compat_v2'];
/** Of one call, where the platform counts it; self-hosted, the supervisor kills what never yields. */
const CPU_LIMIT_MS = 10_000;

/** Requests and files that one call may ask for. Code that needs more should be nodes. */
export const MAX_WISHES = 200;

/** A Worker that can compute and nothing else: no network, no bindings, no environment. `main.js` is its entrypoint. */
async function isolateCode({
  code,
  language,
  wishes,
}: Pick<CodeCall, 'code' | 'language' | 'wishes'>): Promise<IsolateCode> {
  return {
    compatibilityDate: COMPATIBILITY_DATE,
    // Python needs nothing of Node's, and would take the isolate for it.
    compatibilityFlags: language === 'javascript' && mentionsNode(code) ? [] : WITHOUT_NODE,
    mainModule: 'main.js',
    modules: await (language === 'python' ? pythonModules() : javaScriptModules(code)),
    globalOutbound: null,
    env: {},
    // Asking for a wish may count as one.
    limits: { cpuMs: CPU_LIMIT_MS, subRequests: wishes === undefined ? 0 : MAX_WISHES },
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
export async function runIsolated(loader: CodeLoader, call: CodeCall, ask?: Ask): Promise<string> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>((resolve) => {
    const message = `The code did not finish within ${call.limitMs} ms`;
    timer = setTimeout(() => resolve(failureText('code-timeout', 'TimeoutError', message)), call.limitMs);
  });
  try {
    // SAFETY: the entrypoint is the class that the main module exports.
    const entry = loader.get(call.id, () => isolateCode(call)).getEntrypoint() as CodeEntrypoint;
    const { meta, items, nodes } = call;
    const more = call.language === 'python' ? call.code : ask;
    // An absent function is no argument at all: a stub costs a session.
    const answer = more === undefined ? entry.run(meta, items, nodes) : entry.run(meta, items, nodes, more);
    return await Promise.race([answer, late]);
  } catch (error) {
    return startFailure(error);
  } finally {
    if (timer !== undefined) clearTimeout(timer);
  }
}
