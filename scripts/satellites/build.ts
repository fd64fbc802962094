// Satellites as vitest needs them: built, beside the Worker under test, which the pool itself compiles.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cloudflare } from '@cloudflare/vite-plugin';
import { createBuilder } from 'vite';
import { type BuiltWorker, readBuild } from '../serve/worker-options.ts';
import { type Satellite, satellites } from './list.ts';
import { workerOptions } from './options.ts';

/** What a satellite may be made of (scripts/lint/layers.ts). */
const SOURCES = ['core', 'workers', 'package-lock.json', 'vite.config.ts'];

function sourceHash(root: string): string {
  const hash = createHash('sha1');
  for (const source of SOURCES.map((name) => join(root, name))) {
    const files = source.includes('.') ? [''] : readdirSync(source, { recursive: true, encoding: 'utf8' }).sort();
    for (const file of files) {
      if (file !== '' && (!/\.(ts|toml|wasm|ttf|json)$/.test(file) || file.endsWith('.test.ts'))) continue;
      hash
        .update(file)
        .update('\0')
        .update(readFileSync(join(source, file)));
    }
  }
  return hash.digest('hex');
}

/** Builds a satellite under node_modules/.cache unless it is there already. */
export async function builtSatellite(root: string, { configPath, built, folder }: Satellite): Promise<BuiltWorker> {
  const cache = join(root, 'node_modules/.cache/satellites');
  const hash = sourceHash(root);
  const stamp = join(cache, `${built}.sha1`);
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
    const builder = await createBuilder({
      configFile: false,
      root: join(root, 'workers', folder),
      logLevel: 'warn',
      plugins: [cloudflare({ configPath, persistState: false })],
      build: { outDir: join(cache, 'dist'), emptyOutDir: false },
    });
    await builder.buildApp();
    mkdirSync(cache, { recursive: true });
    writeFileSync(stamp, hash);
  }
  return readBuild(cache, built);
}

/** Miniflare's options of every satellite, to be run beside the product. */
export async function satelliteOptions(root: string): Promise<ReturnType<typeof workerOptions>[]> {
  const made = [];
  for (const satellite of satellites(root)) made.push(workerOptions(await builtSatellite(root, satellite)));
  return made;
}
