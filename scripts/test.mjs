// `npm test`: all of it, from a fresh clone, on Node 20 with nothing installed.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, modernNode } from './setup/install.mjs';
import { runUnder } from './setup/run-under.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../..');
ensureInstalled(root);
process.exit(await runUnder(modernNode(root), [resolve(root, 'scripts/test-all.ts'), ...process.argv.slice(2)]));
