/**
 * What makes a chat page go on without reloading; the page works without it. Served as a file: the page's policy runs no
 * inline script. Answers come as server-sent events, drawn by the server as the page's own are, and are parsed without
 * running anything. The conversation is kept for as long as the tab is open: a reload shows it again and goes on
 * listening where it was, and so does a connection that was lost.
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
  const words = form.dataset;
  const place = 'millrace-chat:' + location.pathname;
  const MAX_KEPT = 100;
  const OVER = ['asks', 'ended', 'failed'];
  /** What was said; runs that are listened to or wait for the next message; what is sent and was not yet taken. */
  let kept = [];
  let talks = [];
  let pending;
  let isOver = false;
  const save = () => {
    if (isOver) return;
    anew.hidden = kept.length === 0 && !pending;
    const open = talks.map(({ run, token, seen }) => ({ run, token, seen }));
    try {
      sessionStorage.setItem(place, JSON.stringify({ session: session.value, said: kept, talks: open, pending }));
    } catch {}
  };
  const keep = (by, text) => {
    kept = [...kept, { by, text }].slice(-MAX_KEPT);
  };
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const show = (text) => {
    state.textContent = text || '';
  };
  // from the main part on: of a page's head nothing is wanted, and its styles would not be allowed here
  const drawn = (html) => new DOMParser().parseFromString(html.slice(Math.max(0, html.indexOf('<main'))), 'text/html');
  const lineOf = (html) => document.adoptNode(drawn(html).querySelector('li.chat'));
  const isNearEnd = () => document.documentElement.scrollHeight - scrollY - innerHeight < 240;
  const put = (item, instead) => {
    const follows = isNearEnd();
    if (instead) instead.replaceWith(item);
    else said.append(item);
    if (follows) item.scrollIntoView({ block: 'nearest' });
  };
  const mine = (text) => {
    const item = document.createElement('li');
    item.className = 'you';
    const who = document.createElement('span');
    who.className = 'hidden';
    who.textContent = words.you;
    item.append(who, text);
    return item;
  };
  const failure = async (response) => {
    const page = drawn(await response.text());
    const told = [...page.querySelectorAll('main h1, main p')].map((each) => each.textContent.trim());
    return new Error(told.join('. ') || words.none);
  };
  const HEADERS = { accept: 'text/event-stream, text/html' };
  const addressOf = (more) => {
    const address = new URL(location.pathname, location.href);
    for (const [name, value] of Object.entries(more)) address.searchParams.set(name, value);
    return address.href;
  };

  /** Reads events until it is the visitor's turn; returns false when the connection ended before. */
  const listen = async (talk, response) => {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return false;
      const frames = (rest + value).split('\\n\\n');
      rest = frames.pop();
      for (const frame of frames) {
        const [, event, data] = /(?:^|\\n)event: (\\w+)\\ndata: (.*)$/.exec(frame) || [];
        if (event && hear(talk, event, JSON.parse(data))) return true;
      }
    }
  };
  const hear = (talk, event, data) => {
    if (talk.isReplaced) return true;
    talk.tries = 0;
    if (event === 'run') {
      taken(talk, data);
    } else if (event === 'piece') {
      if (data.n < talk.seen) return false;
      const item = lineOf(data.html);
      item.setAttribute('aria-busy', 'true');
      put(item, talk.growing);
      talk.growing = item;
    } else if (event === 'said') {
      if (data.n < talk.seen) return false;
      const item = lineOf(data.html);
      put(item, talk.growing);
      talk.growing = undefined;
      talk.seen = data.n + 1;
      talk.heard = true;
      keep('chat', data.text);
      save();
    } else if (event === 'state') {
      return stand(talk, data.state);
    }
    return false;
  };
  /** The message is on the way: from now on a reload listens again instead of sending it again. */
  const taken = (talk, { run, token }) => {
    const same = talks.find((each) => each.run === run);
    if (!talk.run) talk.seen = same ? same.seen : 0;
    if (same && same !== talk) {
      // a page that came back still listens to the run that now answers: once is enough
      same.isReplaced = true;
      talk.growing = talk.growing || same.growing;
    }
    Object.assign(talk, { run, token });
    talks = [...talks.filter((each) => each.run !== run), talk];
    if (pending && talk.key === pending.key) {
      keep('you', pending.text);
      pending = undefined;
    }
    save();
  };
  const stand = (talk, now) => {
    if (now === 'working') {
      show(words.waiting);
      return false;
    }
    free();
    if (now === 'others') {
      show(words.resting);
      return false;
    }
    if (talk.growing) talk.growing.remove();
    talk.growing = undefined;
    if (now !== 'asks') talks = talks.filter((each) => each !== talk);
    save();
    show(now === 'failed' ? words.failed : now === 'ended' && !talk.heard ? words.none : '');
    return OVER.includes(now);
  };
  const free = () => {
    if (form.getAttribute('aria-busy') !== 'true') return;
    form.removeAttribute('aria-busy');
    message.focus();
  };

  /** Listens to a run for as long as it takes, over as many connections as it takes. */
  const follow = async (talk, first) => {
    for (let response = first; !isOver && !talk.isReplaced; ) {
      if (response && response.status === 404) {
        stand(talk, 'gone');
        return;
      }
      try {
        if (response && response.ok && (await listen(talk, response))) return;
      } catch {}
      if (isOver) return;
      if (talk.tries > 0) show(words.lost);
      await pause(Math.min(250 * 2 ** talk.tries, 8000));
      talk.tries++;
      const { run, token, seen } = talk;
      response = await fetch(addressOf({ run, token, seen }), { headers: HEADERS }).catch(() => undefined);
    }
  };

  const bodyOf = (text, chosen) => {
    const about = { action: 'sendMessage', sessionId: session.value, chatInput: text };
    if (chosen.length === 0) return { type: 'application/json', body: JSON.stringify(about) };
    const body = new FormData();
    for (const [name, value] of Object.entries(about)) body.append(name, value);
    for (const file of chosen) body.append('files', file);
    return { body };
  };
  /** Sends it until an answer comes back: by its key it is taken once. */
  const deliver = async (text, chosen, key) => {
    const last = talks.at(-1);
    const address = addressOf({ key, ...(last ? { run: last.run, token: last.token, seen: last.seen } : {}) });
    const { type, body } = bodyOf(text, chosen);
    const headers = type ? { ...HEADERS, 'content-type': type } : HEADERS;
    for (let tries = 0; tries < 3 && !isOver; tries++) {
      if (tries > 0) {
        show(words.lost);
        await pause(1000 * 2 ** (tries - 1));
      }
      const response = await fetch(address, { method: 'POST', headers, body }).catch(() => undefined);
      if (!response || response.status === 503) continue;
      if (!response.ok) throw await failure(response);
      return response;
    }
    throw new Error(words.none);
  };
  const converse = async (text, chosen, key) => {
    form.setAttribute('aria-busy', 'true');
    const own = mine(text);
    put(own);
    own.scrollIntoView({ block: 'nearest' });
    show(words.waiting);
    pending = { text, key, hasFiles: chosen.length > 0 };
    save();
    try {
      const response = await deliver(text, chosen, key);
      if (files) files.value = '';
      await follow({ key, seen: 0, tries: 0 }, response);
    } catch (error) {
      own.remove();
      show(error.message);
      message.value = message.value || text;
      failed = { text, key };
      pending = undefined;
      save();
    }
    free();
  };
  /** What could not be sent has its key still: it may have arrived after all. */
  let failed;
  const send = () => {
    const text = message.value.trim();
    if (text === '' || form.getAttribute('aria-busy') === 'true') return;
    const key = failed && failed.text === text ? failed.key : crypto.randomUUID();
    failed = undefined;
    message.value = '';
    void converse(text, files ? [...files.files] : [], key);
  };
  /** The conversation as the server draws it, once it can be reached. */
  const drawnAnew = async () => {
    const body = new FormData();
    for (const [name, value] of [['look', '1'], ['message', ''], ['session', session.value]]) body.append(name, value);
    for (const each of kept) body.append(each.by === 'you' ? 'said-you' : 'said-chat', each.text);
    for (let tries = 0; !isOver; tries++) {
      if (tries > 0) {
        show(words.lost);
        await pause(Math.min(250 * 2 ** tries, 8000));
      }
      const html = await fetch(location.href, { method: 'POST', headers: { accept: 'text/html' }, body })
        .then((response) => (response.status === 503 ? undefined : response.text()))
        .catch(() => undefined);
      if (html !== undefined) return drawn(html).getElementById('said');
    }
  };
  const restore = async () => {
    let before;
    try {
      before = JSON.parse(sessionStorage.getItem(place) || 'null');
    } catch {}
    if (!before || !Array.isArray(before.said) || (before.said.length === 0 && !before.pending)) return;
    session.value = before.session;
    kept = before.said;
    anew.hidden = false;
    if (kept.length > 0) {
      // what is sent meanwhile would be drawn over
      form.setAttribute('aria-busy', 'true');
      const list = await drawnAnew();
      if (isOver) return;
      if (list) said.replaceChildren(...[...list.children].map((each) => document.adoptNode(each)));
      form.removeAttribute('aria-busy');
      show('');
    }
    said.lastElementChild?.scrollIntoView({ block: 'nearest' });
    talks = (before.talks || []).map((talk) => ({ ...talk, tries: 0, heard: true }));
    for (const talk of talks) void follow(talk);
    const waits = before.pending;
    if (!waits) return;
    if (waits.hasFiles) {
      message.value = waits.text;
      show(words.again);
    } else void converse(waits.text, [], waits.key);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  message.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  anew.addEventListener('click', () => {
    isOver = true;
    sessionStorage.removeItem(place);
    location.assign(location.pathname + location.search);
  });
  if (said.querySelector('.you') === null) void restore().catch(() => undefined);
})();
`;
