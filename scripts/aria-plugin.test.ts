import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'vitest';
import { ariaPlugin } from './aria-plugin.ts';

const FOLDER = resolve(import.meta.dirname, '../node_modules/react-aria/dist/private/i18n');
const { transform } = ariaPlugin as { transform: (code: string, id: string) => { code: string } | undefined };
const built = (file: string, code = readFileSync(`${FOLDER}/${file}`, 'utf8')) => {
  const failures: string[] = [];
  const changed = transform.call({ error: (text: string) => failures.push(text) } as never, code, `${FOLDER}/${file}`);
  return { code: changed?.code ?? '', failures };
};

describe('what react-aria asks of Intl while it loads', () => {
  it.for(['useDefaultLocale.mjs', 'utils.mjs'])('is asked for less in %s', (file, { expect }) => {
    const { code, failures } = built(file);
    expect(failures).toEqual([]);
    expect(code).not.toMatch(/supportedLocalesOf|maximize/);
    expect(code).toContain('new Intl.Locale(');
  });

  it('stops the build when the library asks otherwise', ({ expect }) => {
    expect(built('utils.mjs', 'Intl.Locale').failures).toHaveLength(1);
  });
});
