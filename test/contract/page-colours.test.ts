import { describe, it } from 'vitest';
import { PAGE_COLOURS } from '../../web/areas/settings/parts/page-colours.ts';
import { STYLE } from '../../workers/pages/style.ts';

/** What the rules of one `:root` set, by name. */
const colours = (rules: string): Map<string, string> =>
  new Map([...rules.matchAll(/--([a-z-]+): (#[0-9a-f]{6})/g)].map(([, name = '', colour = '']) => [name, colour]));

describe('the preview of an organisation’s pages', () => {
  it('has the colours those pages have, by day and by night', ({ expect }) => {
    const [, day = '', night = ''] = STYLE.split(':root {');
    const [light, dark] = [day, night].map((rules) => colours(rules.slice(0, rules.indexOf('}'))));
    const shown = (theme: keyof typeof PAGE_COLOURS, page: Map<string, string> | undefined) =>
      Object.fromEntries(Object.keys(PAGE_COLOURS[theme]).map((name) => [name, page?.get(name)]));
    expect(PAGE_COLOURS.light).toEqual(shown('light', light));
    expect(PAGE_COLOURS.dark).toEqual(shown('dark', dark));
  });
});
