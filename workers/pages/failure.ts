import { common, Problem } from '../kit/problem.ts';
import { markup } from './html.ts';
import { pageResponse } from './layout.ts';

/** A failure as a page: expected ones as themselves, bugs logged once, here, without their details. */
export function pageFailure(error: unknown, requestId: string): Response {
  const known = error instanceof Problem ? error : undefined;
  if (!known) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.error(JSON.stringify({ level: 'error', requestId, error: text }));
  }
  const { title, status, more } =
    known ?? common('internal', { hint: `Tell the operator this request id: ${requestId}` });
  const body = markup`<main>
    <h1>${title}</h1>
    ${more.detail !== undefined && markup`<p>${more.detail}</p>`}${
      more.hint !== undefined && markup`<p class="hint">${more.hint}</p>`
    }
  </main>`;
  const response = pageResponse({ title, body, status }, requestId);
  for (const [name, value] of Object.entries(more.headers ?? {})) response.headers.set(name, value);
  return response;
}
