import { capture } from '../prelude/log.ts';
import { asFunction } from './indent.ts';

/** What we use of the package @micropython/micropython-webassembly-pyscript. */
export interface MicroPython {
  globals: { set(name: string, value: string): void; get(name: string): unknown };
  runPython(code: string): unknown;
}
type LoadMicroPython = (options: {
  heapsize: number;
  stdout(line: string): void;
  stderr(line: string): void;
  instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): void;
}) => Promise<MicroPython>;

interface PythonRuntime {
  load: LoadMicroPython;
  wasm: WebAssembly.Module;
  /** Text of bootstrap.py. */
  bootstrap: string;
}

/** Bytes of the first heap; it grows as needed, up to what one isolate may have. */
const HEAP_BYTES = 4 * 1024 * 1024;
/** Characters of JSON text a call may answer with. */
const MAX_OUTPUT_CHARS = 16 * 1024 * 1024;

/** An interpreter, and its memory as it was before the first call. */
interface Python {
  running: MicroPython;
  memory: WebAssembly.Memory;
  bytes: number;
  fresh: Uint8Array;
  /** What ran in it last. */
  code: string;
}

let python: Python | undefined;
let print: (line: string) => void = () => undefined;

/** Minutes from UTC to the zone's time at that moment. */
function offsetMinutes(zone: string, atMs: number): number {
  const name = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(atMs)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours, minutes] = /([+-])(\d+):(\d+)/.exec(name ?? '') ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** Up to the last word that is not 0. Most of the memory is, and looking at single bytes takes 100 ms. */
function usedBytes(buffer: ArrayBuffer): number {
  const words = new Uint32Array(buffer);
  let end = words.length;
  while (end > 0 && words[end - 1] === 0) end--;
  return end * 4;
}

/** Everything up to its use happens in one turn, so calls never meet half-way. */
async function start({ load, wasm, bootstrap }: PythonRuntime): Promise<Python> {
  let memory: WebAssembly.Memory | undefined;
  const running = await load({
    heapsize: HEAP_BYTES,
    stdout: (line) => print(line),
    stderr: (line) => print(line),
    instantiateWasm(imports, done) {
      const instance = new WebAssembly.Instance(wasm, imports);
      memory = Object.values(instance.exports).find((each) => each instanceof WebAssembly.Memory);
      done(instance);
    },
  });
  if (!memory) throw new Error('The interpreter shows no memory');
  running.runPython(bootstrap);
  const { buffer } = memory;
  return {
    running,
    memory,
    bytes: buffer.byteLength,
    fresh: new Uint8Array(buffer.slice(0, usedBytes(buffer))),
    code: '',
  };
}

/**
 * The tenant's interpreter as if no other code had run in it: all its state is its memory, so that is put back.
 * Starting another one takes ten times as long.
 */
async function pythonFor(code: string, runtime: PythonRuntime): Promise<MicroPython> {
  if (!python || python.memory.buffer.byteLength !== python.bytes) python = await start(runtime);
  else if (python.code !== code) {
    const all = new Uint8Array(python.memory.buffer);
    all.set(python.fresh);
    all.fill(0, python.fresh.length);
  }
  python.code = code;
  return python.running;
}

/** Runs the author's Python once; JSON text in, JSON text of a `CodeAnswer` out. Never throws. */
export async function run(
  code: string,
  texts: { meta: string; items: string; nodes: string },
  runtime: PythonRuntime,
): Promise<string> {
  const log = capture();
  let text: string;
  try {
    const running = await pythonFor(code, runtime);
    print = (line) => log.write(line);
    const meta = JSON.parse(texts.meta) as { zone: string; nowMs: number };
    const given = { code: asFunction(code), items: texts.items, nodes: texts.nodes };
    // Asking for the zone takes ten times as long as all the rest of a call.
    const offset = /_now|_today/.test(code) ? { offsetMinutes: offsetMinutes(meta.zone, meta.nowMs) } : {};
    for (const [name, value] of Object.entries({ ...given, meta: JSON.stringify({ ...meta, ...offset }) })) {
      running.globals.set(`_given_${name}`, value);
    }
    running.runPython('_answer_text = _run(_given_code, _given_meta, _given_items, _given_nodes)');
    text = String(running.globals.get('_answer_text'));
  } catch (error) {
    // Out of memory, or the interpreter itself broke: the next call starts a new one.
    python = undefined;
    const message = error instanceof Error ? error.message : String(error);
    return JSON.stringify({ error: { name: 'Error', message: `Python stopped: ${message}` } });
  }
  if (text.length > MAX_OUTPUT_CHARS) {
    const message = `The code returned ${text.length} characters; at most ${MAX_OUTPUT_CHARS} are allowed`;
    return JSON.stringify({ error: { code: 'code-output-too-large', name: 'Error', message } });
  }
  if (log.lines.length === 0) return text;
  return `${text.slice(0, -1)},"logs":${JSON.stringify(log.lines)}}`;
}
