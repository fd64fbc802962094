import { MAX_SAID_CHARS } from '../../chat/told.ts';
import type { Json } from '../../data/item.ts';
import { type HttpReply, NodeError, type NodeType, type StepResult, defineNode } from '../../node/kit.ts';
import { pass } from '../pass.ts';
import { compileLimit } from '../wait/until.ts';

const LIMIT = 'options.limitWaitTime.values';

export const node: NodeType = defineNode({
  type: 'respond-to-chat',
  title: 'Respond to chat',
  summary: 'Tells the chat that started the run something, and goes on, at once or with the next message.',
  group: 'flow',
  icon: 'message-circle-reply',
  n8n: { type: '@n8n/n8n-nodes-langchain.chat', versions: [1, 1.1] },
  version: 1.1,
  fields: [
    {
      name: 'operation',
      label: 'Then',
      type: 'options',
      default: 'send',
      options: ['send', 'sendAndWait'],
      description: 'send: go on. sendAndWait: go on with the next message of the same session.',
    },
    { name: 'message', label: 'Message', type: 'string', required: true },
    {
      name: 'options.limitWaitTime',
      label: 'Limit the wait',
      type: 'json',
      show: { operation: ['sendAndWait'] },
      description: '`{"values": {"limitType": "afterTimeInterval", "resumeAmount": 45, "resumeUnit": "minutes"}}`',
    },
  ],
  inputs: 1,
  replies: true,
  compile(kit) {
    const operation = kit.raw('operation');
    const asked = kit.raw('waitUserReply') ?? kit.raw('options.waitUserReply');
    // version 1 had a switch, which was on
    const isOld = operation === undefined || kit.node.version < 1.1;
    const waits = isOld ? (asked ?? kit.node.version < 1.1) !== false : operation === 'sendAndWait';
    if (waits && kit.raw('responseType') === 'approval') {
      throw new NodeError('unsupported', 'A chat cannot ask for an approval with buttons.', {
        description: 'Let people answer with text, or use an Approval node.',
      });
    }
    const message = kit.param<Json>('message', '');
    const until = waits && kit.raw(LIMIT) !== undefined ? compileLimit(kit, `${LIMIT}.`) : undefined;
    return {
      outputs: 1,
      run(step): StepResult {
        const say = textOf(message.at(step.scope(0)));
        const reply = replyOf(say);
        if (!waits) return { kind: 'output', outputs: [step.items.map(pass)], reply, say };
        const wait = { kind: 'wait', signal: 'chat', reply, say } as const;
        return until ? { ...wait, untilMs: until(step) } : wait;
      },
      resume: (step, wake) => ({
        kind: 'output',
        // what was said next, as the trigger would give it
        outputs: [
          wake.kind === 'signal' ? wake.items.map((item) => ({ ...item, pairedItem: 0 })) : step.items.map(pass),
        ],
      }),
    };
  },
});

function textOf(said: Json | undefined): string {
  const text = typeof said === 'string' ? said : JSON.stringify(said ?? '');
  if (text.length <= MAX_SAID_CHARS) return text;
  throw new NodeError('message-too-long', `A message to a chat has at most ${MAX_SAID_CHARS} characters.`, {
    description: 'Shorten it, or send it in several.',
  });
}

const replyOf = (output: string): HttpReply => ({
  status: 200,
  headers: [['content-type', 'application/json; charset=utf-8']],
  body: JSON.stringify({ output }),
});
