import { readFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import { SOURCES, SOURCE_DIR } from './code-host-config.ts';

describe('the modules of the code host', () => {
  // One that is missing shows only when code is first run: the process does not start, and every call waits a minute.
  it.for(SOURCES)('%s finds what it imports', (name, { expect }) => {
    const text = readFileSync(new URL(name, SOURCE_DIR), 'utf8');
    const imports = [...text.matchAll(/^(?:import|export) (?!type )[^;'`]* from '(\.[^']+\.ts)';$/gm)].map(
      ([, specifier = '']) => new URL(specifier, new URL(name, SOURCE_DIR)).href.slice(SOURCE_DIR.href.length),
    );
    expect(SOURCES).toEqual(expect.arrayContaining(imports));
  });
});
