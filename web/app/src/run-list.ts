import type { RunHead } from './api.ts';
import { element } from './dom.ts';

export interface RunList {
  root: HTMLElement;
  show(runs: readonly RunHead[]): void;
  select(run: string): void;
}

const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

function lasted({ startedAt, finishedAt }: RunHead): string {
  return finishedAt === undefined ? '' : `${Math.max(0, finishedAt - startedAt)} ms`;
}

/** Newest first; keeps focus and selection while it is refreshed. */
export function runList(onSelect: (run: string) => void): RunList {
  const list = element('ul', { attributes: { id: 'runs' } });
  const empty = element('p', { class: 'soft' }, 'No runs yet. Send something to a webhook.');
  const rows = new Map<string, HTMLButtonElement>();
  let selected: string | undefined;
  let first = true;

  const mark = (): void => {
    for (const [id, row] of rows) {
      row.setAttribute('aria-current', String(id === selected));
    }
  };
  const select = (run: string): void => {
    selected = run;
    mark();
    onSelect(run);
  };
  const fill = (row: HTMLButtonElement, run: RunHead): void => {
    row.replaceChildren(
      element('span', { class: `badge ${run.status}` }, run.status),
      element('span', {}, `${run.trigger} · ${run.steps} steps${run.error ? ` · ${run.error.message}` : ''}`),
      element('span', { class: 'soft' }, `${time.format(run.startedAt)} ${lasted(run)}`),
    );
  };

  return {
    root: element('section', { attributes: { 'aria-label': 'Runs' } }, element('h2', {}, 'Runs'), empty, list),
    select,
    show(runs) {
      empty.hidden = runs.length > 0;
      const kept = new Set(runs.map((run) => run.id));
      for (const [id, row] of rows) {
        if (!kept.has(id)) {
          row.parentElement?.remove();
          rows.delete(id);
        }
      }
      let before: Element | null = null;
      for (const run of runs) {
        let row = rows.get(run.id);
        if (!row) {
          row = element('button', { class: first ? 'run' : 'run new', attributes: { type: 'button' } });
          row.addEventListener('click', () => select(run.id));
          rows.set(run.id, row);
          const item = element('li', {}, row);
          if (before) {
            before.after(item);
          } else {
            list.prepend(item);
          }
        }
        fill(row, run);
        before = row.parentElement;
      }
      first = false;
      mark();
    },
  };
}
