import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a whole file or nothing, readable by its owner only. */
export function writePrivate(path: string, text: string): void {
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  renameSync(draft, path);
}

/** The deployment's key, and while it is being exchanged (`millrace vault rotate`) those before it. */
export interface DeploymentKeys {
  newest: string;
  old: string[];
}

/** The secrets of this deployment, the newest in the first line of its file: made once, 32 random bytes, base64url. */
export function deploymentKeys(dataDir: string): DeploymentKeys {
  const path = join(dataDir, 'deployment.key');
  if (!existsSync(path)) {
    writePrivate(path, randomBytes(32).toString('base64url'));
  }
  const [newest = '', ...old] = readFileSync(path, 'utf8').trim().split(/\s+/);
  if ([newest, ...old].some((key) => key.length < 32)) {
    throw new Error(`${path} is damaged: restore it from a backup. Without it stored credentials cannot be read.`);
  }
  return { newest, old };
}
