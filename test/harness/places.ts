import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';

const quoted = (path: string, pattern: RegExp): string[] =>
  [...readFileSync(resolve(import.meta.dirname, '../../web', path), 'utf8').matchAll(pattern)].map(
    ([, found = '']) => found,
  );

// Where one can be in the app, as its own sources name it: a test that goes everywhere misses no new place.
export const ROUTES = quoted('app/src/router.tsx', /path: '([^']+)'/g);
export const SECTIONS = quoted('areas/settings/sections.ts', /^ {4}id: '([^']+)'/gm);
export const DOORS = quoted('session/door-paths.ts', /'(\/[^']*)'/g);

/** Waits until nothing on the page says that it is still loading, in either language. */
export async function loaded(page: Page, path: string): Promise<void> {
  const waiting = page.getByRole('status').filter({ hasText: /^(Loading|Lädt)/ });
  // one stands there for good where it is shown itself
  await waiting.nth(path === '/design' ? 1 : 0).waitFor({ state: 'detached' });
}
