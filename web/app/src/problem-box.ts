import { Problem } from './api.ts';
import { element } from './dom.ts';

export function problemBox(error: unknown): HTMLElement {
  const message = error instanceof Error ? error.message : String(error);
  const hint = error instanceof Problem ? error.hint : undefined;
  return element(
    'div',
    { class: 'problem', attributes: { role: 'alert' } },
    element('strong', {}, message),
    ...(hint ? [element('p', { class: 'soft' }, hint)] : []),
  );
}
