import { type Browser, chromium } from 'playwright-core';
import { findTool } from '../../scripts/system-tools.ts';

const executablePath = process.env['CHROMIUM'] ?? findTool('chromium') ?? findTool('google-chrome');
if (!executablePath) {
  console.warn('tests in a browser: skipped, no Chromium (set CHROMIUM, or apt-get install chromium)');
}

/** Whether this machine has a browser; without one the tests that need it are skipped. */
export const hasBrowser = executablePath !== undefined;

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
