// Runs on Node 20 with nothing installed: only built-in modules here.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone } from './alone.mjs';
import { pack } from './pack.mjs';

const SOURCES = ['core', 'durable-objects', 'workers', 'web', 'sdk/client'];
const FILES = [
  'wrangler.toml',
  'vite.config.ts',
  'scripts/ascii-plugin.ts',
  'scripts/ssh2-plugin.ts',
  'scripts/satellites/list.ts',
  'scripts/aria-plugin.ts',
  'scripts/first-visit-plugin.ts',
  'scripts/setup/pack.mjs',
  'package-lock.json',
];
const NO_SOURCE = /\.test\.ts$|\.md$|tsconfig.*\.json$/;

function filesUnder(directory) {
  return readdirSync(directory, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.name.startsWith('.')) return [];
      return entry.isDirectory() ? filesUnder(path) : NO_SOURCE.test(entry.name) ? [] : [path];
    });
}

/** Hash of everything the build reads. Content, not times: a checkout touches every file. */
export function sourceHash(root) {
  const hash = createHash('sha1');
  const paths = [
    ...SOURCES.map((name) => join(root, name))
      .filter(existsSync)
      .flatMap(filesUnder),
    ...FILES.map((name) => join(root, name)),
  ];
  for (const path of paths) {
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

/** Builds with Vite when dist/ is missing or was made from other sources. Of two that want it one does it. */
export function ensureBuilt(root, node) {
  const stamp = join(root, 'dist/.sources');
  const hash = sourceHash(root);
  const isThere = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (isThere()) return;
  alone(join(root, 'node_modules/.cache/build.lock'), () => {
    if (isThere()) return;
    process.stderr.write('millrace: building…\n');
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const done = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      // a test's NODE_ENV would build the app with the slow React that checks itself
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (done.status !== 0) {
      process.stderr.write('millrace: the build failed; see above.\n');
      process.exit(1);
    }
    pack(join(root, 'dist/client'));
    writeFileSync(stamp, hash);
  });
}
