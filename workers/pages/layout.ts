import { BRAND_MARK } from './brand.ts';
import { markup, type Html, trusted } from './html.ts';
import type { Reader } from './reader.ts';
import { safeCss, STYLE } from './style.ts';

interface PageParts {
  title: string;
  body: Html;
  status?: number;
  css?: string | undefined;
  /** Of the page, for search engines and previews. */
  description?: string;
  /** Looks again, or goes elsewhere, by itself: works without scripts. */
  refresh?: { seconds: number; url?: string };
  /** A script of ours, by its path on this origin. */
  script?: string;
  attribution?: boolean;
  /** Origins that may show it in a frame; nobody else may. */
  frames?: readonly string[];
  /** Its address is itself a secret: no page it leads to is told. */
  isSecret?: boolean;
}

/**
 * Headers of a page of ours. No script runs but ours, where there is one; forms post to this origin only. The referrer
 * stays, on this origin: browsers send `Origin: null` without it, and then nobody could tell our form from another's.
 */
function headersOf(nonce: string, { script, frames = [] }: PageParts, requestId: string): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': [
      "default-src 'none'",
      `style-src 'nonce-${nonce}'`,
      script !== undefined ? "script-src 'self'; connect-src 'self'" : "script-src 'none'",
      'img-src https: data:',
      'media-src https:',
      'frame-src https:',
      "form-action 'self'",
      "base-uri 'none'",
      `frame-ancestors ${frames.length > 0 ? frames.join(' ') : "'none'"}`,
    ].join('; '),
    'x-content-type-options': 'nosniff',
    ...(frames.length > 0 ? {} : { 'x-frame-options': 'DENY' }),
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  };
}

export function pageResponse(parts: PageParts, { requestId, words }: Reader): Response {
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const { title, description, refresh, css = '', script, body, attribution } = parts;
  const page = markup`<!doctype html>
    <html lang="${words.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        ${description !== undefined && description !== '' && markup`<meta name="description" content="${description.slice(0, 300)}" />`}
        ${refresh && markup`<meta http-equiv="refresh" content="${refresh.seconds}${refresh.url === undefined ? '' : `;url=${refresh.url}`}" />`}
        <title>${title}</title>
        <style nonce="${nonce}">
          ${trusted(STYLE + BRAND_MARK)}${trusted(safeCss(css))}
        </style>
        ${script !== undefined && markup`<script src="${script}" defer></script>`}
      </head>
      <body>
        ${body} ${attribution === true && markup`<footer>${words.runBy}</footer>`}
      </body>
    </html> `;
  const headers = headersOf(nonce, parts, requestId);
  if (parts.isSecret === true) headers['referrer-policy'] = 'no-referrer';
  return new Response(page.text, { status: parts.status ?? 200, headers });
}

export const seeOther = (url: string, { requestId }: Reader): Response =>
  new Response(null, {
    status: 303,
    headers: {
      location: url,
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-request-id': requestId,
    },
  });

/** A script of ours, for pages that work without. */
export const scriptResponse = (text: string, requestId: string): Response =>
  new Response(text, {
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=300',
      'x-request-id': requestId,
    },
  });
