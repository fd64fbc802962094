import { getDocument } from 'unpdf/pdfjs';
import type { PageAnswer, PdfMessage } from './pdf.ts';

/** A page of a metre is drawn less finely, so that no canvas is beyond memory. */
const MAX_PIXELS = 4_000_000;
const MAX_TEXT = 20_000;

/** What pdf.js draws on where there is no document. */
class Canvases {
  create(
    width: number,
    height: number,
  ): { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D | null } {
    const canvas = new OffscreenCanvas(width, height);
    return { canvas, context: canvas.getContext('2d') };
  }
  reset({ canvas }: { canvas: OffscreenCanvas }, width: number, height: number): void {
    canvas.width = width;
    canvas.height = height;
  }
  destroy({ canvas }: { canvas: OffscreenCanvas }): void {
    canvas.width = 0;
    canvas.height = 0;
  }
}

/** Its filters are SVG elements of a document; a page without them looks a little different, no more. */
class NoFilters {
  addFilter = (): string => 'none';
  addHCMFilter = this.addFilter;
  addAlphaFilter = this.addFilter;
  addLuminosityFilter = this.addFilter;
  addHighlightHCMFilter = this.addFilter;
  destroy(): void {}
}

let document: ReturnType<typeof getDocument>['promise'] | undefined;

function open(data: ArrayBuffer): ReturnType<typeof getDocument>['promise'] {
  return getDocument({
    data: new Uint8Array(data),
    // nothing of a stranger's file becomes code, and nothing is fetched for it
    isEvalSupported: false,
    useWasm: false,
    useWorkerFetch: false,
    // as lines: a worker has no fonts of its own
    disableFontFace: true,
    CanvasFactory: Canvases,
    FilterFactory: NoFilters,
  }).promise;
}

async function draw(number: number, width: number): Promise<PageAnswer> {
  const opened = await document;
  if (!opened) throw new Error('no document');
  const page = await opened.getPage(number);
  const natural = page.getViewport({ scale: 1 });
  const wanted = width / natural.width;
  const scale = Math.min(wanted, Math.sqrt(MAX_PIXELS / (natural.width * natural.height)));
  const viewport = page.getViewport({ scale });
  const canvas = new OffscreenCanvas(Math.max(1, Math.floor(viewport.width)), Math.max(1, Math.floor(viewport.height)));
  const canvasContext = canvas.getContext('2d') as unknown as CanvasRenderingContext2D;
  await page.render({ canvas: null, canvasContext, viewport }).promise;
  const { items } = await page.getTextContent();
  const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
  return {
    kind: 'page',
    count: opened.numPages,
    picture: await canvas.convertToBlob({ type: 'image/png' }),
    text: text.slice(0, MAX_TEXT),
  };
}

// pdf.js listens and writes on this scope, too, when it is in a worker: its messages have no `kind`
addEventListener('message', ({ data }: MessageEvent<PdfMessage>) => {
  if (data.kind !== 'draw') return;
  if (data.bytes) document = open(data.bytes);
  draw(data.page, data.width).then(
    (answer) => postMessage(answer),
    async (error: unknown) => {
      const isLocked = error instanceof Error && error.name === 'PasswordException';
      // one page that cannot be drawn says nothing about the others
      const count = (await document?.catch(() => undefined))?.numPages ?? 0;
      postMessage((isLocked ? { kind: 'locked' } : { kind: 'broken', count }) satisfies PageAnswer);
    },
  );
});
