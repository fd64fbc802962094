/**
 * What a form has beyond what browsers do; it works without. What is typed is kept for as long as the tab is open, so a
 * reload loses nothing; sending shows how far it is, can be given up, and leaves everything in place when it fails, files
 * and passwords too. When the answer takes longer than a second the page says that it is worked on. Sent again it is the same submission, by its name.
 */
export const FORM_SCRIPT = `'use strict';
(() => {
  const WORKING_MS = 1000;
  let form = document.getElementById('form');
  if (!form) return;
  // by the query too: it asks for values of its own
  const place = () => 'millrace-form:' + location.pathname + location.search + '#' + (form.elements.namedItem('step')?.value ?? '');
  const isKept = ({ name, type }) => /^field-/.test(name) && type !== 'file' && type !== 'password' && type !== 'hidden';
  const valuesOf = () => {
    const values = {};
    for (const each of form.elements) {
      if (!isKept(each)) continue;
      const isChoice = each.type === 'checkbox' || each.type === 'radio';
      const chosen = each.selectedOptions ? [...each.selectedOptions].map(({ value }) => value) : [each.value];
      values[each.name] = [...(values[each.name] ?? []), ...(isChoice && !each.checked ? [] : chosen)];
    }
    return values;
  };
  const keep = () => {
    try {
      sessionStorage.setItem(place(), JSON.stringify(valuesOf()));
    } catch {}
  };
  const forget = () => {
    try {
      sessionStorage.removeItem(place());
    } catch {}
  };
  const restore = () => {
    let values;
    try {
      values = JSON.parse(sessionStorage.getItem(place()) || 'null');
    } catch {}
    if (!values || document.querySelector('.summary')) return;
    for (const each of form.elements) {
      const kept = isKept(each) && Object.hasOwn(values, each.name) ? values[each.name] : undefined;
      if (!kept) continue;
      if (each.type === 'checkbox' || each.type === 'radio') each.checked = kept.includes(each.value);
      else if (each.options) for (const option of each.options) option.selected = kept.includes(option.value);
      else each.value = kept[0] ?? '';
    }
  };

  const state = () => document.getElementById('sending');
  const show = (text, share) => {
    const box = state();
    if (!box) return;
    const isNew = box.hidden && text !== '';
    box.hidden = text === '';
    box.querySelector('[role=status]').textContent = text;
    const bar = box.querySelector('progress');
    bar.hidden = share === undefined;
    if (share !== undefined) bar.value = share;
    box.querySelector('button').hidden = share === undefined;
    if (isNew) box.scrollIntoView({ block: 'nearest' });
  };
  const busy = (is) => {
    form.setAttribute('aria-busy', String(is));
    for (const button of form.querySelectorAll('button[type=submit]')) button.setAttribute('aria-disabled', String(is));
  };
  const bytesIn = () =>
    [...form.elements].flatMap(({ files }) => [...(files ?? [])]).reduce((sum, { size }) => sum + size, 0);

  /** The page that says what is wrong, with what it cannot give back: chosen files and typed passwords. */
  const correct = (html) => {
    const main = new DOMParser().parseFromString(html.slice(Math.max(0, html.indexOf('<main'))), 'text/html').querySelector('main');
    const next = main && main.querySelector('#form');
    if (!next) return false;
    for (const old of form.querySelectorAll('input[type=file], input[type=password]')) {
      const fresh = next.querySelector('#' + CSS.escape(old.id));
      if (!fresh || (old.type === 'file' ? old.files.length === 0 : old.value === '')) continue;
      for (const { name } of [...old.attributes]) if (/^aria-/.test(name)) old.removeAttribute(name);
      for (const { name, value } of fresh.attributes) if (/^aria-/.test(name)) old.setAttribute(name, value);
      fresh.replaceWith(old);
    }
    for (const note of main.querySelectorAll('[data-again]')) note.remove();
    document.querySelector('main').replaceWith(document.adoptNode(main));
    form = document.getElementById('form');
    listen();
    const summary = document.querySelector('.summary');
    if (summary) summary.focus();
    keep();
    return true;
  };

  let sending;
  const send = () => {
    const words = form.dataset;
    if (bytesIn() > Number(words.most)) {
      show(words.toolarge);
      return;
    }
    const request = new XMLHttpRequest();
    sending = request;
    const isLarge = bytesIn() > 200_000;
    const type = form.enctype;
    request.open('POST', location.pathname + location.search);
    request.setRequestHeader('accept', 'text/html');
    request.upload.onprogress = ({ loaded, total }) => {
      if (isLarge && total > 0) show(words.sending + ' ' + Math.floor((100 * loaded) / total) + ' %', loaded / total);
    };
    // what is sent is in good hands: the answer comes once the run gives one, which takes as long as its steps
    let working;
    request.upload.onload = () => {
      working = setTimeout(() => show(words.working), WORKING_MS);
    };
    const failed = (text) => {
      clearTimeout(working);
      if (sending !== request) return;
      sending = undefined;
      busy(false);
      show(text);
    };
    request.onerror = () => failed(words.lost);
    request.onabort = () => failed(words.stopped);
    request.onload = () => {
      const html = request.responseText;
      clearTimeout(working);
      busy(false);
      show('');
      sending = undefined;
      if (request.status === 422 && correct(html)) return;
      if (request.status >= 400) {
        const page = new DOMParser().parseFromString(html.slice(Math.max(0, html.indexOf('<main'))), 'text/html');
        const told = [...page.querySelectorAll('main h1, main p')].map((each) => each.textContent.trim());
        show(told.join('. ') || words.lost);
        return;
      }
      forget();
      location.assign(request.responseURL.split('#')[0]);
    };
    busy(true);
    if (isLarge) show(words.sending, 0);
    const data = new FormData(form);
    request.send(type === 'multipart/form-data' ? data : new URLSearchParams(data));
  };
  const listen = () => {
    form.addEventListener('input', keep);
    form.addEventListener('change', keep);
    form.addEventListener('submit', (event) => {
      if (form.dataset.plain !== undefined) return forget();
      event.preventDefault();
      if (form.getAttribute('aria-busy') !== 'true') send();
    });
    const stop = state()?.querySelector('button');
    if (stop) stop.addEventListener('click', () => sending?.abort());
  };
  restore();
  listen();
})();
`;
