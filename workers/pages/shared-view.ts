import type { Item, Json } from '../../core/data/item.ts';
import { redacted, redactText } from '../../core/share/redact.ts';
import type { RunView, StepView } from '../../durable-objects/runner/protocol.ts';
import type { StoredShare } from '../shares/store.ts';
import { markup, type Html } from './html.ts';
import { moment } from './moment.ts';
import type { Words } from './words/en.ts';

/** More of one step than anybody reads on a page; the app shows the rest. */
const MAX_ITEMS = 20;
const MAX_CHARS = 20_000;
/** Of a loop's thousands the first; the page stays one to load. */
const MAX_STEPS = 500;

interface Shown {
  view: RunView;
  title: string;
  share: StoredShare;
  words: Words;
}

export function sharedBody({ view, title, share, words }: Shown): Html {
  const { shared } = words;
  const steps = view.nodes.slice(0, MAX_STEPS);
  return markup`<main class="shared">
    <h1>${title}</h1>
    <dl>
      <div><dt>${shared.status}</dt><dd class="${toneOf(view.status)}">${shared.statuses[view.status] ?? view.status}</dd></div>
      <div><dt>${shared.started}</dt><dd>${moment(view.startedAt)}</dd></div>
      ${view.finishedAt !== undefined && markup`<div><dt>${shared.took}</dt><dd>${duration(view.finishedAt - view.startedAt)}</dd></div>`}
      <div><dt>${shared.run}</dt><dd>${view.id}</dd></div>
    </dl>
    ${view.error && markup`<p class="wrong">${shared.error}: ${share.withData ? redactText(view.error.message, MAX_CHARS) : view.error.code}</p>`}
    <h2>${shared.steps}</h2>
    <ol>
      ${steps.map((step) => stepLine(step, share.withData, words))}
    </ol>
    ${view.nodes.length > steps.length && markup`<p class="hint">${shared.more(view.nodes.length - steps.length)}</p>`}
    ${!share.withData && markup`<p class="hint">${shared.without}</p>`}
    <p class="hint">${shared.until} ${moment(share.expiresAt)}.</p>
  </main>`;
}

const toneOf = (status: string): string => (status === 'error' ? 'wrong' : '');

function stepLine(step: StepView, withData: boolean, { shared }: Words): Html {
  return markup`<li>
    <div class="line">
      <strong>${step.nodeName}</strong> <span class="hint">${step.type}</span>
      <span class="${toneOf(step.status)}">${shared.statuses[step.status] ?? step.status}</span>
      ${step.durationMs !== undefined && markup`<span class="hint">${duration(step.durationMs)}</span>`}
    </div>
    ${step.error && markup`<p class="wrong">${withData ? redactText(step.error.message, MAX_CHARS) : step.error.code}</p>`}
    ${withData && (step.omitted ? markup`<p class="hint">${shared.omitted}</p>` : step.outputs.map((items, index) => output(items, { index, of: step.outputs.length, shared })))}
  </li>`;
}

function output(
  items: readonly Item[] | null,
  { index, of, shared }: { index: number; of: number; shared: Words['shared'] },
): Html | false {
  if (!items || items.length === 0) return false;
  const label = of > 1 ? `${shared.output(index + 1)}: ${shared.items(items.length)}` : shared.items(items.length);
  const first = items.slice(0, MAX_ITEMS).map(plain);
  return markup`<details>
    <summary>${label}</summary>
    <pre tabindex="0">${redacted(first, MAX_CHARS)}</pre>
    ${items.length > MAX_ITEMS && markup`<p class="hint">${shared.more(items.length - MAX_ITEMS)}</p>`}
  </details>`;
}

/** What an item says. Of its files the name and kind: where they lie is nobody's business. */
function plain({ json, binary }: Item): Json {
  if (!binary) return json;
  const files = Object.entries(binary).map(([name, { fileName = '', mimeType, sizeBytes = 0 }]): Json => ({
    name,
    fileName,
    mimeType,
    sizeBytes,
  }));
  return { json, files };
}

function duration(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = ms / 1_000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.round(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export const SHARED_STYLE = `
main.shared { width: min(56rem, 100%); }
.shared h2 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
.shared dl { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 1rem 0; }
.shared dt { color: var(--soft); font-size: .875rem; } .shared dd { margin: 0; font-weight: 600; }
.shared ol { padding-left: 1.5rem; margin: 0; } .shared li { padding: .5rem 0; border-top: 1px solid var(--line); }
.shared .line { display: flex; flex-wrap: wrap; gap: .15rem .9rem; align-items: baseline; }
.shared .line > span:last-child { margin-left: auto; } .shared .hint, .shared .wrong { margin-bottom: 0; }
.shared summary { cursor: pointer; color: var(--accent-text); padding: .25rem 0; }
.shared pre { overflow: auto; max-height: 24rem; background: var(--ground); border: 1px solid var(--line); border-radius: 8px; padding: .75rem; font-size: .85rem; white-space: pre-wrap; }
`;
