// The process that authors' code runs in during a local run; see code.ts. Prelude, packages and Python are those of the
// server's isolates, so everything means the same. Loaded by path: the SDK does not build on workers.
import { Script } from 'node:vm';
import { pathToFileURL } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import type { CodeRequest, WishAnswer } from './code.ts';

type UserCode = (...values: unknown[]) => Promise<unknown>;
interface Texts {
  meta: string;
  items: string;
  nodes: string;
}
type Ask = (request: string) => Promise<string>;
interface Prelude {
  run(user: UserCode, texts: Texts, libraries: object, ask: Ask): Promise<string>;
}
interface Libraries {
  LIBRARIES: Record<string, { load(): Promise<{ TEXT: string }> }>;
  librariesOf(code: string): string[];
}
interface Python {
  run(
    code: string,
    texts: Texts,
    runtime: { load: unknown; wasm: WebAssembly.Module; bootstrap: string },
  ): Promise<string>;
}
interface PythonTexts {
  MICROPYTHON: string;
  BOOTSTRAP: string;
  WASM: string;
}

const codeHost = pathToFileURL(process.argv[2] ?? '').href;
const load = async <T>(path: string): Promise<T> => (await import(new URL(path, codeHost).href)) as T;
const { run } = await load<Prelude>('prelude/run.ts');
const { NAMES } = await load<{ NAMES: readonly string[] }>('prelude/names.ts');
const { LIBRARIES, librariesOf } = await load<Libraries>('libraries.ts');
const { BUILTIN } = await load<{ BUILTIN: ReadonlySet<string> }>('prelude/modules.ts');

const send = process.send?.bind(process);
const onMessage = process.on.bind(process, 'message');
const builtin = process.getBuiltinModule.bind(process);

// What is left of `process` can neither signal other processes nor speak for this one.
Object.defineProperty(globalThis, 'process', {
  value: { getBuiltinModule: (name: string) => (BUILTIN.has(name.replace(/^node:/, '')) ? builtin(name) : undefined) },
});
// Requests go through the parent, as on a server through the executor: only where the node allows them.
for (const name of ['fetch', 'WebSocket', 'EventSource']) Reflect.deleteProperty(globalThis, name);

/** A package's CommonJS text, run. */
function moduleOf(text: string, filename: string): unknown {
  const module = { exports: {} };
  const wrapped = new Script(`(function (module, exports) {${text}\n})`, { filename }).runInThisContext() as (
    ...given: unknown[]
  ) => void;
  wrapped(module, module.exports);
  return module.exports;
}

const loaded = new Map<string, unknown>();
async function packagesOf(code: string): Promise<object> {
  const names = librariesOf(code);
  for (const name of names) {
    const library = LIBRARIES[name];
    if (library && !loaded.has(name)) loaded.set(name, moduleOf((await library.load()).TEXT, `${name}.cjs`));
  }
  return Object.fromEntries(names.map((name) => [name, loaded.get(name)]));
}

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

let wasm: WebAssembly.Module | undefined;
async function runPython(code: string, texts: Texts): Promise<string> {
  const { BOOTSTRAP, MICROPYTHON, WASM } = await load<PythonTexts>('python/runtime.generated.ts');
  const python = await load<Python>('python/run.ts');
  // The interpreter asks what kind of world it is in; an isolate is a worker.
  Object.defineProperty(globalThis, 'WorkerGlobalScope', { value: class {}, configurable: true });
  const loader = `data:text/javascript;base64,${Buffer.from(MICROPYTHON).toString('base64')}`;
  const { loadMicroPython } = (await import(loader)) as { loadMicroPython: unknown };
  wasm ??= new WebAssembly.Module(inflateRawSync(Buffer.from(WASM, 'base64')));
  return python.run(code, texts, { load: loadMicroPython, wasm, bootstrap: BOOTSTRAP });
}

const waiting = new Map<number, (answer: string) => void>();
let wishes = 0;
const ask: Ask = (request) => {
  const wish = wishes++;
  send?.({ wish, request });
  return new Promise((done) => waiting.set(wish, done));
};

async function runJavaScript(code: string, texts: Texts): Promise<string> {
  let user: UserCode;
  try {
    user = compile(code);
  } catch (error) {
    return syntaxError(error);
  }
  return run(user, texts, await packagesOf(code), ask);
}

onMessage(async (message: CodeRequest | WishAnswer) => {
  if ('wish' in message) {
    waiting.get(message.wish)?.(message.answer);
    waiting.delete(message.wish);
    return;
  }
  const { code, language, ...texts } = message;
  send?.(await (language === 'python' ? runPython(code, texts) : runJavaScript(code, texts)));
});
