// `npm test`: all of it, from a fresh clone, on Node 20 with nothing installed.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureCompiled } from './serve/compile.mjs';
import { ensureBuilt } from './setup/build.mjs';
import { ensureInstalled, modernNode } from './setup/install.mjs';
import { runUnder } from './setup/run-under.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../..');
ensureInstalled(root);
const node = modernNode(root);
// Before, since suites that start the product do so at the same time.
ensureBuilt(root, node);
ensureCompiled(root, node);
process.exit(await runUnder(node, [resolve(root, 'scripts/test-all.ts'), ...process.argv.slice(2)]));
