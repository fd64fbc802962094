import type { JsonObject } from '../../core/data/item.ts';
import type { Workflow, WorkflowNode } from '../../core/graph/document.ts';

/** Fixed, so that seeding again finds what it made. */
export const QUICK_START_ID = 'wf_quick_start';
export const QUICK_START_PATH = 'quick-start';

const assign = (fields: [name: string, type: string, value: string | boolean][]): JsonObject => ({
  assignments: { assignments: fields.map(([name, type, value]) => ({ id: name, name, type, value })) },
  options: {},
});

const IS_PUSH: JsonObject = {
  options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
  combinator: 'and',
  conditions: [
    {
      id: 'push',
      leftValue: '={{ Array.isArray($json.body?.commits) }}',
      rightValue: '',
      operator: { type: 'boolean', operation: 'true', singleValue: true },
    },
  ],
};

const node = (id: string, name: string, rest: Pick<WorkflowNode, 'type' | 'version' | 'parameters' | 'position'>) => ({
  id,
  name,
  ...rest,
});

/** What *Run* has before anything was called: shortened from what GitHub sends. */
const SAMPLE: JsonObject = {
  headers: { 'content-type': 'application/json', 'x-github-event': 'push' },
  params: {},
  query: {},
  body: {
    ref: 'refs/heads/main',
    repository: { full_name: 'ada/engine' },
    pusher: { name: 'Ada' },
    commits: [{ message: 'Turn the first wheel' }, { message: 'Oil it' }],
  },
};

/** What a newcomer can call at once: tells of a GitHub push what was pushed, and of anything else what it is. */
export const quickStart: Workflow = {
  schema: 1,
  name: 'Quick start',
  nodes: [
    node('hook', 'Webhook', {
      type: 'webhook',
      version: 2,
      position: [0, 0],
      parameters: { httpMethod: 'POST', path: QUICK_START_PATH, responseMode: 'responseNode', options: {} },
    }),
    node('is-push', 'Is it a push?', {
      type: 'if',
      version: 2.2,
      position: [280, 0],
      parameters: { conditions: IS_PUSH, options: {} },
    }),
    node('push', 'Describe the push', {
      type: 'set',
      version: 3.4,
      position: [560, -100],
      parameters: assign([
        ['received', 'boolean', true],
        ['kind', 'string', 'push'],
        ['repository', 'string', "={{ $json.body.repository?.full_name ?? 'unknown' }}"],
        ['branch', 'string', "={{ ($json.body.ref ?? '').replace('refs/heads/', '') }}"],
        ['commits', 'number', '={{ $json.body.commits.length }}'],
        [
          'summary',
          'string',
          "={{ $json.body.pusher?.name ?? 'Someone' }} pushed {{ $json.body.commits.length }} commit(s) to {{ $json.body.repository?.full_name ?? 'a repository' }}",
        ],
      ]),
    }),
    node('other', 'Describe anything else', {
      type: 'set',
      version: 3.4,
      position: [560, 100],
      parameters: assign([
        ['received', 'boolean', true],
        [
          'kind',
          'string',
          "={{ $json.headers['x-github-event'] ?? (Array.isArray($json.body) ? 'list' : $json.body === null ? 'null' : typeof $json.body) }}",
        ],
        [
          'summary',
          'string',
          "={{ Array.isArray($json.body) ? 'A list of ' + $json.body.length + ' entries' : typeof $json.body === 'object' && $json.body !== null ? 'An object with the fields ' + Object.keys($json.body).slice(0, 10).join(', ') : 'The value ' + String($json.body).slice(0, 100) }}",
        ],
      ]),
    }),
    node('answer', 'Answer', {
      type: 'respond',
      version: 1.1,
      position: [840, 0],
      parameters: { respondWith: 'firstIncomingItem', options: {} },
    }),
  ],
  edges: [
    { from: { node: 'hook', port: 'main', index: 0 }, to: { node: 'is-push', port: 'main', index: 0 } },
    { from: { node: 'is-push', port: 'main', index: 0 }, to: { node: 'push', port: 'main', index: 0 } },
    { from: { node: 'is-push', port: 'main', index: 1 }, to: { node: 'other', port: 'main', index: 0 } },
    { from: { node: 'push', port: 'main', index: 0 }, to: { node: 'answer', port: 'main', index: 0 } },
    { from: { node: 'other', port: 'main', index: 0 }, to: { node: 'answer', port: 'main', index: 0 } },
  ],
  settings: { executionOrder: 'v1' },
  notes: [],
  pinned: [{ node: 'hook', items: [{ json: SAMPLE }] }],
};
