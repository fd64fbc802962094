import { afterEach, describe, it, vi } from 'vitest';
import type * as Place from './place.ts';

const ORIGIN = 'https://millrace.example';

/** What a page of the app that was opened at such an address knows of where somebody wants to go. */
async function openedAt(path: string): Promise<typeof Place> {
  vi.stubGlobal('location', new URL(path, ORIGIN));
  vi.resetModules();
  return import('./place.ts');
}
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe('where somebody wants to go who has to sign in', () => {
  it('goes along in the link of the mail, and is read out of it', async ({ expect }) => {
    const { confirmedPath } = await openedAt('/workflows/wf_1?a=b#node=hook');
    const link = confirmedPath('token');
    expect(link).toBe('/sign-in?verified=1&to=%2Fworkflows%2Fwf_1%3Fa%3Db%23node%3Dhook#invitation=token');
    expect((await openedAt(link)).wantedPath()).toBe('/workflows/wf_1?a=b#node=hook');
    expect((await openedAt('/')).confirmedPath(null)).toBe('/sign-in?verified=1');
    expect((await openedAt(`/runs?text=${'x'.repeat(500)}`)).confirmedPath(null)).toBe('/sign-in?verified=1');
  });

  it('is a page of this app, whoever wrote the link', async ({ expect }) => {
    const elsewhere = [
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '/.//evil.example',
      'javascript:alert(1)',
    ];
    for (const to of [...elsewhere, 'https://evil.example/', 'https://', '/sign-in', '/sign-up?a']) {
      const { wantedPath } = await openedAt(`/sign-in?to=${encodeURIComponent(to)}`);
      expect(wantedPath(), to).toBe('/');
    }
  });
});
