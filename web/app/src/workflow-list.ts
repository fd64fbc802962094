import type { WorkflowHead } from './api.ts';
import { element } from './dom.ts';

export function workflowList(workflows: readonly WorkflowHead[]): HTMLElement {
  const items = workflows.map(({ id, name, published }) =>
    element(
      'li',
      {},
      element(
        'div',
        { class: 'row' },
        element('h3', {}, name),
        element('span', { class: 'soft' }, published === null ? 'draft' : `version ${published}`),
        element('code', { class: 'soft' }, id),
      ),
    ),
  );
  const empty = element('p', { class: 'soft' }, 'None yet. POST an n8n export to /v1/workflows/import.');
  return element(
    'section',
    { attributes: { 'aria-label': 'Workflows' } },
    element('h2', {}, 'Workflows'),
    items.length > 0 ? element('ul', {}, ...items) : empty,
  );
}
