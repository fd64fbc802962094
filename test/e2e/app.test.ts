import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { findTool } from '../../scripts/system-tools.ts';
import type { Ready } from '../harness/launcher.ts';
import { Launcher, removeDataDir, temporaryDataDir } from '../harness/launcher.ts';

const executablePath = process.env['CHROMIUM'] ?? findTool('chromium') ?? findTool('google-chrome');
if (!executablePath) {
  console.warn('test/e2e/app: skipped, no Chromium (set CHROMIUM, or apt-get install chromium)');
}

describe.runIf(executablePath)('the start page', () => {
  const dataDir = temporaryDataDir();
  let launcher: Launcher;
  let ready: Ready;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    launcher = new Launcher({ dataDir });
    ready = await launcher.ready();
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
    page = await browser.newPage();
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  });
  afterAll(async () => {
    await browser?.close();
    await launcher?.stop();
    removeDataDir(dataDir);
  });

  it('asks for a key when it has none, and says so when it is no key', async ({ expect }) => {
    await page.goto(ready.url);
    await page.getByLabel('API key').fill('nonsense');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('status').textContent()).toContain('does not look like an API key');
  });

  it('takes the key from the link and hides it at once', async ({ expect }) => {
    await page.goto(`${ready.url}/#key=${ready.apiKey}`);
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
    expect(page.url()).toBe(`${ready.url}/`);
    expect(await page.getByLabel('Workflows').textContent()).toContain('Quick start');
    await page.reload();
    await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  });

  it('sends the first webhook and shows the run with its items', async ({ expect }) => {
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.getByText('Answered 200').waitFor();
    const steps = page.locator('#steps > li');
    await steps.first().waitFor();
    expect(await steps.count()).toBeGreaterThanOrEqual(2);
    await steps.first().locator('summary').click();
    expect(await steps.first().locator('pre').first().textContent()).toContain('the start page');
    expect(await page.getByLabel('Command').textContent()).toContain(ready.hookUrl);
  });

  it('shows runs that arrive from elsewhere, and opens one by keyboard', async ({ expect }) => {
    const before = await page.locator('#runs > li').count();
    const sent = await fetch(ready.hookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"markup":"<img src=x onerror=alert(1)>"}',
    });
    const run = sent.headers.get('x-millrace-run') ?? 'none';
    await page.waitForFunction((count) => document.querySelectorAll('#runs > li').length > count, before);
    await page.locator('#runs button').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: run }).waitFor();
    await page.locator('#steps summary').first().click();
    expect(await page.locator('#steps img').count()).toBe(0);
    expect(await page.locator('#steps pre').first().textContent()).toContain('<img src=x');
  });

  it('says what to do when the key is refused', async ({ expect }) => {
    await page.goto(`${ready.url}/#key=mr_local_${'A'.repeat(43)}`);
    await page.getByLabel('API key').waitFor();
    expect(await page.getByRole('status').textContent()).not.toBe('');
    await page.getByRole('heading', { name: 'Sign in with your API key' }).waitFor();
  });

  it('broke nothing on the way', ({ expect }) => {
    // The refused key is a 401, which the browser logs by itself.
    expect(faults.filter((text) => !text.includes('401'))).toEqual([]);
  });
});
