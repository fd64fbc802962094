/** Built-in modules an author may require. All are pure computation; none reaches files, processes or the network. */
export const BUILTIN = new Set([
  'crypto',
  'util',
  'url',
  'querystring',
  'path',
  'buffer',
  'string_decoder',
  'assert',
  'events',
  'zlib',
]);
/** Packages that travel into the isolate when the code names them. */
export const PACKAGES = ['cheerio', 'dayjs', 'jmespath', 'lodash', 'luxon', 'moment', 'uuid'];

interface BuiltinHost {
  process?: { getBuiltinModule?(name: string): unknown };
}

/** `libraries`: the packages that are here. */
export function requireModule(libraries: { readonly [name: string]: unknown }): (name: unknown) => unknown {
  return (name) => {
    const bare = String(name).replace(/^node:/, '');
    if (Object.hasOwn(libraries, bare)) return libraries[bare];
    const found = BUILTIN.has(bare)
      ? (globalThis as BuiltinHost).process?.getBuiltinModule?.(`node:${bare}`)
      : undefined;
    if (found) return found;
    const hint = PACKAGES.includes(bare)
      ? 'Write its name as a plain string: packages are found by reading the code'
      : `Available: ${[...BUILTIN, ...PACKAGES].join(', ')}`;
    throw new Error(`Cannot find module '${bare}'. ${hint}`);
  };
}
