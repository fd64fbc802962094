import type { EndPage } from '../../core/forms/page.ts';
import { openFile } from '../hooks/files.ts';
import type { FilePlace } from '../hooks/files.ts';
import { rich } from './form.ts';
import { markup, type Html } from './html.ts';
import { pageResponse } from './layout.ts';

/** The name a query gives to the file of an ending, beside its page. */
const FILE_QUERY = 'file=1';

/**
 * The last page. Other addresses are reached by the page, not by a redirect: browsers hold a form's redirects to
 * `form-action`, which names this origin only.
 */
export async function endResponse(
  end: EndPage,
  { requestId, query, place }: { requestId: string; query: string; place: FilePlace },
): Promise<Response> {
  switch (end.kind) {
    case 'redirect':
      return leadAway(end.url, requestId);
    case 'text':
      return ownPage(end.html, requestId);
    case 'file': {
      if (query === FILE_QUERY) return fileResponse(end, requestId, place);
      const body = messageBody(
        end,
        markup`<p><a class="button" href="?${FILE_QUERY}">Download ${end.file.fileName ?? 'the file'}</a></p>`,
      );
      return pageResponse(
        { title: end.pageTitle ?? end.title, body, css: end.css, refresh: { seconds: 1, url: `?${FILE_QUERY}` } },
        requestId,
      );
    }
    default:
      return pageResponse({ title: end.pageTitle ?? end.title, body: messageBody(end), css: end.css }, requestId);
  }
}

function messageBody({ title, message }: { title: string; message: string }, more?: Html): Html {
  return markup`<main>
    <h1>${title}</h1>
    ${message !== '' && markup`<div class="lead">${rich(message)}</div>`}${more}
  </main>`;
}

function leadAway(url: string, requestId: string): Response {
  if (!/^https?:\/\//i.test(url)) {
    return pageResponse({ title: 'Done', body: messageBody({ title: 'Done', message: '' }) }, requestId);
  }
  const body = markup`<main>
    <h1>Going on…</h1>
    <p><a href="${url}" rel="noreferrer">Continue</a></p>
  </main>`;
  return pageResponse({ title: 'Going on', body, refresh: { seconds: 0, url } }, requestId);
}

/** The author's own page, as a stranger on this origin: no scripts, no forms, none of its rights. */
function ownPage(text: string, requestId: string): Response {
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

async function fileResponse(
  { file }: EndPage & { kind: 'file' },
  requestId: string,
  place: FilePlace,
): Promise<Response> {
  const body = await openFile(file.id ?? `data:${file.mimeType};base64,${file.data ?? ''}`, place);
  if (body === null) return failedResponse('The file is gone', requestId, 404);
  const name = encodeURIComponent(file.fileName ?? 'file').replaceAll("'", '%27');
  return new Response(body, {
    headers: {
      'content-type': file.mimeType,
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'x-request-id': requestId,
    },
  });
}

/** While the run works, or waits for somebody else: the page looks again by itself. */
export function workingResponse({ title, rests }: { title: string; rests?: true }, requestId: string): Response {
  if (rests) {
    const body = markup`<main>
      <h1>${title}</h1>
      <p role="status">We have your answers. It goes on when somebody else has done their part.</p>
      <p class="hint">You can close this page and come back to its address.</p>
    </main>`;
    return pageResponse({ title, body, refresh: { seconds: 30 } }, requestId);
  }
  const body = markup`<main aria-busy="true">
    <div class="progress" role="presentation"></div>
    <h1>${title}</h1>
    <p role="status">Working on it. This page goes on by itself.</p>
  </main>`;
  return pageResponse({ title: `${title}: working`, body, refresh: { seconds: 2 } }, requestId);
}

export function failedResponse(title: string, requestId: string, status = 200): Response {
  const body = markup`<main>
    <h1>${title}</h1>
    <p class="wrong" role="alert">
      There was a problem with this form. Try again later, or tell whoever sent you here.
    </p>
    <p class="hint">${requestId}</p>
  </main>`;
  return pageResponse({ title, body, status }, requestId);
}
