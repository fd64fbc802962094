import type { ChatPage } from '../../core/chat/page.ts';
import type { ChatState } from '../../core/chat/told.ts';
import type { Talk } from './chat-talk.ts';
import { markup, type Html } from './html.ts';
import { markdown } from './markdown.ts';
import type { Words } from './words/en.ts';

export interface Said {
  /** `you`: the visitor. */
  by: 'you' | 'chat';
  text: string;
}

export interface ChatView {
  page: ChatPage;
  session: string;
  said: readonly Said[];
  /** Names the next message, so that sending it twice is one. */
  key: string;
  /** The run that spoke last. */
  talk?: Talk | undefined;
  /** How that stands, where something is to be said of it. */
  state?: ChatState | undefined;
}

/** The whole conversation travels with the form: nothing of it is kept here. */
export function chatBody({ page, session, said, key, talk, state }: ChatView, words: Words): Html {
  const { chat } = words;
  const isUnderWay = talk !== undefined && (state === undefined || state === 'working' || state === 'others');
  const standing = state === 'failed' ? chat.failed : state === 'others' ? chat.resting : isUnderWay && chat.waiting;
  const greetings = page.greetings.map((text): Said => ({ by: 'chat', text }));
  return markup`<main class="chat">
<h1>${page.title}</h1>
${page.subtitle !== '' && markup`<p class="lead">${page.subtitle}</p>`}
<div role="log" aria-live="polite" aria-label="${chat.conversation}"><ol id="said" class="said">
${[...greetings, ...said].map((each) => messageLine(each, words))}
</ol></div>
<form method="post" id="chat" enctype="multipart/form-data" data-waiting="${chat.waiting}" data-none="${chat.noAnswer}" data-you="${chat.you}" data-resting="${chat.resting}" data-failed="${chat.failed}" data-lost="${chat.lost}" data-again="${chat.again}">
<input type="hidden" name="submission" value="${key}">
<input type="hidden" name="session" value="${session}">
${
  talk &&
  markup`<input type="hidden" name="run" value="${talk.run}">
<input type="hidden" name="token" value="${talk.token}">
<input type="hidden" name="seen" value="${talk.seen}">`
}
${said.map(({ by, text }) => markup`<input type="hidden" name="said-${by}" value="${text}">`)}
<div class="field"><label class="name hidden" for="message">${chat.message}</label>
<textarea id="message" name="message" rows="2" required placeholder="${page.placeholder}" autofocus></textarea></div>
<button type="submit">${chat.send}</button>
${
  page.takesFiles &&
  markup`<div class="field"><label class="name" for="files">${chat.files}</label><input type="file" id="files" name="files" multiple${
    page.fileTypes !== '*' && page.fileTypes !== '' && markup` accept="${page.fileTypes}"`
  }></div>`
}
<p id="state" class="hint" role="status">${standing}</p>
${isUnderWay && markup`<button type="submit" name="look" value="1" formnovalidate class="quiet">${words.lookAgain}</button>`}
<button type="button" id="anew" class="quiet" hidden>${chat.anew}</button>
</form>
</main>`;
}

/** One message, as the page and its script show it. */
export const messageLine = ({ by, text }: Said, { chat }: Words): Html =>
  markup`<li class="${by}"${by === 'chat' && markup` data-said="${text}"`}><span class="hidden">${by === 'you' ? chat.you : chat.answer}</span>${
    by === 'you' ? text : answered(text)
  }</li>`;

/** JSON is shown as it is, everything else as Markdown. */
function answered(text: string): Html | Html[] {
  if (/^\s*[[{]/.test(text) && isJson(text)) return markup`<pre tabindex="0"><code>${text}</code></pre>`;
  return markdown(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export const CHAT_STYLE = `
.chat h1 + [role=log] { margin-top: 1.25rem; }
.chat .said { list-style: none; margin: 0 0 1.25rem; padding: 0; display: flex; flex-direction: column; gap: .6rem; }
.chat .said li { white-space: pre-wrap; max-width: 85%; padding: .6rem .9rem; border-radius: 14px; background: var(--ground); align-self: flex-start; border-bottom-left-radius: 4px; }
.chat .said li.you { background: var(--accent); color: var(--on-accent); align-self: flex-end; border-radius: 14px; border-bottom-right-radius: 4px; }
.chat .said li li { align-self: auto; max-width: none; padding: 0; background: none; }
.chat .said p, .chat .said ul, .chat .said ol, .chat .said pre, .chat .said blockquote { margin: 0 0 .5rem; }
.chat .said li > :last-child { margin-bottom: 0; }
.chat .said ul, .chat .said ol { padding-left: 1.4rem; white-space: normal; } .chat .said ul { list-style: disc; } .chat .said ol { list-style: decimal; }
.chat .said pre { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .6rem; font-size: .875rem; }
.chat .said blockquote { border-left: 3px solid var(--line); padding-left: .75rem; }
.chat .said a { text-decoration: underline; }
@media (prefers-contrast: more) { .chat .said > li { border: 1px solid var(--edge); } }
@media (forced-colors: active) { .chat .said > li { border: 1px solid CanvasText; } }
.chat .said > li[aria-busy=true]::after { content: ''; display: inline-block; width: .5rem; height: 1rem; margin-left: .15rem; vertical-align: text-bottom; background: var(--accent-text); animation: blink 1.2s steps(2) infinite; }
@keyframes blink { to { opacity: 0; } }
@media (prefers-reduced-motion: reduce) { .chat .said > li[aria-busy=true]::after { animation: none; } }
.chat form { display: grid; grid-template-columns: 1fr auto; gap: .6rem; }
.chat form > * { grid-column: 1 / -1; margin: 0; justify-self: start; }
.chat form > .field { justify-self: stretch; }
.chat form > .field:first-of-type { grid-column: 1; } .chat textarea { display: block; min-height: 3.5rem; height: 100%; }
.chat form > .field:first-of-type + button { grid-column: 2; width: auto; }
.chat #state:empty { display: none; }
`;
