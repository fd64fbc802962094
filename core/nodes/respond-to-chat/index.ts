import type { Json } from '../../data/item.ts';
import { NodeError, type NodeType, type StepResult, defineNode } from '../../node/kit.ts';
import { pass } from '../pass.ts';

export const node: NodeType = defineNode({
  type: 'respond-to-chat',
  title: 'Respond to chat',
  summary: 'Answers the chat message that started the run, and goes on.',
  group: 'flow',
  n8n: { type: '@n8n/n8n-nodes-langchain.chat', versions: [1, 1.1] },
  version: 1.1,
  fields: [
    { name: 'message', label: 'Message', type: 'string', required: true },
    {
      name: 'waitUserReply',
      label: 'Wait for a reply',
      type: 'boolean',
      default: true,
      description: 'Must be off: the next message starts a run of its own, with the same session.',
    },
  ],
  inputs: 1,
  replies: true,
  compile(kit) {
    const waits = kit.raw('waitUserReply') ?? kit.raw('options.waitUserReply') ?? true;
    if (waits !== false && kit.raw('operation') !== 'send') {
      throw new NodeError('unsupported', 'A run cannot wait for the next chat message.', {
        description: 'Turn "Wait for a reply" off; the next message starts a run with the same sessionId.',
      });
    }
    const message = kit.param<Json>('message', '');
    return {
      outputs: 1,
      run(step): StepResult {
        const said = message.at(step.scope(0));
        const output = typeof said === 'string' ? said : JSON.stringify(said ?? '');
        return {
          kind: 'output',
          outputs: [step.items.map(pass)],
          reply: {
            status: 200,
            headers: [['content-type', 'application/json; charset=utf-8']],
            body: JSON.stringify({ output }),
          },
        };
      },
    };
  },
});
