import { NAME_VALUE } from '../../node/field.ts';
import type { Item } from '../../data/item.ts';
import { type HttpReply, type NodeType, type StepContext, type StepResult, defineNode } from '../../node/kit.ts';
import { pass } from '../pass.ts';
import { compileFinish, compileReply, JSON_TYPE } from './reply.ts';
import { compileToken } from './token.ts';

export const node: NodeType = defineNode({
  type: 'respond',
  title: 'Respond to webhook',
  summary: 'Answers the request that started the run, and goes on.',
  group: 'flow',
  icon: 'reply',
  n8n: { type: 'n8n-nodes-base.respondToWebhook', versions: [1, 1.1, 1.2, 1.3, 1.4, 1.5] },
  version: 1.5,
  fields: [
    {
      name: 'respondWith',
      label: 'Respond with',
      type: 'options',
      default: 'firstIncomingItem',
      options: ['firstIncomingItem', 'allIncomingItems', 'json', 'text', 'binary', 'redirect', 'noData', 'jwt'],
    },
    { name: 'responseBody', label: 'Body', type: 'text', show: { respondWith: ['json', 'text'] } },
    { name: 'redirectURL', label: 'Redirect to', type: 'string', show: { respondWith: ['redirect'] } },
    {
      name: 'payload',
      label: 'Claims of the token',
      type: 'json',
      description: 'Signed with the credential; sent as `{"token": …}`.',
      show: { respondWith: ['jwt'] },
    },
    {
      name: 'responseDataSource',
      label: 'Which file',
      type: 'options',
      default: 'automatically',
      options: ['automatically', 'set'],
      show: { respondWith: ['binary'] },
    },
    {
      name: 'inputFieldName',
      label: 'Name of the file',
      type: 'file',
      default: 'data',
      show: { responseDataSource: ['set'] },
    },
    { name: 'options.responseCode', label: 'Status', type: 'number', default: 200 },
    {
      name: 'options.responseHeaders.entries',
      label: 'Headers',
      type: 'list',
      fields: NAME_VALUE,
    },
    { name: 'options.responseKey', label: 'Put the data under', type: 'string' },
    {
      name: 'options.enableStreaming',
      label: 'Stream',
      type: 'boolean',
      default: true,
      description: 'For answers of nodes that stream; here the answer is sent whole.',
    },
    {
      name: 'options.enableResponseOutput',
      label: 'Second output with the answer',
      type: 'boolean',
      default: false,
    },
  ],
  inputs: 1,
  replies: true,
  credential: ({ respondWith }) => (respondWith === 'jwt' ? 'jwtAuth' : undefined),
  compile(kit) {
    const { version } = kit.node;
    const hasResponseOutput = version === 1.3 || (version > 1.3 && kit.raw('options.enableResponseOutput') === true);
    const send = (step: StepContext, reply: HttpReply): StepResult => {
      const passed = step.items.map(pass);
      if (!hasResponseOutput) return { kind: 'output', outputs: [passed], reply };
      const sent: Item = {
        json: {
          statusCode: reply.status,
          headers: Object.fromEntries(reply.headers),
          body: typeof reply.body === 'string' ? reply.body : null,
        },
        pairedItem: 0,
      };
      return { kind: 'output', outputs: [passed, [sent]], reply };
    };
    const outputs = hasResponseOutput ? 2 : 1;
    if (kit.raw('respondWith') === 'jwt') {
      const finish = compileFinish(kit);
      const token = (step: StepContext, body: HttpReply['body']) => send(step, finish(step, { body, type: JSON_TYPE }));
      return { outputs, ...compileToken(kit, token) };
    }
    const replyTo = compileReply(kit);
    return { outputs, run: (step) => send(step, replyTo(step)) };
  },
});
