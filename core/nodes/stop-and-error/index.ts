import type { Json } from '../../data/item.ts';
import { asText, parseRelaxed } from '../../conditions/index.ts';
import { NodeError, type NodeType, defineNode } from '../../node/kit.ts';
import { isObject } from '../field-list.ts';

export const node: NodeType = defineNode({
  type: 'stop-and-error',
  title: 'Stop and error',
  summary: 'Fails the run with a message of your own.',
  group: 'flow',
  icon: 'octagon-x',
  n8n: { type: 'n8n-nodes-base.stopAndError', versions: [1] },
  version: 1,
  fields: [
    {
      name: 'errorType',
      label: 'Error as',
      type: 'options',
      default: 'errorMessage',
      options: ['errorMessage', 'errorObject'],
    },
    { name: 'errorMessage', label: 'Message', type: 'text', default: '', show: { errorType: ['errorMessage'] } },
    { name: 'errorObject', label: 'Error object', type: 'json', default: '', show: { errorType: ['errorObject'] } },
  ],
  inputs: 1,
  compile(kit) {
    const type = kit.param<string>('errorType', 'errorMessage');
    const message = kit.param('errorMessage', '');
    const object = kit.param('errorObject', '');
    return {
      outputs: 1,
      run(step) {
        const scope = step.scope(0);
        const text = type.at(scope) === 'errorObject' ? messageOf(object.at(scope)) : asText(message.at(scope) ?? '');
        throw new NodeError('stopped', text === '' ? 'The workflow was stopped.' : text);
      },
    };
  },
});

/** What an error object says about itself, in the order people put it. */
function messageOf(raw: Json): string {
  const value = typeof raw === 'string' ? (parseRelaxed(raw) ?? raw) : raw;
  if (!isObject(value)) return asText(value);
  const said = [value.message, value.description, value.error].find((part) => typeof part === 'string' && part !== '');
  return typeof said === 'string' ? said : JSON.stringify(value);
}
