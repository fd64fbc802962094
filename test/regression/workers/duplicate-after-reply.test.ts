import { env } from 'cloudflare:workers';
import { describe, it } from 'vitest';
import type { Workflow, WorkflowNode } from '../../../core/graph/document.ts';
import type { HookCall, HookReply, Outcome } from '../../../durable-objects/runner/protocol.ts';
import { type ObjectBindings, runnerOf } from '../../../durable-objects/stubs.ts';

const node = (id: string, type: string, parameters: WorkflowNode['parameters'], version = 1): WorkflowNode => ({
  id,
  name: id,
  type,
  version,
  parameters,
  position: [0, 0],
});

const edge = (from: string, to: string) => ({
  from: { node: from, port: 'main', index: 0 },
  to: { node: to, port: 'main', index: 0 },
});

/** Replies, then waits: live for as long as the test needs it. */
const doc: Workflow = {
  schema: 1,
  name: 'replies, then goes on',
  nodes: [
    node('hook', 'webhook', { path: 'x', responseMode: 'responseNode' }, 2),
    node('answer', 'respond', { respondWith: 'text', responseBody: 'first' }, 1.1),
    node('pause', 'wait', { amount: 60, unit: 'seconds' }),
  ],
  edges: [edge('hook', 'answer'), edge('answer', 'pause')],
  settings: {},
  notes: [],
  pinned: [],
};

const call: HookCall = {
  source: { workflow: 'wf_replied', version: 'draft:1', doc },
  node: 'hook',
  idempotencyKey: 'once',
  answer: { responseMode: 'responseNode', responseCode: 200, responseData: 'firstEntryJson', responseHeaders: [] },
  request: {
    method: 'POST',
    url: 'https://x/hooks/t/x',
    headers: {},
    params: {},
    query: '',
    contentType: 'application/json',
  },
};

describe('a webhook sent twice with one key', () => {
  // A caller whose answer was lost in a crash asks again; the run, recovered, had replied before it asked.
  it('[P1] is told of its run when that has replied already and goes on', async ({ expect }) => {
    const target = runnerOf(env as unknown as ObjectBindings, 'replied', 0);
    const send = async () => JSON.parse(await target.hook(JSON.stringify(call), '{}')) as Outcome<HookReply>;
    const first = await send();
    const again = await send();
    expect(first.ok && first.value.body).toBe('first');
    expect(again.ok && again.value.status).toBe(200);
    expect(again.ok && JSON.parse(String(again.value.body))).toEqual({
      message: 'Already received',
      run: first.ok && first.value.run,
      duplicate: true,
    });
  });
});
