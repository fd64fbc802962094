/** Built-in modules an author may require. All are pure computation; none reaches files, processes or the network. */
const ALLOWED = new Set([
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

interface BuiltinHost {
  process?: { getBuiltinModule?(name: string): unknown };
}

export function requireModule(luxon: unknown): (name: string) => unknown {
  return (name) => {
    const bare = String(name).replace(/^node:/, '');
    if (bare === 'luxon' && luxon) return luxon;
    const found = ALLOWED.has(bare)
      ? (globalThis as BuiltinHost).process?.getBuiltinModule?.(`node:${bare}`)
      : undefined;
    if (!found) throw new Error(`Cannot find module '${bare}'. Available: ${[...ALLOWED, 'luxon'].join(', ')}`);
    return found;
  };
}
