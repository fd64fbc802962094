import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');

it('the app has the same content security policy here and on Cloudflare', ({ expect }) => {
  const [, here] = /"(default-src [^"]+)"/.exec(read('scripts/serve/host-worker.js')) ?? [];
  const [, there] = /Content-Security-Policy: (.+)/.exec(read('web/app/public/_headers')) ?? [];
  expect(here).toBeTruthy();
  expect(there).toBe(here);
});
