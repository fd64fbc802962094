import { markup } from './html.ts';
import { pageResponse } from './layout.ts';
import { moment } from './moment.ts';
import { type Reader, said } from './reader.ts';

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
  reader: Reader,
): Response {
  const { words } = reader;
  const what = approved ? words.approved : words.declined;
  const how = isLate ? words.howLate : approved ? words.howApproved : words.howDeclined;
  const body = markup`<main>
    <h1>${what}</h1>
    ${cameLate && markup`<p class="wrong" role="alert">${words.cameLate}</p>`}
    <p class="lead">${how(said(words, title))} ${moment(atMs)}.</p>
    <p class="hint">${words.usedUp}</p>
  </main>`;
  return pageResponse({ title: what, body }, reader);
}

/** The run asks somebody else first. */
export function earlyResponse(title: string, reader: Reader): Response {
  const { words } = reader;
  const body = markup`<main>
    <h1>${title}</h1>
    <p role="status">${words.early}</p>
    <p class="hint">${words.comeBack}</p>
    <p><a href="?">${words.lookAgain}</a></p>
  </main>`;
  return pageResponse({ title, body }, reader);
}

/** An approval that only members decide: the page says where. */
export function membersResponse(title: string, url: string, reader: Reader): Response {
  const { words } = reader;
  const asked = said(words, title);
  const body = markup`<main>
    <h1>${asked}</h1>
    <p class="lead">${words.forMembers}</p>
    <p><a class="button" href="${url}">${words.openApp}</a></p>
  </main>`;
  return pageResponse({ title: asked, body }, reader);
}
