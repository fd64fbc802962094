/**
 * What makes a chat page go on without reloading; the page works without it. Served as a file: the page's policy runs no
 * inline script. Answers come drawn by the server, as the page's own are, and are parsed without running anything. The
 * conversation is kept for as long as the tab is open, so a reload shows it again.
 */
export const CHAT_SCRIPT = `'use strict';
(() => {
  const form = document.getElementById('chat');
  const said = document.getElementById('said');
  const state = document.getElementById('state');
  const message = document.getElementById('message');
  const files = document.getElementById('files');
  const anew = document.getElementById('anew');
  if (!form || !said || !message || !state || !anew) return;
  const session = form.elements.namedItem('session');
  const place = 'millrace-chat:' + location.pathname;
  const MAX_KEPT = 100;
  let kept = [];
  const keep = (by, text) => {
    kept = [...kept, { by, text }].slice(-MAX_KEPT);
    anew.hidden = false;
    try {
      sessionStorage.setItem(place, JSON.stringify({ session: session.value, said: kept }));
    } catch {}
  };
  // from the main part on: of a page's head nothing is wanted, and its styles would not be allowed here
  const drawn = (html) => new DOMParser().parseFromString(html.slice(Math.max(0, html.indexOf('<main'))), 'text/html');
  const add = (item) => {
    said.append(item);
    item.scrollIntoView({ block: 'nearest' });
  };
  const mine = (text) => {
    const item = document.createElement('li');
    item.className = 'you';
    const who = document.createElement('span');
    who.className = 'hidden';
    who.textContent = form.dataset.you;
    item.append(who, text);
    return item;
  };
  const failure = async (response) => {
    const page = drawn(await response.text());
    const words = [...page.querySelectorAll('main h1, main p')].map((each) => each.textContent.trim());
    return new Error(words.join('. ') || form.dataset.none);
  };
  const ask = async (text) => {
    const chosen = files ? [...files.files] : [];
    const headers = { accept: 'text/html' };
    const about = { action: 'sendMessage', sessionId: session.value, chatInput: text };
    let body;
    if (chosen.length > 0) {
      body = new FormData();
      for (const [name, value] of Object.entries(about)) body.append(name, value);
      for (const file of chosen) body.append('files', file);
    } else {
      headers['content-type'] = 'application/json';
      body = JSON.stringify(about);
    }
    const response = await fetch(location.href, { method: 'POST', headers, body }).catch(() => undefined);
    if (!response) throw new Error(form.dataset.none);
    if (!response.ok) throw await failure(response);
    const item = drawn(await response.text()).querySelector('li.chat');
    if (!item) throw new Error(form.dataset.none);
    return item;
  };
  const send = async () => {
    const text = message.value.trim();
    if (text === '' || form.getAttribute('aria-busy') === 'true') return;
    form.setAttribute('aria-busy', 'true');
    const own = mine(text);
    add(own);
    message.value = '';
    state.textContent = form.dataset.waiting;
    try {
      const answer = await ask(text);
      add(document.adoptNode(answer));
      keep('you', text);
      keep('chat', answer.dataset.said);
      if (files) files.value = '';
      state.textContent = '';
    } catch (error) {
      own.remove();
      state.textContent = error.message;
      message.value = text;
    }
    form.removeAttribute('aria-busy');
    message.focus();
  };
  const restore = async () => {
    let before;
    try {
      before = JSON.parse(sessionStorage.getItem(place) || 'null');
    } catch {}
    if (!before || !Array.isArray(before.said) || before.said.length === 0) return;
    const body = new FormData();
    body.append('look', '1');
    body.append('message', '');
    body.append('session', before.session);
    for (const each of before.said) body.append(each.by === 'you' ? 'said-you' : 'said-chat', each.text);
    const response = await fetch(location.href, { method: 'POST', headers: { accept: 'text/html' }, body });
    const list = response.ok ? drawn(await response.text()).getElementById('said') : null;
    if (!list) return;
    said.replaceChildren(...[...list.children].map((each) => document.adoptNode(each)));
    session.value = before.session;
    kept = before.said;
    anew.hidden = false;
    said.lastElementChild.scrollIntoView({ block: 'nearest' });
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  message.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  });
  anew.addEventListener('click', () => {
    sessionStorage.removeItem(place);
    location.assign(location.pathname + location.search);
  });
  if (said.querySelector('.you') === null) void restore().catch(() => undefined);
})();
`;
