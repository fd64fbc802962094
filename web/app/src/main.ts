import type { Api, WorkflowHead } from './api.ts';
import { Problem, api } from './api.ts';
import { element } from './dom.ts';
import { hookCard } from './hook-card.ts';
import { problemBox } from './problem-box.ts';
import { runList } from './run-list.ts';
import { runView } from './run-view.ts';
import { forgetKey, keepKey, takeKey, tenantOf } from './session.ts';
import { signIn } from './sign-in.ts';
import { workflowList } from './workflow-list.ts';

const REFRESH_MS = 2_000;
/** Webhooks offered to try; more would bury the runs. */
const MAX_HOOKS_SHOWN = 3;

const main = document.querySelector('#main') as HTMLElement;
const who = document.querySelector('#who') as HTMLElement;
const signOut = document.querySelector('#sign-out') as HTMLButtonElement;
let refresh: ReturnType<typeof setInterval> | undefined;

async function hooksOf(calls: Api, tenant: string, workflows: readonly WorkflowHead[]) {
  const published = workflows.filter((workflow) => workflow.published !== null).slice(0, MAX_HOOKS_SHOWN);
  const hooks = await Promise.all(
    published.map(async ({ id, name }) =>
      (await calls.nodesOf(id))
        .filter((node) => node.type === 'webhook' && typeof node.parameters?.['path'] === 'string')
        .map((node) => ({ name, url: `${location.origin}/hooks/${tenant}/${String(node.parameters?.['path'])}` })),
    ),
  );
  return hooks.flat();
}

async function open(key: string): Promise<void> {
  const tenant = tenantOf(key) ?? '';
  const calls = api(key);
  who.textContent = `Workspace ${tenant}`;
  signOut.hidden = false;
  const detail = runView(calls);
  const runs = runList((run) => void detail.show(run));
  const trouble = element('div', { class: 'wide' });

  const update = async (): Promise<void> => {
    try {
      runs.show(await calls.runs());
      trouble.replaceChildren();
    } catch (error) {
      trouble.replaceChildren(problemBox(error));
    }
  };
  const workflows = await calls.workflows();
  const hooks = await hooksOf(calls, tenant, workflows);
  const cards = hooks.map((hook) =>
    hookCard(hook, (run) => void update().then(() => (run ? runs.select(run) : undefined))),
  );
  const left = element('div', { class: 'column' }, ...cards, workflowList(workflows));
  main.replaceChildren(trouble, left, runs.root, detail.root);
  await update();
  refresh = setInterval(() => {
    if (!document.hidden) {
      void update();
    }
  }, REFRESH_MS);
}

function start(): void {
  clearInterval(refresh);
  const key = takeKey();
  if (!key) {
    askForKey();
    return;
  }
  main.replaceChildren(element('p', { class: 'soft', attributes: { role: 'status' } }, 'Loading…'));
  open(key).catch((error: unknown) => {
    if (error instanceof Problem && (error.status === 401 || error.status === 403)) {
      forgetKey();
      askForKey(`${error.message} ${error.hint ?? ''}`);
    } else {
      main.replaceChildren(problemBox(error));
    }
  });
}

function askForKey(why?: string): void {
  who.textContent = '';
  signOut.hidden = true;
  main.replaceChildren(
    signIn((key) => {
      keepKey(key);
      start();
    }, why),
  );
}

signOut.addEventListener('click', () => {
  forgetKey();
  start();
});
window.addEventListener('hashchange', start);
start();
