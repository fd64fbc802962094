import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Launched } from './launcher.ts';
import { ROOT } from './launcher.ts';

/** The peers' workloads: bodies, checks and the same workflows as n8n files. Outside the project, so maybe absent. */
const KIT = resolve(ROOT, '../shared/bench');

export interface Workload {
  name: string;
  body: string;
  check(answer: unknown): boolean;
  /** The n8n file's text. */
  file: string;
}

interface Described {
  body: unknown;
  check(answer: unknown): boolean;
}

/** Undefined when the kit is not there. */
export async function loadWorkloads(): Promise<Workload[] | undefined> {
  const index = resolve(KIT, 'workloads.mjs');
  if (!existsSync(index)) return undefined;
  const { WORKLOADS } = (await import(pathToFileURL(index).href)) as { WORKLOADS: Record<string, Described> };
  return ['W1', 'W2', 'W3', 'W4', 'W5'].map((name) => {
    const described = WORKLOADS[name];
    if (!described) throw new Error(`${index} has no workload ${name}`);
    const file = readFileSync(resolve(KIT, 'workflows', `${name.toLowerCase()}.json`), 'utf8');
    return { name, body: JSON.stringify(described.body), check: (answer) => described.check(answer), file };
  });
}

/** Imports and publishes an n8n file; the address of its webhook, undefined when it has none. */
export async function install({ client }: Launched, file: string): Promise<{ id: string; hook: string | undefined }> {
  const { id } = await client.call('POST /v1/workflows/import', { body: JSON.parse(file) as unknown });
  const { hooks } = await client.call('POST /v1/workflows/{id}/publish', { params: { id } });
  return { id, hook: hooks[0]?.url };
}

/** Sends the workload once. @throws Error when the answer is not the one every system must give. */
export async function checkAnswer(url: string, workload: Pick<Workload, 'name' | 'body' | 'check'>): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: workload.body,
  });
  const text = await response.text();
  let right = response.ok;
  try {
    right &&= workload.check(JSON.parse(text));
  } catch {
    right = false;
  }
  if (!right) throw new Error(`${workload.name} answered wrongly (${response.status}): ${text.slice(0, 300)}`);
}
