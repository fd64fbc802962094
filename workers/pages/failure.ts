import { phraseIn } from '../kit/phrases.ts';
import { common, Problem } from '../kit/problem.ts';
import { markup } from './html.ts';
import { pageResponse } from './layout.ts';
import type { Reader } from './reader.ts';

/** A failure as a page: expected ones as themselves, bugs logged once, here, without their details. */
export function pageFailure(error: unknown, reader: Reader): Response {
  const { requestId, words } = reader;
  const known = error instanceof Problem ? error : undefined;
  if (!known) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.error(JSON.stringify({ level: 'error', requestId, error: text }));
  }
  const { code, title, status, more } = known ?? common('internal', { hint: words.tellOperator(requestId) });
  const ours = words.problems[code];
  const detail = ours && more.detail !== undefined ? phraseIn(words.details, more.detail) : more.detail;
  const hint = ours && known ? ours.hint : more.hint;
  const body = markup`<main>
    <h1>${ours?.title ?? title}</h1>
    ${detail !== undefined && markup`<p>${detail}</p>`}${hint !== undefined && markup`<p class="hint">${hint}</p>`}
  </main>`;
  const response = pageResponse({ title: ours?.title ?? title, body, status }, reader);
  for (const [name, value] of Object.entries(more.headers ?? {})) response.headers.set(name, value);
  return response;
}
