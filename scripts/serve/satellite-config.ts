import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuiltWorker } from './worker-options.ts';
import { modulesOf } from './worker-options.ts';

export const PROJECT = join(import.meta.dirname, '../..');
/** What stands before the satellite, project-relative; the main one first. */
export const DOOR = ['scripts/serve/door.ts', 'workers/code-host/gate.ts'];
/** What the writer is made of beside itself. */
const WRITTEN_WITH = ['scripts/serve/capnp.ts', 'scripts/serve/networks.ts', 'workers/executor/egress/address.ts'];
const WRITER = join(import.meta.dirname, 'satellite-modules.ts');

/** What the product has and a satellite in a process of its own may be given. */
export interface Deployment {
  /** Text bindings: keys and settings. */
  vars: Record<string, string>;
  /** What the second egress wall lets through (networks.ts). */
  egressAllow: string[];
  /** PEM. */
  trustedCertificates: string[];
  /** By database id: the unix socket at which the product answers for it. */
  databases: Record<string, string>;
}

export interface SatelliteModules {
  dir: string;
  socket: string;
  compatibilityDate: string;
  compatibilityFlags: string[];
  vars: Record<string, unknown>;
  /** Binding in the satellite, and where the product answers for it. */
  databases: { name: string; socket: string }[];
  /** Undefined: no network. */
  egressAllow?: string[];
  trustedCertificates?: string[];
  modules: { type: 'ESModule' | 'CompiledWasm'; path: string; name: string }[];
}

/** A file by what its folder says of it: what is read to be hashed stays in the launcher's memory. */
export function seen(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${path} ${size} ${mtimeMs}`;
}

/**
 * Path of workerd's configuration for a satellite with a process of its own, in `dir`, with a copy of its modules: what
 * runs later is what was built for this start. Written anew when something changed, in a process of its own, since
 * stripping types takes 30 MB that Node never gives back. @throws Error when that fails.
 */
export async function satelliteConfig(
  built: BuiltWorker,
  dir: string,
  socket: string,
  deployment?: Deployment,
): Promise<string> {
  mkdirSync(dir, { recursive: true });
  const { config } = built;
  const input: SatelliteModules = {
    dir,
    socket,
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: config.compatibility_flags ?? [],
    vars: { ...config.vars, ...deployment?.vars },
    databases: (config.d1_databases ?? []).map(({ binding, database_id: id }) => {
      const at = deployment?.databases[id];
      if (at === undefined) throw new Error(`${config.name} binds ${binding}, which its process does not have`);
      return { name: binding, socket: at };
    }),
    ...(deployment ? { egressAllow: deployment.egressAllow, trustedCertificates: deployment.trustedCertificates } : {}),
    modules: modulesOf(built).map(({ type, path }) => ({ type, path, name: path.slice(built.directory.length + 1) })),
  };
  const text = JSON.stringify(input);
  const hash = createHash('sha256').update(text).update(process.version);
  for (const path of [
    ...DOOR.map((name) => join(PROJECT, name)),
    WRITER,
    ...WRITTEN_WITH.map((name) => join(PROJECT, name)),
    ...input.modules.map((module) => module.path),
  ]) {
    hash.update('\0').update(seen(path));
  }
  const wanted = hash.digest('hex');
  const file = join(dir, 'config.capnp');
  const stamp = join(dir, 'config.sha256');
  if (existsSync(file) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return file;
  const writer = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', WRITER], {
    stdio: ['pipe', 2, 2],
  });
  writer.stdin?.end(text);
  const code = await new Promise((done) => {
    writer.on('exit', done);
    writer.on('error', done);
  });
  if (code !== 0) throw new Error(`Could not write the configuration (${String(code)}); see above.`);
  writeFileSync(stamp, wanted);
  return file;
}
