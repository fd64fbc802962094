import { truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { CutProxy } from '../../harness/cut-proxy.ts';
import { violations } from '../../harness/web.ts';

interface World {
  url: string;
  browser: Browser;
  /** Of the workspace: for files to send. */
  dir: string;
  publish(workflow: object): Promise<unknown>;
  runs(workflow: string): Promise<{ id: string }[]>;
}

const MEGABYTE = 1024 * 1024;

/** A form that answers when a service has. */
const slowForm = (url: string): object => ({
  schema: 1,
  name: 'Slow',
  settings: {},
  notes: [],
  pinned: [],
  nodes: [
    {
      id: 'Form',
      name: 'Form',
      type: 'form-trigger',
      version: 2.3,
      position: [0, 0],
      parameters: {
        formTitle: 'Slow',
        responseMode: 'lastNode',
        options: { path: 'slow' },
        formFields: { values: [{ fieldLabel: 'Name' }] },
      },
    },
    { id: 'Ask', name: 'Ask', type: 'http-request', version: 4.2, position: [280, 0], parameters: { url } },
  ],
  edges: [{ from: { node: 'Form', port: 'main', index: 0 }, to: { node: 'Ask', port: 'main', index: 0 } }],
});

/** Forms with scripts: `expenses` and `all` of pages.test.ts. `world`: once it is there. */
export function uploadTests(world: () => World): void {
  let proxy: CutProxy;
  beforeAll(async () => {
    proxy = await CutProxy.to(world().url);
  });
  afterAll(() => proxy?.close());

  const open = async (path: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const page = await (await world().browser.newContext({ locale: 'en-GB', ...options })).newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(proxy.url + path);
    return page;
  };
  const file = (name: string, megabytes: number): string => {
    const path = join(world().dir, name);
    writeFileSync(path, '');
    truncateSync(path, megabytes * MEGABYTE);
    return path;
  };

  it(
    '[PAG20] keeps what was typed over a reload, page after page, by keyboard',
    { timeout: 60_000 },
    async ({ expect }) => {
      const page = await open('/forms/local/expenses');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Ada');
      await page.keyboard.press('Tab');
      await page.keyboard.type('12.5');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await page.reload();
      await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('Ada');
      await expect.poll(() => page.getByLabel('Amount').inputValue()).toBe('12.5');
      await expect.poll(() => page.getByLabel('Travel').isChecked()).toBe(true);
      await page.getByLabel('Name').press('Enter');
      await page.getByRole('heading', { name: 'Thanks so far, Ada' }).waitFor();
      await page.getByLabel('Why').focus();
      await page.keyboard.type('a train');
      await page.reload();
      await expect.poll(() => page.getByLabel('Why').inputValue()).toBe('a train');
      await page.keyboard.press('Tab');
      for (let presses = 0; presses < 4; presses++) {
        if ((await page.locator(':focus').textContent())?.trim() === 'Submit') break;
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('Enter');
      await page.getByText('Ada: 12.5 for a train').waitFor();
      const again = await open('/forms/local/expenses');
      await expect.poll(() => again.getByLabel('Name').inputValue()).toBe('');
      await again.getByLabel('Name').fill('Bob');
      await again.goto(`${proxy.url}/forms/local/expenses?Name=Eve`);
      await expect.poll(() => again.getByLabel('Name').inputValue()).toBe('Eve');
      await page.context().close();
      await again.context().close();
    },
  );

  it('[PAG20] keeps files and passwords when an answer is wrong', { timeout: 60_000 }, async ({ expect }) => {
    const page = await open('/forms/local/all', { locale: 'de-DE' });
    await page.getByLabel('Name').fill('Grace');
    await page.getByLabel('Word').fill('canary-word');
    await page.getByLabel('Papers').setInputFiles(file('note.txt', 1));
    await page.getByRole('button', { name: 'Absenden' }).click();
    await page.getByRole('alert').waitFor();
    await expect.poll(() => page.locator(':focus').getAttribute('class')).toBe('summary');
    expect(await page.getByText('Dateien müssen erneut ausgewählt werden.').count()).toBe(0);
    await expect.poll(() => page.getByLabel('Word').inputValue()).toBe('canary-word');
    await expect
      .poll(() => page.getByLabel('Papers').evaluate((input: HTMLInputElement) => input.files?.[0]?.name))
      .toBe('note.txt');
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('canary');
    await page.getByLabel('Post').check();
    await page.getByRole('button', { name: 'Absenden' }).click();
    await page.getByText('Ihre Antworten sind da.').waitFor();
    await page.context().close();
  });

  it(
    '[PAG20] shows how far a large file is, and loses nothing with the connection',
    { timeout: 120_000 },
    async ({ expect }) => {
      const before = (await world().runs('Expenses')).length;
      const page = await open('/forms/local/expenses');
      await page.getByLabel('Name').fill('Ada');
      await page.getByLabel('Receipt').setInputFiles(file('scan.pdf', 16));
      proxy.stallAfter(6 * MEGABYTE);
      await page.getByRole('button', { name: 'Submit' }).click();
      await page.getByText(/^Sending… [1-9]\d? %$/).waitFor();
      const bar = page.getByRole('progressbar', { name: 'Sending…' });
      await expect.poll(() => bar.isVisible()).toBe(true);
      expect(await violations(page)).toEqual([]);
      const pictures = process.env['SCREENSHOTS'];
      if (pictures) await page.screenshot({ path: `${pictures}/form, sending.png` });
      proxy.cut(true);
      await page.getByText('Everything is still here: send it again.').waitFor();
      proxy.mend();
      proxy.stallAfter(4 * MEGABYTE);
      await page.getByRole('button', { name: 'Submit' }).click();
      await bar.waitFor();
      await page.getByRole('button', { name: 'Stop sending' }).click();
      await page.getByText('Nothing was sent. Everything is still here.').waitFor();
      proxy.mend();
      await page.getByRole('button', { name: 'Submit' }).click();
      await page.getByRole('heading', { name: 'Thanks so far, Ada' }).waitFor({ timeout: 60_000 });
      expect(await world().runs('Expenses')).toHaveLength(before + 1);
      await page.context().close();
    },
  );

  it('[PAG20] says that it is worked on while the answer takes its time', { timeout: 60_000 }, async ({ expect }) => {
    let answer = (): void => undefined;
    const isDone = new Promise<void>((done) => (answer = done));
    const service = createServer((_, response) => void isDone.then(() => response.end('{"price":7}')));
    await new Promise<void>((done) => service.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/`;
    await world().publish(slowForm(url));
    const page = await open('/forms/local/slow');
    await page.getByLabel('Name').fill('Ada');
    // the server itself says after ten seconds that it works on it: with a page of its own
    proxy.holdAnswers();
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.locator('#sending').getByText('Working on it.').waitFor();
    expect(await page.getByRole('button', { name: 'Stop sending' }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    answer();
    proxy.mend();
    await page.getByText('Your response has been recorded').waitFor();
    await page.context().close();
    service.close();
  });

  it('[PAG20] says before sending that files are too large', { timeout: 60_000 }, async ({ expect }) => {
    const page = await open('/forms/local/expenses');
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('Receipt').setInputFiles(file('huge.bin', 65));
    let posts = 0;
    page.on('request', (request) => void (request.method() === 'POST' && posts++));
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('The files are too large: 64 MB together at most.').waitFor();
    expect(posts).toBe(0);
    await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('Ada');
    await page.context().close();
  });
}
