// Satellites as vitest needs them: built, beside the Worker under test, which the pool itself compiles.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cloudflare } from '@cloudflare/vite-plugin';
import { createBuilder } from 'vite';
import { readBuild, workerOptions } from '../serve/worker-options.ts';
import { satellites } from './list.ts';

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

/** Builds what is stale under node_modules/.cache; Miniflare's options of each, to be run beside the product. */
export async function satelliteOptions(root: string): Promise<ReturnType<typeof workerOptions>[]> {
  const cache = join(root, 'node_modules/.cache/satellites');
  const hash = sourceHash(root);
  const made = [];
  for (const { configPath, built, folder } of satellites(root)) {
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
    made.push(workerOptions(readBuild(cache, built)));
  }
  return made;
}
