import type { IsolateModules } from './isolate.ts';
import { LIBRARIES, librariesOf } from './libraries.ts';
import { NAMES } from './prelude/names.ts';
import { PRELUDE } from './texts.generated.ts';

/**
 * The author's code as a module. CommonJS because n8n runs code in sloppy mode and much of it assigns undeclared
 * variables; an inner function so that `const items = …` may shadow our names. One line precedes the author's first.
 */
export const wrap = (code: string): string =>
  `module.exports = function (${NAMES.join(', ')}) { return (async function () {\n${code}\n}).call(this); };\n`;

const mainModule = (libraries: readonly string[]): string =>
  [
    `import { WorkerEntrypoint } from 'cloudflare:workers';`,
    `import { run } from './run.js';`,
    `import user from './code.cjs';`,
    ...libraries.map((name) => `import ${name} from './${name}.cjs';`),
    `const libraries = { ${libraries.join(', ')} };`,
    `export default class extends WorkerEntrypoint {`,
    `  run(meta, items, nodes, ask) { return run(user, { meta, items, nodes }, libraries, ask); }`,
    `}`,
  ].join('\n');

/** The author's code, what it reads from, and the packages it mentions. */
export async function javaScriptModules(code: string): Promise<IsolateModules> {
  const libraries = librariesOf(code);
  const modules: IsolateModules = {
    'main.js': { js: mainModule(libraries) },
    'run.js': { js: PRELUDE },
    'code.cjs': { cjs: wrap(code) },
  };
  for (const name of libraries) {
    const library = await LIBRARIES[name]?.load();
    if (library) modules[`${name}.cjs`] = { cjs: library.TEXT };
  }
  return modules;
}
