// What suites that run side by side all want built: once, before them, so that no test's patience goes into a build.
import { resolve } from 'node:path';
import { satelliteOptions } from './satellites/build.ts';
import { ensureCompiled } from './serve/compile.mjs';
import { ensureBuilt } from './setup/build.mjs';

const root = resolve(import.meta.dirname, '..');
ensureBuilt(root, process.execPath);
ensureCompiled(root, process.execPath);
await satelliteOptions(root);
