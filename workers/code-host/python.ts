import type { IsolateModules } from './isolate.ts';

const MAIN = `import { WorkerEntrypoint } from 'cloudflare:workers';
import { run } from './run.js';
import { loadMicroPython } from './micropython.js';
import wasm from './micropython.wasm';
import { BOOTSTRAP } from './bootstrap.js';
export default class extends WorkerEntrypoint {
  run(meta, items, nodes, code) { return run(code, { meta, items, nodes }, { load: loadMicroPython, wasm, bootstrap: BOOTSTRAP }); }
}
`;

let unpacked: ArrayBuffer | undefined;

/** The interpreter's WebAssembly; only an isolate made by the loader may turn bytes into a module. */
async function wasmBytes(packed: string): Promise<ArrayBuffer> {
  if (!unpacked) {
    const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    unpacked = await new Response(stream).arrayBuffer();
  }
  return unpacked;
}

/** An interpreter. Python is data to it, so all code of a tenant shares one isolate (python/run.ts keeps it apart). */
export async function pythonModules(): Promise<IsolateModules> {
  const { BOOTSTRAP, MICROPYTHON, RUN, WASM } = await import('./python/runtime.generated.ts');
  return {
    'main.js': { js: MAIN },
    'run.js': { js: RUN },
    'bootstrap.js': { js: `export const BOOTSTRAP = ${JSON.stringify(BOOTSTRAP)};` },
    'micropython.js': { js: MICROPYTHON },
    'micropython.wasm': { wasm: await wasmBytes(WASM) },
  };
}
