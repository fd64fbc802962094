import { markup } from './html.ts';
import { pageResponse } from './layout.ts';

interface Decided {
  title: string;
  approved: boolean;
  /** Nobody decided while there was time. */
  isLate: boolean;
  atMs: number;
}

/** What became of an approval; `cameLate`: this visitor answered, but somebody else had. */
export function decidedResponse(
  { title, approved, isLate, atMs }: Decided,
  cameLate: boolean,
  requestId: string,
): Response {
  const at = new Date(atMs).toISOString();
  const body = markup`<main>
    <h1>${approved ? 'Approved' : 'Declined'}</h1>
    ${cameLate && markup`<p class="wrong" role="alert">This was decided before. Your answer was not taken.</p>`}
    <p class="lead">${title}: ${
      isLate ? 'nobody decided in time, which declines it' : approved ? 'it was approved' : 'it was declined'
    }, <time datetime="${at}">${at.slice(0, 16).replace('T', ' ')} UTC</time>.</p>
  </main>`;
  return pageResponse({ title: approved ? 'Approved' : 'Declined', body }, requestId);
}

/** An approval that only members decide: the page says where. */
export function membersResponse(title: string, url: string, requestId: string): Response {
  const body = markup`<main>
    <h1>${title}</h1>
    <p class="lead">This is decided by members, in the app.</p>
    <p><a class="button" href="${url}">Open it in the app</a></p>
  </main>`;
  return pageResponse({ title, body }, requestId);
}
