import type { JsonObject } from '../../core/data/item.ts';
import type { Workflow, WorkflowNode } from '../../core/graph/document.ts';

const node = (id: string, type: string, version: number, parameters: JsonObject): WorkflowNode => ({
  id,
  name: id,
  type,
  version,
  parameters,
  position: [0, 0],
});

const hook = (path: string, responseMode: string): WorkflowNode =>
  node('hook', 'webhook', 2, { httpMethod: 'POST', path, responseMode, options: {} });

const set = (id: string, name: string, value: string): WorkflowNode =>
  node(id, 'set', 3.4, {
    assignments: { assignments: [{ id: name, name, type: 'string', value }] },
    options: {},
  });

/** Tells the sink which run and step this is; the product adds the idempotency key. */
const call = (sinkUrl: string, step: number): WorkflowNode =>
  node(`call${step}`, 'http-request', 4.2, {
    method: 'POST',
    url: sinkUrl,
    sendBody: true,
    specifyBody: 'json',
    jsonBody: `={{ { run: $execution.id, id: $('hook').first().json.body.id, step: ${step} } }}`,
    options: {},
  });

function chain(name: string, nodes: WorkflowNode[]): Workflow {
  const edges = nodes.slice(1).map((to, index) => ({
    from: { node: nodes[index]?.id ?? '', port: 'main', index: 0 },
    to: { node: to.id, port: 'main', index: 0 },
  }));
  return { schema: 1, name, nodes, edges, settings: {}, notes: [], pinned: [] };
}

/** Path of the webhook → document. Every run makes request 1 and then request 2 to the sink. */
export function crashWorkflows(sinkUrl: string): Map<string, Workflow> {
  const before = set('before', 'id', "={{ $('hook').first().json.body.id }}");
  const between = set('between', 'first', '={{ $json.n }}');
  return new Map([
    [
      'crash-chain',
      chain('Crash: chain', [hook('crash-chain', 'onReceived'), before, call(sinkUrl, 1), between, call(sinkUrl, 2)]),
    ],
    [
      'crash-respond',
      chain('Crash: respond', [
        hook('crash-respond', 'responseNode'),
        call(sinkUrl, 1),
        node('answer', 'respond', 1.1, { respondWith: 'firstIncomingItem', options: {} }),
        between,
        call(sinkUrl, 2),
      ]),
    ],
    [
      'crash-wait',
      chain('Crash: wait', [
        hook('crash-wait', 'onReceived'),
        call(sinkUrl, 1),
        node('wait', 'wait', 1.1, { resume: 'timeInterval', amount: '={{ 1 + Math.random() }}', unit: 'seconds' }),
        call(sinkUrl, 2),
      ]),
    ],
  ]);
}

/** Runs that wait until the moment in their body, then do one pure step. */
export const sleeper: Workflow = chain('Crash: sleepers', [
  hook('crash-sleep', 'onReceived'),
  node('wait', 'wait', 1.1, { resume: 'specificTime', dateTime: '={{ $json.body.until }}' }),
  set('after', 'awake', 'yes'),
]);

/** Runs that are in the middle of a request. */
export const caller = (sinkUrl: string): Workflow =>
  chain('Crash: callers', [hook('crash-call', 'onReceived'), call(sinkUrl, 1), set('after', 'done', 'yes')]);
