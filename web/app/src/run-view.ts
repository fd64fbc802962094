import type { Api, Run, Step } from './api.ts';
import { element } from './dom.ts';
import { problemBox } from './problem-box.ts';

/** Items shown of one output; the API has them all. */
const MAX_ITEMS_SHOWN = 50;

function output(items: unknown[] | null, index: number): HTMLElement {
  if (items === null) {
    return element('p', { class: 'soft' }, `Output ${index} did not fire.`);
  }
  const shown = items.slice(0, MAX_ITEMS_SHOWN);
  const more = items.length > shown.length ? ` (the first ${shown.length})` : '';
  return element(
    'div',
    {},
    element('p', { class: 'soft' }, `Output ${index}: ${items.length} item${items.length === 1 ? '' : 's'}${more}`),
    element('pre', { attributes: { tabindex: '0' } }, JSON.stringify(shown, null, 2)),
  );
}

const console = (lines: readonly string[]): HTMLElement =>
  element('pre', { attributes: { tabindex: '0' } }, lines.join('\n'));

function step(made: Step, open: boolean): HTMLElement {
  const title = `${made.nodeName} (${made.type})`;
  const facts = [
    made.durationMs === undefined ? '' : ` · ${made.durationMs} ms`,
    made.attempts > 1 ? ` · ${made.attempts} attempts` : '',
  ].join('');
  const details = element(
    'details',
    {},
    element('summary', {}, element('span', { class: `badge ${made.status}` }, made.status), ` ${title}${facts}`),
    ...(made.error ? [problemBox(new Error(`${made.error.code}: ${made.error.message}`))] : []),
    ...made.outputs.map(output),
    ...(made.logs ? [element('p', { class: 'soft' }, 'Console'), console(made.logs)] : []),
  );
  details.open = open;
  return element('li', {}, details);
}

function content(run: Run): HTMLElement[] {
  return [
    element('h2', {}, 'Run ', element('code', {}, run.id)),
    element('p', {}, element('span', { class: `badge ${run.status}` }, run.status)),
    ...(run.error ? [problemBox(new Error(`${run.error.code}: ${run.error.message}`))] : []),
    element(
      'ul',
      { attributes: { id: 'steps' } },
      ...run.nodes.map((made, index) => step(made, index === run.nodes.length - 1 || made.status === 'error')),
    ),
  ];
}

export function runView(api: Api): { root: HTMLElement; show(run: string): Promise<void> } {
  const root = element('section', { class: 'wide', attributes: { 'aria-label': 'Run', 'aria-live': 'polite' } });
  root.hidden = true;
  let wanted = '';
  return {
    root,
    async show(run) {
      wanted = run;
      root.hidden = false;
      try {
        const view = await api.run(run);
        // A slower answer for an earlier choice must not replace this one.
        if (wanted === run) {
          root.replaceChildren(...content(view));
        }
      } catch (error) {
        if (wanted === run) {
          root.replaceChildren(problemBox(error));
        }
      }
    },
  };
}
