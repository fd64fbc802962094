import type { Plugin } from 'vite';

/**
 * What react-aria asks of `Intl` while it loads, and the same asked for less: `supportedLocalesOf` and `maximize` have the
 * browser read all its languages, 50 ms of a first visit. Only that a language is well formed is wanted, and its direction.
 */
const ASKED: Readonly<Record<string, readonly [RegExp, string]>> = {
  'useDefaultLocale.mjs': [/Intl\.DateTimeFormat\.supportedLocalesOf\(\[\s*locale\s*\]\)/, 'new Intl.Locale(locale)'],
  'utils.mjs': [/new Intl\.Locale\(localeString\)\.maximize\(\)/, 'new Intl.Locale(localeString)'],
};
const MODULE = /\/react-aria\/dist\/private\/i18n\/(useDefaultLocale\.mjs|utils\.mjs)$/;

export const ariaPlugin: Plugin = {
  name: 'millrace-aria',
  transform(code, id) {
    const [, file = ''] = MODULE.exec(id) ?? [];
    const [asked, cheaper] = ASKED[file] ?? [];
    if (!asked || cheaper === undefined) return undefined;
    if (!asked.test(code)) this.error(`${file} of react-aria asks otherwise now: see what its first import costs`);
    return { code: code.replace(asked, cheaper), map: null };
  },
};
