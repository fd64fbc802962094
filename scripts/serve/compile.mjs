// Runs on Node 20: only built-in modules here.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Node keeps the launcher's modules stripped and compiled; a start without it holds 30 MB more for good. */
export const compileCache = (root) => join(root, 'node_modules/.cache/launcher');

/** Fills that folder in a process of its own when the launcher or Node changed. Only a help: failing is no matter. */
export function ensureCompiled(root, node) {
  const directory = compileCache(root);
  const stamp = join(directory, '.sources');
  const hash = createHash('sha1')
    .update(node)
    .update(String(statSync(node).mtimeMs));
  for (const name of readdirSync(import.meta.dirname).sort()) {
    if (name.endsWith('ts')) {
      hash
        .update(name)
        .update('\0')
        .update(readFileSync(join(import.meta.dirname, name)));
    }
  }
  const wanted = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  const script = join(import.meta.dirname, 'resident.mjs');
  const { status } = spawnSync(node, ['--disable-warning=ExperimentalWarning', script, '--compile'], {
    stdio: 'ignore',
  });
  try {
    mkdirSync(directory, { recursive: true });
    if (status === 0) writeFileSync(stamp, wanted);
  } catch {
    // A read-only installation: it works, larger.
  }
}
