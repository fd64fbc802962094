/**
 * What makes a chat page go on without reloading; the page works without it. Served as a file: the page's policy runs no
 * inline script. It puts text into the page as text only.
 */
export const CHAT_SCRIPT = `'use strict';
(() => {
  const form = document.getElementById('chat');
  const said = document.getElementById('said');
  const state = document.getElementById('state');
  const message = document.getElementById('message');
  const files = document.getElementById('files');
  if (!form || !said || !message || !state) return;
  const session = form.elements.namedItem('session').value;
  const add = (by, text) => {
    const item = document.createElement('li');
    item.className = by;
    const who = document.createElement('span');
    who.className = 'hidden';
    who.textContent = by === 'you' ? 'You: ' : 'Answer: ';
    item.append(who, text);
    said.append(item);
    item.scrollIntoView({ block: 'nearest' });
  };
  const shown = (value, text) => {
    if (typeof value === 'string') return value;
    const first = Array.isArray(value) ? value[0] : value;
    for (const field of [first && first.output, first && first.text]) {
      if (field !== undefined && field !== null) return typeof field === 'string' ? field : JSON.stringify(field, null, 2);
    }
    return value === undefined ? text : JSON.stringify(value, null, 2);
  };
  const ask = async (text) => {
    const chosen = files ? [...files.files] : [];
    let body;
    let headers = {};
    if (chosen.length > 0) {
      body = new FormData();
      body.append('action', 'sendMessage');
      body.append('sessionId', session);
      body.append('chatInput', text);
      for (const file of chosen) body.append('files', file);
    } else {
      headers = { 'content-type': 'application/json' };
      body = JSON.stringify({ action: 'sendMessage', sessionId: session, chatInput: text });
    }
    const response = await fetch(location.href, { method: 'POST', headers, body });
    if (!response.ok) throw new Error('status ' + response.status);
    const answer = await response.text();
    let value;
    try {
      value = JSON.parse(answer);
    } catch {
      value = undefined;
    }
    return shown(value, answer);
  };
  const send = async () => {
    const text = message.value.trim();
    if (text === '' || form.getAttribute('aria-busy') === 'true') return;
    form.setAttribute('aria-busy', 'true');
    add('you', text);
    message.value = '';
    state.textContent = 'Waiting for the answer…';
    try {
      add('chat', await ask(text));
      if (files) files.value = '';
      state.textContent = '';
    } catch {
      state.textContent = 'There was no answer. Try again.';
      message.value = text;
    }
    form.removeAttribute('aria-busy');
    message.focus();
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
})();
`;
