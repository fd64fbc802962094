#!/usr/bin/env node
// `npm start`: from a fresh clone to a running product. Works on Node 20 with nothing installed.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureCompiled } from './serve/compile.mjs';
import { ensureBuilt } from './setup/build.mjs';
import { ensureInstalled, modernNode } from './setup/install.mjs';
import { NODE_FLAGS, runUnder } from './setup/run-under.mjs';

const HELP = `Usage: npm start [-- --json]

  --json   print one JSON line {"url","tenant","apiKey","hookUrl"} when ready; everything else goes to stderr

Environment: PORT (8787; 0 takes a free one), HOST (127.0.0.1), DATA_DIR (./data),
  EGRESS_ALLOW (public,local,private): what workflows may reach: classes or CIDRs. Private and local only what a tenant lists
`;

const args = process.argv.slice(2);
const unknown = args.find((arg) => !['--json', '--help', '-h'].includes(arg));
if (unknown || args.includes('--help') || args.includes('-h')) {
  process.stdout.write(unknown ? `Unknown option ${unknown}\n\n${HELP}` : HELP);
  process.exit(unknown ? 2 : 0);
}

const parent = process.ppid;
const root = resolve(fileURLToPath(import.meta.url), '../..');
const resident = resolve(root, 'scripts/serve/resident.mjs');
ensureInstalled(root);
const node = modernNode(root);
ensureBuilt(root, node);
ensureCompiled(root, node);
if (process.ppid !== parent) {
  process.stderr.write('millrace: npm was stopped during the set-up, so nothing is served\n');
  process.exit(1);
}
// The launcher takes this process's place where Node can do that (22.15 and newer, not on Windows): one process less.
if (process.execve && process.platform !== 'win32') {
  process.execve(node, [node, ...NODE_FLAGS, resident, ...args], process.env);
}
process.exit(await runUnder(node, [resident, ...args]));
