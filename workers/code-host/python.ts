import type { IsolateModules } from './isolate.ts';

const MAIN = `import { WorkerEntrypoint } from 'cloudflare:workers';
import { run } from './run.js';
import { loadMicroPython } from './micropython.js';
import wasm from './micropython.wasm';
import { BOOTSTRAP, CODE } from './code.js';
export default class extends WorkerEntrypoint {
  run(meta, items, nodes) { return run(CODE, { meta, items, nodes }, { load: loadMicroPython, wasm, bootstrap: BOOTSTRAP }); }
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

/** The author's Python and an interpreter for it. */
export async function pythonModules(code: string): Promise<IsolateModules> {
  const { BOOTSTRAP, MICROPYTHON, MODULES, WASM } = await import('./python/runtime.generated.ts');
  const modules: IsolateModules = {
    'main.js': { js: MAIN },
    'code.js': {
      js: `export const BOOTSTRAP = ${JSON.stringify(BOOTSTRAP)};\nexport const CODE = ${JSON.stringify(code)};`,
    },
    'micropython.js': { js: MICROPYTHON },
    'micropython.wasm': { wasm: await wasmBytes(WASM) },
  };
  for (const [name, text] of Object.entries(MODULES)) modules[name] = { js: text };
  return modules;
}
