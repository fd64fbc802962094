import { button, element } from './dom.ts';
import { problemBox } from './problem-box.ts';

const EXAMPLE = { hello: 'world', from: 'the start page' };

/** A webhook of a published workflow, ready to try: as curl, or at once. `onSent` gets the run's id. */
export function hookCard(hook: { name: string; url: string }, onSent: (run: string | null) => void): HTMLElement {
  const body = JSON.stringify(EXAMPLE);
  const command = `curl -X POST ${hook.url} \\\n  -H 'content-type: application/json' \\\n  -d '${body}'`;
  const answer = element('div', { attributes: { 'aria-live': 'polite' } });
  const send = button('Send it', () => void deliver(), 'primary');
  const copy = button('Copy', () => void copyCommand());

  async function deliver(): Promise<void> {
    send.disabled = true;
    try {
      const reply = await fetch(hook.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      const text = await reply.text();
      answer.replaceChildren(
        element('p', { class: reply.ok ? 'success' : 'error' }, `Answered ${reply.status}`),
        element('pre', { attributes: { tabindex: '0', 'aria-label': 'Answer' } }, pretty(text)),
      );
      onSent(reply.headers.get('x-millrace-run'));
    } catch (error) {
      answer.replaceChildren(problemBox(error));
    } finally {
      send.disabled = false;
    }
  }
  async function copyCommand(): Promise<void> {
    await navigator.clipboard.writeText(command).then(
      () => (copy.textContent = 'Copied'),
      () => (copy.textContent = 'Select it and copy'),
    );
    setTimeout(() => (copy.textContent = 'Copy'), 2_000);
  }

  return element(
    'section',
    { attributes: { 'aria-label': `Webhook of ${hook.name}` } },
    element('h2', {}, `Try “${hook.name}”`),
    element('p', { class: 'soft' }, 'Send this from anywhere that reaches this machine:'),
    element('pre', { attributes: { tabindex: '0', 'aria-label': 'Command' } }, command),
    element('div', { class: 'row' }, send, copy),
    answer,
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
