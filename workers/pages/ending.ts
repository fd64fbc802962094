import type { EndPage } from '../../core/forms/page.ts';
import { openFile } from '../hooks/files.ts';
import type { FilePlace } from '../hooks/files.ts';
import { rich } from './form.ts';
import { markup, type Html } from './html.ts';
import { pageResponse } from './layout.ts';
import { type Reader, said } from './reader.ts';

/** The name a query gives to the file of an ending, beside its page. */
const FILE_QUERY = 'file=1';

/**
 * The last page. Other addresses are reached by the page, not by a redirect: browsers hold a form's redirects to
 * `form-action`, which names this origin only.
 */
export async function endResponse(
  end: EndPage,
  { reader, query, place }: { reader: Reader; query: string; place: FilePlace },
): Promise<Response> {
  switch (end.kind) {
    case 'redirect':
      return leadAway(end.url, reader);
    case 'text':
      return ownPage(end.html, reader);
    case 'file': {
      if (query === FILE_QUERY) return fileResponse(end, reader, place);
      const body = messageBody(
        end,
        reader,
        markup`<p><a class="button" href="?${FILE_QUERY}">${reader.words.download(end.file.fileName)}</a></p>`,
      );
      return pageResponse(
        { title: end.pageTitle ?? end.title, body, css: end.css, refresh: { seconds: 1, url: `?${FILE_QUERY}` } },
        reader,
      );
    }
    default:
      return pageResponse({ title: end.pageTitle ?? end.title, body: messageBody(end, reader), css: end.css }, reader);
  }
}

function messageBody({ title, message }: { title: string; message: string }, { words }: Reader, more?: Html): Html {
  return markup`<main>
    <h1>${title}</h1>
    ${message !== '' && markup`<div class="lead">${rich(said(words, message))}</div>`}${more}
  </main>`;
}

function leadAway(url: string, reader: Reader): Response {
  const { words } = reader;
  if (!/^https?:\/\//i.test(url)) {
    return pageResponse({ title: words.done, body: messageBody({ title: words.done, message: '' }, reader) }, reader);
  }
  const body = markup`<main>
    <h1>${words.goingOn}</h1>
    <p><a href="${url}" rel="noreferrer">${words.goOn}</a></p>
  </main>`;
  return pageResponse({ title: words.goingOn, body, refresh: { seconds: 0, url } }, reader);
}

/** The author's own page, as a stranger on this origin: no scripts, no forms, none of its rights. */
function ownPage(text: string, { requestId }: Reader): Response {
  return new Response(text, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; media-src https:; font-src https: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-request-id': requestId,
    },
  });
}

async function fileResponse({ file }: EndPage & { kind: 'file' }, reader: Reader, place: FilePlace): Promise<Response> {
  const body = await openFile(file.id ?? `data:${file.mimeType};base64,${file.data ?? ''}`, place);
  if (body === null) return failedResponse(reader.words.fileGone, reader, 404);
  const name = encodeURIComponent(file.fileName ?? 'file').replaceAll("'", '%27');
  return new Response(body, {
    headers: {
      'content-type': file.mimeType,
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'x-request-id': reader.requestId,
    },
  });
}

/** While the run works the page looks again by itself; while it waits for somebody else, which may take days, when asked. */
export function workingResponse({ title, rests }: { title: string; rests?: true }, reader: Reader): Response {
  const { words } = reader;
  if (rests) {
    const body = markup`<main>
      <h1>${title}</h1>
      <p role="status">${words.resting}</p>
      <p class="hint">${words.comeBack}</p>
      <p><a href="?">${words.lookAgain}</a></p>
    </main>`;
    return pageResponse({ title, body }, reader);
  }
  const body = markup`<main aria-busy="true">
    <div class="progress" role="presentation"></div>
    <h1>${title}</h1>
    <p role="status">${words.working}</p>
  </main>`;
  return pageResponse({ title: words.workingTitle(title), body, refresh: { seconds: 2 } }, reader);
}

export function failedResponse(title: string, reader: Reader, status = 200): Response {
  const body = markup`<main>
    <h1>${title}</h1>
    <p class="wrong" role="alert">${reader.words.failed}</p>
    <p class="hint">${reader.requestId}</p>
  </main>`;
  return pageResponse({ title, body, status }, reader);
}
