import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { satellites } from '../satellites/list.ts';
import { seen } from './satellite-config.ts';
import { writePrivate } from './secrets.ts';

export interface PlanInput {
  root: string;
  worker: string;
  stateDir: string;
  configFile: string;
  egressAllow: string[];
  /** PEM. */
  trustedCertificates: string[];
  codeHostSocket: string;
  loopbackSocket: string;
  /** Unix sockets of satellites with a process of their own, by name of the Worker. */
  satelliteSockets: Record<string, string>;
  /** What its Workers find in their environment (deployment.ts). */
  deployment: Record<string, string>;
}

/** Where these scripts are; `root` is where the product is, which benches choose. */
const PROJECT = resolve(import.meta.dirname, '../..');
/** Names of the sockets, which are placed on the command line. */
export const SOCKETS = {
  main: 'main',
  control: 'control',
  database: (binding: string) => `database ${binding}`,
} as const;

/** Everything the configuration is made from: the bundle, these scripts, the exact Miniflare, the settings. */
function fingerprint(input: PlanInput): string {
  const hash = createHash('sha256').update(JSON.stringify(input));
  const inProduct = satellites(input.root).filter(({ hosting }) => hosting.process === 'product');
  const files = [
    ...[input.worker, ...inProduct.map(({ built }) => built)].flatMap((name) => {
      const built = join(input.root, 'dist', name);
      return readdirSync(built, { recursive: true, encoding: 'utf8' })
        .sort()
        .map((file) => join(built, file));
    }),
    ...readdirSync(import.meta.dirname)
      .sort()
      .map((file) => join(import.meta.dirname, file)),
    join(PROJECT, 'workers/executor/egress/address.ts'),
    ...['miniflare', 'workerd'].map((name) => join(input.root, 'node_modules', name, 'package.json')),
  ];
  for (const file of files) {
    if (statSync(file).isFile()) {
      hash.update(seen(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

/** Path of the workerd configuration, made anew when anything it depends on changed. Private: it holds secrets. */
export function ensurePlan(options: Omit<PlanInput, 'configFile'> & { runDir: string }): string {
  const { runDir, ...rest } = options;
  mkdirSync(runDir, { recursive: true, mode: 0o700 });
  const configFile = join(runDir, 'workerd.bin');
  const stamp = join(runDir, 'workerd.sha256');
  const wanted = fingerprint({ ...rest, configFile });
  if (existsSync(configFile) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return configFile;
  }
  const draft = `${configFile}.tmp`;
  rmSync(draft, { force: true });
  const done = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'plan.ts')],
    {
      input: JSON.stringify({ ...rest, configFile: draft } satisfies PlanInput),
      stdio: ['pipe', 2, 2],
    },
  );
  if (done.status !== 0 || !existsSync(draft) || statSync(draft).size === 0) {
    throw new Error('Could not make the workerd configuration; see above.');
  }
  renameSync(draft, configFile);
  writePrivate(stamp, wanted);
  return configFile;
}
