import type { Plugin } from 'vite';

/** Parts of ssh2 that a Worker cannot load, and what stands in for them: as if they were not installed. */
const ABSENT = [
  // Native modules; ssh2 does without them.
  /(^|\/)cpu-features(\/|$)/,
  /\.node$/,
];
/** WebAssembly made from bytes, for a cipher that workers/executor/ssh never offers. */
const POLY1305 = /\/crypto\/poly1305(\.js)?$/;

const [ABSENT_ID, POLY1305_ID] = ['\0ssh2-absent', '\0ssh2-poly1305'];

/** Makes ssh2 fit for the bundle. */
export const ssh2Plugin: Plugin = {
  name: 'millrace-ssh2',
  enforce: 'pre',
  resolveId(source, importer) {
    if (!importer?.includes('ssh2')) return undefined;
    if (POLY1305.test(source)) return POLY1305_ID;
    return ABSENT.some((pattern) => pattern.test(source)) ? ABSENT_ID : undefined;
  },
  transform(code, id) {
    // Where a Windows program would lie; a Worker has no folders.
    if (!id.endsWith('/ssh2/lib/agent.js')) return undefined;
    return { code: code.replaceAll('__dirname', '"/"'), map: null };
  },
  load(id) {
    if (id === ABSENT_ID) return `throw new Error('This module is native and is not in the bundle');`;
    if (id !== POLY1305_ID) return undefined;
    return `module.exports = async () => ({ _malloc: () => 0, cwrap: () => () => { throw new Error('not in the bundle'); } });`;
  },
};
