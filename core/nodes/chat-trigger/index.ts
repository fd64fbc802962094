import { chatJson } from '../../chat/page.ts';
import type { Json } from '../../data/item.ts';
import { textOf } from '../../data/text.ts';
import { type NodeType, defineNode } from '../../node/kit.ts';
import { startItems } from '../start-items.ts';

const GREETING = 'Hi there! 👋\nHow can I help you today?';

export const node: NodeType = defineNode({
  type: 'chat-trigger',
  title: 'Chat trigger',
  summary: 'Starts at each message of a chat, and answers it.',
  group: 'trigger',
  icon: 'message-circle',
  n8n: {
    type: '@n8n/n8n-nodes-langchain.chatTrigger',
    versions: [1, 1.1, 1.2, 1.3, 1.4],
    also: [{ type: '@n8n/n8n-nodes-langchain.manualChatTrigger', versions: [1, 1.1] }],
  },
  version: 1.4,
  fields: [
    { name: 'public', label: 'Publicly available', type: 'boolean', default: false },
    {
      name: 'mode',
      label: 'Mode',
      type: 'options',
      default: 'hostedChat',
      options: ['hostedChat', 'webhook'],
      description: 'A page of its own, or only an address for a chat embedded elsewhere.',
    },
    {
      name: 'authentication',
      label: 'Authentication',
      type: 'options',
      default: 'none',
      options: ['none', 'basicAuth'],
    },
    { name: 'initialMessages', label: 'First messages', type: 'string', default: GREETING, description: 'One a line.' },
    {
      name: 'options.responseMode',
      label: 'Answer',
      type: 'options',
      default: 'lastNode',
      options: ['lastNode', 'responseNode', 'responseNodes', 'streaming'],
    },
    { name: 'options.title', label: 'Title', type: 'string' },
    { name: 'options.subtitle', label: 'Subtitle', type: 'string' },
    { name: 'options.inputPlaceholder', label: 'Placeholder', type: 'string' },
    { name: 'options.allowFileUploads', label: 'Take files', type: 'boolean', default: false },
    { name: 'options.allowedFilesMimeTypes', label: 'Types of files', type: 'string', default: '*' },
    { name: 'options.allowedOrigins', label: 'Allowed origins', type: 'string', default: '*' },
    {
      name: 'options.loadPreviousSession',
      label: 'Load earlier messages',
      type: 'options',
      default: 'notSupported',
      options: ['notSupported'],
    },
    { name: 'options.customCss', label: 'Styles', type: 'code' },
  ],
  trigger: 'chat',
  inputs: 0,
  compile(kit) {
    const param = (name: string) => kit.param<Json>(name, '');
    const greetings = kit.param<Json>('initialMessages', GREETING);
    const [title, subtitle, placeholder, types, css] = [
      'title',
      'subtitle',
      'inputPlaceholder',
      'allowedFilesMimeTypes',
      'customCss',
    ].map((name) => param(`options.${name}`));
    return {
      ...startItems(),
      page: (scope) => {
        const style = textOf(css?.at(scope));
        return chatJson({
          title: textOf(title?.at(scope), scope.workflow.name || 'Chat'),
          subtitle: textOf(subtitle?.at(scope)),
          placeholder: textOf(placeholder?.at(scope), 'Type your message…'),
          greetings: textOf(greetings.at(scope))
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean),
          takesFiles: kit.raw('options.allowFileUploads') === true,
          fileTypes: textOf(types?.at(scope), '*'),
          ...(style === '' ? {} : { css: style }),
        });
      },
    };
  },
});
