import type { Plugin } from 'vite';

/** Every other character, astral ones as the two halves that JavaScript counts them as. */
const OTHER = /[\u0080-\uffff]/g;

export const escaped = (code: string): string =>
  code.replace(OTHER, (half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * Writes a Worker's bundle in ASCII: V8 keeps a source with one other character in two bytes a character, which was
 * 2 MB of the product's memory. What no escape can stand for (String.raw) is refused.
 */
export const asciiPlugin: Plugin = {
  name: 'millrace-ascii',
  applyToEnvironment: ({ config }) => config.consumer === 'server',
  generateBundle(_, bundle) {
    for (const output of Object.values(bundle)) {
      if (output.type !== 'chunk') continue;
      const raw = /String\.raw`[^`]*[\u0080-\uffff]/.exec(output.code);
      if (raw) this.error(`${output.fileName} has ${raw[0].slice(0, 80)}: String.raw cannot be written in ASCII`);
      output.code = escaped(output.code);
    }
  },
};
