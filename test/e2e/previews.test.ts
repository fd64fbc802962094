import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { Canary } from '../harness/canary.ts';
import { WebApp } from '../harness/web-app.ts';
import { chain, code, hook, manual, node } from '../served/documents.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
  'base64',
);
/** Wants out of wherever it is shown, by every door at once. */
const SHARP =
  '<script>parent.alert(1);top.alert(1);alert(1)</script><img src=x onerror="alert(1)"><img src="//canary.invalid/i">' +
  '<link rel=stylesheet href="//canary.invalid/c"><meta http-equiv=refresh content="0;url=//canary.invalid/m">' +
  '<iframe src="javascript:top.alert(1)"></iframe><form action="//canary.invalid/f"><button>go</button></form>' +
  '<svg onload="alert(1)"></svg><a href="javascript:alert(1)" target=_top>out</a><base href="//canary.invalid/">';

const wave = (): Uint8Array<ArrayBuffer> => {
  const header = Buffer.alloc(44 + 800);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + 800, 4);
  header.write('WAVEfmt ', 8);
  [16, 0x1_0001, 8000, 8000, 0x8_0001].forEach((value, index) => header.writeUInt32LE(value, 16 + index * 4));
  header.write('data', 36);
  header.writeUInt32LE(800, 40);
  return new Uint8Array(header);
};

interface TestFile {
  name: string;
  type: string;
  content: string | Uint8Array<ArrayBuffer>;
}
const FILES: readonly TestFile[] = [
  { name: 'dot.png', type: 'image/png', content: new Uint8Array(PNG) },
  {
    name: 'draw.svg',
    type: 'image/svg+xml',
    content:
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" onload="alert(1)"><script>alert(1)</script>' +
      '<image href="https://canary.invalid/s"/><circle cx="20" cy="20" r="18" fill="teal"/></svg>',
  },
  { name: 'page.html', type: 'text/html', content: `<style>h1{color:rgb(1,2,3)}</style><h1>A page</h1>${SHARP}` },
  { name: 'read.md', type: 'text/markdown', content: `# A title\n\n- one\n\n[x](javascript:alert(1))\n\n${SHARP}` },
  { name: 'rows.csv', type: 'text/csv', content: `name,note\nAda,"<b>x</b>, y"\nBob,${'n'.repeat(30)}\n` },
  { name: 'data.json', type: 'application/json', content: '{"a":{"b":"<script>alert(1)</script>"}}' },
  { name: 'beep.wav', type: 'audio/wav', content: wave() },
  { name: 'not.png', type: 'image/png', content: SHARP },
  { name: 'bytes.pdf', type: 'application/pdf', content: '%PDF-1.4' },
];

/** A PDF of two pages, as browsers print it. */
async function twoPages(app: WebApp): Promise<Uint8Array<ArrayBuffer>> {
  const paper = await (await app.browser.newContext()).newPage();
  await paper.setContent('<h1>Invoice 18</h1><p style="break-before: page">Thank you for your order.</p>');
  return new Uint8Array(await paper.pdf({ format: 'A6' }));
}

/** A PDF of two pages, of which the second is not there. */
function halfPdf(): string {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Resources<<>>>>',
  ];
  const written = objects.map((object, index) => `${index + 1} 0 obj${object}endobj`).join('\n');
  return `%PDF-1.4\n${written}\ntrailer<</Root 1 0 R>>\n`;
}

