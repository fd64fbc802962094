// The process that authors' code runs in during a local run; see code.ts. Its prelude is the one of the server's
// isolates, so `$input`, `$('Node')` and the rest mean the same. Loaded by path: the SDK does not build on workers.
import { Script } from 'node:vm';
import { pathToFileURL } from 'node:url';
import type { CodeRequest } from './code.ts';

type UserCode = (...values: unknown[]) => Promise<unknown>;
interface Prelude {
  run(user: UserCode, texts: { meta: string; items: string; nodes: string }, luxon?: unknown): Promise<string>;
}

const prelude = pathToFileURL(process.argv[2] ?? '').href;
const { run } = (await import(new URL('run.ts', prelude).href)) as Prelude;
const { NAMES } = (await import(new URL('names.ts', prelude).href)) as { NAMES: readonly string[] };
const luxon = (await import('luxon')) as unknown;

const send = process.send?.bind(process);
const onMessage = process.on.bind(process, 'message');
const builtin = process.getBuiltinModule.bind(process);

// What is left of `process` can neither signal other processes nor speak for this one.
const SAFE = new Set([
  'crypto',
  'util',
  'url',
  'querystring',
  'path',
  'buffer',
  'string_decoder',
  'assert',
  'events',
  'zlib',
]);
Object.defineProperty(globalThis, 'process', {
  value: { getBuiltinModule: (name: string) => (SAFE.has(name.replace(/^node:/, '')) ? builtin(name) : undefined) },
});

/** One line precedes the author's first, as in the isolates: the prelude counts on it. */
function compile(code: string): UserCode {
  const text = `(function (${NAMES.join(', ')}) { return (async function () {\n${code}\n}).call(this); })`;
  return new Script(text, { filename: 'code.cjs' }).runInThisContext() as UserCode;
}

function syntaxError(error: unknown): string {
  const { name, message, stack } = error as Error;
  const line = Number(/code\.cjs:(\d+)/.exec(stack ?? '')?.[1] ?? 0) - 1;
  return JSON.stringify({ error: { name, message, ...(line >= 1 ? { line } : {}) } });
}

onMessage(async ({ code, meta, items, nodes }: CodeRequest) => {
  let user: UserCode;
  try {
    user = compile(code);
  } catch (error) {
    send?.(syntaxError(error));
    return;
  }
  send?.(await run(user, { meta, items, nodes }, luxon));
});
