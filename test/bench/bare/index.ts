import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Launched } from '../launcher.ts';
import { launch, ROOT } from '../launcher.ts';

/** The bare Worker as `vite build` would have left it, so that the same launcher runs it with the same options. */
function layOut(root: string): void {
  const worker = join(root, 'dist/millrace');
  mkdirSync(worker, { recursive: true });
  mkdirSync(join(root, 'dist/client'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  copyFileSync(resolve(import.meta.dirname, 'worker.js'), join(worker, 'index.js'));
  const config = {
    name: 'bare',
    main: 'index.js',
    compatibility_date: '2026-10-01',
    assets: { directory: '../client' },
    durable_objects: { bindings: [{ name: 'BARE', class_name: 'Bare' }] },
    worker_loaders: [{ binding: 'LOADER' }],
  };
  writeFileSync(join(worker, 'wrangler.json'), JSON.stringify(config));
}

/** Starts the bare Worker; `folder` takes its files and data. */
export async function launchBare(folder: string): Promise<Launched> {
  const root = join(folder, 'root');
  layOut(root);
  return launch({ dataDir: join(folder, 'data'), script: resolve(import.meta.dirname, 'start.ts'), args: [root] });
}
