import { button, element } from './dom.ts';
import { tenantOf } from './session.ts';

export function signIn(onKey: (key: string) => void, why?: string): HTMLElement {
  const input = element('input', {
    attributes: { type: 'password', id: 'key', autocomplete: 'off', placeholder: 'mr_…', required: '' },
  });
  const note = element('p', { class: 'soft', attributes: { role: 'status' } }, why ?? '');
  const submit = (): void => {
    const key = input.value.trim();
    if (tenantOf(key)) {
      onKey(key);
    } else {
      note.textContent = 'That does not look like an API key: it starts with mr_ and was printed by npm start.';
    }
  };
  const form = element(
    'form',
    { class: 'row' },
    element('label', { attributes: { for: 'key' } }, 'API key'),
    input,
    button('Open', submit, 'primary'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  return element(
    'section',
    { class: 'wide' },
    element('h2', {}, 'Sign in with your API key'),
    element('p', { class: 'soft' }, 'npm start prints a link that does this for you. The key stays in this tab.'),
    form,
    note,
  );
}
