import { type NodeType, defineNode } from '../../node/kit.ts';
import { startItems } from '../start-items.ts';

export const node: NodeType = defineNode({
  type: 'webhook',
  title: 'Webhook',
  summary: 'Starts when its URL is called.',
  group: 'trigger',
  n8n: { type: 'n8n-nodes-base.webhook', versions: [1, 1.1, 2, 2.1] },
  version: 2.1,
  fields: [
    {
      name: 'httpMethod',
      label: 'Method',
      type: 'options',
      default: 'GET',
      options: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'],
    },
    {
      name: 'path',
      label: 'Path',
      type: 'string',
      required: true,
      description: 'A segment such as `:id` becomes a parameter.',
    },
    {
      name: 'authentication',
      label: 'Authentication',
      type: 'options',
      default: 'none',
      options: ['none', 'basicAuth', 'headerAuth', 'jwtAuth'],
    },
    {
      name: 'responseMode',
      label: 'Respond',
      type: 'options',
      default: 'onReceived',
      options: ['onReceived', 'lastNode', 'responseNode'],
    },
  ],
  trigger: 'webhook',
  inputs: 0,
  compile: startItems,
});
