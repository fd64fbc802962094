// `npm run deploy`: builds and deploys to Cloudflare, satellites first: the product binds them.
// `-- --dry-run` bundles, shows the size of every Worker, and uploads nothing.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { satellites } from './satellites/list.ts';

/** Below the smallest limit Cloudflare has had for a Worker, compressed. */
const MAX_GZIP_KIB = 3 * 1024;

const root = resolve(import.meta.dirname, '..');
const dryRun = process.argv.includes('--dry-run');
const bin = (name: string): string => resolve(root, 'node_modules/.bin', name);

function step(command: string, args: string[]): string {
  const { status, stdout } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['inherit', 'pipe', 'inherit'],
    env: { ...process.env, CI: process.env['CI'] ?? '1', WRANGLER_SEND_METRICS: 'false' },
  });
  process.stdout.write(stdout);
  if (status !== 0) {
    process.exit(status ?? 1);
  }
  return stdout;
}

step(bin('vite'), ['build', '--logLevel', 'warn']);
const workers = [...satellites(root).map(({ built }) => built), 'millrace'].map((built) => {
  const config = ['-c', `dist/${built}/wrangler.json`];
  const bundled = step(bin('wrangler'), ['deploy', '--dry-run', ...config]);
  return { built, config, gzipKib: Number(/gzip: ([\d.]+) KiB/.exec(bundled)?.[1] ?? Number.NaN) };
});
for (const { built, gzipKib } of workers) {
  if (!(gzipKib < MAX_GZIP_KIB)) {
    console.error(`The bundle of ${built} is ${gzipKib} KiB compressed; the limit is ${MAX_GZIP_KIB}.`);
    process.exit(1);
  }
  console.log(`Bundle of ${built}: ${gzipKib} KiB compressed, limit ${MAX_GZIP_KIB}.`);
}
if (!dryRun) {
  step(bin('wrangler'), ['d1', 'migrations', 'apply', 'DB', '--remote', '-c', 'wrangler.toml']);
  for (const { config } of workers) {
    step(bin('wrangler'), ['deploy', ...config, ...process.argv.slice(2)]);
  }
}
