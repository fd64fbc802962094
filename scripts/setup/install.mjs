// Runs on Node 20 with nothing installed: only built-in modules here.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const packagesOf = (file) => Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages ?? {});

/** True when node_modules holds exactly the versions package-lock.json names (optional ones may be absent). */
function isInstalled(root) {
  const hidden = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(hidden) || !existsSync(join(root, 'node_modules/.bin/node'))) {
    return false;
  }
  const have = new Map(packagesOf(hidden));
  return packagesOf(join(root, 'package-lock.json')).every(
    ([path, wanted]) =>
      path === '' || wanted.link || (have.get(path)?.version ?? (wanted.optional && wanted.version)) === wanted.version,
  );
}

/** Installs what the lock names when it is not there. Progress goes to stderr: stdout may be someone's JSON. */
export function ensureInstalled(root) {
  if (isInstalled(root)) {
    return;
  }
  process.stderr.write('millrace: installing packages (npm ci), about half a minute…\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (done.status !== 0) {
    process.stderr.write(`millrace: npm ci failed (${done.error?.message ?? `exit ${done.status}`}); see above.\n`);
    process.exit(1);
  }
}

/** Path of the Node that runs TypeScript: the installed 24, or this one when it is new enough. */
export function modernNode(root) {
  const installed = join(root, 'node_modules/.bin/node');
  if (existsSync(installed) && spawnSync(installed, ['--version']).status === 0) {
    return installed;
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) {
    return process.execPath;
  }
  process.stderr.write(
    'millrace: node_modules/.bin/node is missing: the "node" package could not fetch its binary.\n' +
      '  Allow its install script (npm config: allowScripts) and run `npm ci` again, or use Node 24 or newer.\n',
  );
  process.exit(1);
}