describe.runIf(hasBrowser)('files of a run in the web app', () => {
  let app: WebApp;
  let canary: Canary;
  let run = '';

  beforeAll(async () => {
    app = await WebApp.open();
    canary = await Canary.on(app.page, app.ready.url);
    const id = await app.workflow(chain('Files', [hook('up'), node('same', 'no-op', 1)]));
    await app.api('POST', `/v1/workflows/${id}/publish`, {});
    const form = new FormData();
    for (const { name, type, content } of [
      ...FILES,
      { name: 'two.pages', type: 'application/pdf', content: await twoPages(app) },
      { name: 'half.there', type: 'application/pdf', content: halfPdf() },
    ]) {
      form.append(name.split('.')[1] ?? '', new File([content], name, { type }));
    }
    const response = await fetch(`${app.ready.url}/hooks/local/up`, { method: 'POST', body: form });
    run = response.headers.get('x-millrace-run') ?? '';
    await app.api('GET', `/v1/runs/${run}?wait=10s`);
  });
  afterAll(() => app?.close());

  it('shows each for what it is, and nothing of it runs or reaches out', { timeout: 120_000 }, async ({ expect }) => {
    const { page } = app;
    await page.goto(`${app.ready.url}/runs/${run}`);
    await page.getByRole('list', { name: 'Timeline' }).getByRole('button').last().click();
    await page.getByRole('radio', { name: 'Files' }).last().press('Enter');
    const rows = page.getByRole('list', { name: 'Result of same' }).getByRole('listitem');
    await rows.first().waitFor();
    await expect.poll(() => rows.count()).toBe(FILES.length + 2);
    const row = (name: string) => rows.filter({ hasText: name });
    for (const { name } of FILES) {
      await row(name).getByRole('button', { name: 'Preview' }).press('Enter');
    }
    const picture = row('dot.png').getByRole('img', { name: 'dot.png' });
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(2);
    const drawing = row('draw.svg').getByRole('img', { name: 'draw.svg' });
    await drawing.waitFor();
    await expect.poll(() => drawing.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(40);
    const inner = (name: string) => row(name).frameLocator('iframe').frameLocator('iframe');
    const heading = inner('page.html').getByRole('heading', { name: 'A page' });
    await heading.waitFor();
    await expect.poll(() => heading.evaluate((each) => getComputedStyle(each).color)).toBe('rgb(1, 2, 3)');
    await inner('read.md').getByRole('heading', { name: 'A title' }).waitFor();
    await row('rows.csv').getByRole('cell', { name: '<b>x</b>, y' }).waitFor();
    await row('data.json').getByText('"b": "<script>alert(1)</script>"').waitFor();
    await row('beep.wav').getByLabel('beep.wav').last().waitFor();
    await row('not.png').getByText('This is not what its type says').waitFor();
    await row('bytes.pdf').getByText('This is not what its type says').waitFor();
    await page.waitForTimeout(1_000);
    expect(canary.fired).toEqual([]);
    expect(await app.violations()).toEqual([]);
  });

  it('draws the pages of a PDF, and has their text for who does not see them', async ({ expect }) => {
    const { page } = app;
    const row = page.getByRole('listitem').filter({ hasText: 'two.pages' });
    await row.getByRole('button', { name: 'Preview' }).press('Enter');
    const first = row.getByRole('img', { name: 'two.pages, Page 1 of 2' });
    await first.waitFor();
    await row.getByText('Invoice 18').waitFor();
    // something is drawn on the paper
    const inked = await first.evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      return data.filter((value, index) => index % 4 === 0 && value < 100).length;
    });
    expect(inked).toBeGreaterThan(500);
    await row.getByRole('button', { name: 'Next page' }).press('Enter');
    await row.getByRole('img', { name: 'two.pages, Page 2 of 2' }).waitFor();
    await row.getByText('Thank you for your order.').waitFor();
    expect(canary.fired).toEqual([]);
    expect(await app.violations()).toEqual([]);
  });

  it('draws the pages of a PDF that can be drawn, beside one that cannot', async ({ expect }) => {
    const { page } = app;
    const row = page.getByRole('listitem').filter({ hasText: 'half.there' });
    await row.getByRole('button', { name: 'Preview' }).press('Enter');
    await row.getByRole('img', { name: 'half.there, Page 1 of 2' }).waitFor();
    await row.getByRole('button', { name: 'Next page' }).press('Enter');
    await row.getByText('This page cannot be drawn.').waitFor();
    await row.getByRole('button', { name: 'Previous page' }).press('Enter');
    await row.getByRole('img', { name: 'half.there, Page 1 of 2' }).waitFor();
    expect(await app.violations()).toEqual([]);
  });

  it('hands each over as it is, under its own name', async ({ expect }) => {
    const { page } = app;
    const row = page
      .getByRole('list', { name: 'Result of same' })
      .getByRole('listitem')
      .filter({ hasText: 'page.html' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      row.getByRole('button', { name: 'Download' }).press('Enter'),
    ]);
    expect(download.suggestedFilename()).toBe('page.html');
    expect(readFileSync(await download.path(), 'utf8')).toBe(FILES[2]?.content);
  });

  it('lists what code put where a file belongs', async ({ expect }) => {
    const { page } = app;
    const odd = '{ a: null, b: 7, c: "x", d: { id: "d", mimeType: 5, fileName: {}, sizeBytes: "much" } }';
    const id = await app.workflow(chain('Odd', [manual(), code('odd', `return [{ json: {}, binary: ${odd} }];`)]));
    await page.goto(`${app.ready.url}/runs/${await app.run(id)}`);
    await page.getByRole('list', { name: 'Timeline' }).getByRole('button').last().click();
    await page.getByRole('radio', { name: 'Files' }).last().press('Enter');
    const rows = page.getByRole('list', { name: 'Result of odd' }).getByRole('listitem');
    await rows.first().waitFor();
    await expect.poll(() => rows.count()).toBe(4);
    await expect.poll(() => rows.getByRole('button', { name: 'Download' }).count()).toBe(1);
  });

  it('draws HTML that an item holds as a field', async ({ expect }) => {
    const { page } = app;
    const id = await app.workflow(chain('Page', [node('Start', 'manual', 1, {}), node('same', 'no-op', 1, {})]));
    const made = await app.run(id, { input: [{ html: `<h1>Hello</h1>${SHARP}` }] });
    await page.goto(`${app.ready.url}/runs/${made}`);
    await page.getByRole('radio', { name: 'Rendered' }).last().press('Enter');
    await page.frameLocator('iframe').frameLocator('iframe').getByRole('heading', { name: 'Hello' }).waitFor();
    await page.waitForTimeout(1_000);
    expect(canary.fired).toEqual([]);
  });

  it('fires in the paper, too, when something does get through', async ({ expect }) => {
    const frame = app.page.frames().find((each) => each.url().endsWith('/paper'));
    await frame?.evaluate(() => alert('here'));
    await expect.poll(() => canary.fired).toEqual(['alert at /paper']);
  });
});
