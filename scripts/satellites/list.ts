// Satellites: Workers of their own beside the product's (docs/design/satellites.md). Each is a folder under workers/
// with a wrangler.toml; nothing else lists them. Runs in the launcher: built-in modules only.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** How `npm start` runs one; `satellite.json` beside its wrangler.toml. Cloudflare has no use for it. */
interface Hosting {
  /**
   * product: in the product's workerd, loaded with it; it may bind D1, R2 and Queues, and be called by RPC.
   * own: in a workerd of its own that starts with the first call, called by `fetch`; no bindings but vars.
   */
  process: 'product' | 'own';
  /**
   * Of an own process: it belongs to the deployment as the product does, with its D1, its keys and settings and its two
   * ways out. Without it a process has no network, no storage and no secrets.
   */
  deployment?: boolean;
  /** Names are shortened too: for code that is mostly a library's. Each byte of a module costs three of memory. */
  minify?: boolean;
  /** Of an own process: without a call for so long it is given back. */
  idleMs?: number;
  /** Of an own process: silent for so long it is killed. */
  hangMs?: number;
}

export interface Satellite {
  /** Of its folder. */
  folder: string;
  /** Of its Worker: what a `[[services]]` entry names. */
  name: string;
  configPath: string;
  /** Its folder under dist/, as the Vite plugin names it. */
  built: string;
  hosting: Hosting;
}

/** Every satellite of the project, by name of its folder. @throws Error on a wrangler.toml without a name. */
export function satellites(root: string): Satellite[] {
  const workers = join(root, 'workers');
  if (!existsSync(workers)) return [];
  return readdirSync(workers)
    .sort()
    .filter((folder) => existsSync(join(workers, folder, 'wrangler.toml')))
    .map((folder) => {
      const configPath = join(workers, folder, 'wrangler.toml');
      const name = /^name\s*=\s*"([a-z0-9-]+)"/m.exec(readFileSync(configPath, 'utf8'))?.[1];
      if (name === undefined) throw new Error(`${configPath} has no name`);
      const hosting = join(workers, folder, 'satellite.json');
      return {
        folder,
        name,
        configPath,
        built: name.replaceAll('-', '_'),
        hosting: existsSync(hosting) ? (JSON.parse(readFileSync(hosting, 'utf8')) as Hosting) : { process: 'product' },
      };
    });
}
