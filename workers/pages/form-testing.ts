import type { JsonObject } from '../../core/data/item.ts';
import type { Workflow, WorkflowNode } from '../../core/graph/document.ts';
import { node } from '../areas/workflows/testing.ts';
import { fetchWorker } from '../kit/testing.ts';
import type { Caller } from '../kit/testing.ts';

export async function publish(api: Caller, document: Workflow): Promise<{ url: string }[]> {
  const { body } = await api('POST /v1/workflows', { body: document });
  const result = await api('POST /v1/workflows/{id}/publish', { params: { id: body['id'] as string } });
  if (result.status !== 200) throw new Error(JSON.stringify(result.body));
  return result.body['hooks'] as { url: string }[];
}

export const values = (...list: JsonObject[]): JsonObject => ({ values: list });
export const trigger = (parameters: JsonObject): WorkflowNode =>
  node('Form', 'form-trigger', 2.3, { formTitle: 'Tell us', options: { path: 'tell' }, ...parameters });
export const page = (name: string, parameters: JsonObject): WorkflowNode => node(name, 'form', 2.3, parameters);

export async function get(path: string, init?: RequestInit) {
  const response = await fetchWorker(path, { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** What a browser sends: the page's own hidden fields, and the answers. */
export async function send(
  path: string,
  text: string,
  answers: Record<string, string | File | string[]>,
  headers: Record<string, string> = {},
) {
  const form = new FormData();
  for (const [, name = '', value = ''] of text.matchAll(
    /<input type="hidden" name="(submission|step)" value="([^"]*)"/g,
  )) {
    form.append(name, value);
  }
  for (const [name, given] of Object.entries(answers)) for (const value of [given].flat()) form.append(name, value);
  const isMultipart = text.includes('multipart/form-data');
  const body = isMultipart ? form : new URLSearchParams([...form.entries()] as [string, string][]);
  const reply = await get(path, { method: 'POST', body, headers });
  return { ...reply, location: reply.headers.get('location') ?? '' };
}

export async function outputs(
  api: Caller,
  path: string,
): Promise<Record<string, { json: JsonObject; binary?: JsonObject }>> {
  const run = path.split('/')[3] ?? '';
  const { body } = await api('GET /v1/runs/{id}', { params: { id: run }, query: { wait: '5s' } });
  const nodes = body['nodes'] as { nodeName: string; outputs: { json: JsonObject; binary?: JsonObject }[][] }[];
  return Object.fromEntries(nodes.map(({ nodeName, outputs: all }) => [nodeName, all[0]?.[0] ?? { json: {} }]));
}

/** A page without the one script of ours that it may have. */
export const withoutOurs = (html: string): string => html.replace('<script src="/forms/script.js" defer></script>', '');
