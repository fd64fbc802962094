import { type Browser, chromium, type Page } from 'playwright-core';
import { findTool } from '../../scripts/system-tools.ts';

const executablePath = process.env['CHROMIUM'] ?? findTool('chromium') ?? findTool('google-chrome');
if (!executablePath) {
  console.warn('tests in a browser: skipped, no Chromium (set CHROMIUM, or apt-get install chromium)');
}

/** Whether this machine has a browser; without one the tests that need it are skipped. */
export const hasBrowser = executablePath !== undefined;

/** `SLOWER=4 npm run test:e2e` shows which tests only pass because pages are quick. */
const SLOWER = Number(process.env['SLOWER'] ?? 1);

/** A page that is as slow as was asked for. */
export async function slowed(page: Page): Promise<void> {
  if (SLOWER <= 1) return;
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
