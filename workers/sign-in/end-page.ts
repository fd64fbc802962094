import { markup } from '../pages/html.ts';
import { pageResponse } from '../pages/layout.ts';
import { readerOf } from '../pages/reader.ts';
import { languageOf } from '../kit/language.ts';
import { endWords } from './words.ts';

export const SCRIPT_PATH = '/oauth/close.js';

/** Closes the window where a script of this origin opened it; elsewhere the page stays and says what happened. */
export const SCRIPT = `if (window.opener) {
  try { window.opener.postMessage({ millrace: 'credential', ok: document.querySelector('main').dataset.ok === '1' }, location.origin); } catch {}
  setTimeout(() => window.close(), 800);
}
`;

/** Where a sign-in ends, in the language of who reads it. Whatever the service said stands in it as text. */
export function endPage(request: Request, said: { status: number; text: string }, requestId: string): Response {
  const { status } = said;
  const { title, text } = endWords({ ok: status === 200, text: said.text }, languageOf(request));
  const body = markup`<main data-ok="${status === 200 ? '1' : '0'}">
    <h1>${title}</h1>
    <p>${text}</p>
  </main>`;
  return pageResponse({ status, title, body, script: SCRIPT_PATH }, readerOf(request, requestId));
}
