import type { ChatPage } from '../../core/chat/page.ts';
import { markup, type Html } from './html.ts';
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
}

/** The whole conversation travels with the form: nothing of it is kept here. */
export function chatBody({ page, session, said, key }: ChatView, { chat }: Words): Html {
  const greetings = page.greetings.map((text): Said => ({ by: 'chat', text }));
  return markup`<main class="chat">
<h1>${page.title}</h1>
${page.subtitle !== '' && markup`<p class="lead">${page.subtitle}</p>`}
<div role="log" aria-live="polite" aria-label="${chat.conversation}"><ol id="said" class="said">
${[...greetings, ...said].map((each) => message(each, chat))}
</ol></div>
<form method="post" id="chat" enctype="multipart/form-data">
<input type="hidden" name="submission" value="${key}">
<input type="hidden" name="session" value="${session}">
${said.map(({ by, text }) => markup`<input type="hidden" name="said-${by}" value="${text}">`)}
<div class="field"><label class="name hidden" for="message">${chat.message}</label>
<textarea id="message" name="message" rows="2" required placeholder="${page.placeholder}" autofocus></textarea></div>
${
  page.takesFiles &&
  markup`<div class="field"><label class="name" for="files">${chat.files}</label><input type="file" id="files" name="files" multiple${
    page.fileTypes !== '*' && page.fileTypes !== '' && markup` accept="${page.fileTypes}"`
  }></div>`
}
<button type="submit">${chat.send}</button>
<p id="state" class="hint" role="status"></p>
</form>
</main>`;
}

const message = ({ by, text }: Said, chat: Words['chat']): Html =>
  markup`<li class="${by}"><span class="hidden">${by === 'you' ? chat.you : chat.answer}</span>${text}</li>`;

export const CHAT_STYLE = `
.chat .said { list-style: none; margin: 0 0 1.25rem; padding: 0; display: flex; flex-direction: column; gap: .6rem; }
.chat .said li { white-space: pre-wrap; max-width: 85%; padding: .6rem .9rem; border-radius: 14px; background: var(--ground); align-self: flex-start; border-bottom-left-radius: 4px; }
.chat .said li.you { background: var(--accent); color: var(--on-accent); align-self: flex-end; border-radius: 14px; border-bottom-right-radius: 4px; }
.chat textarea { min-height: 3.5rem; }
.chat form .field { margin-bottom: .8rem; }
`;
