import type { Json } from '../../data/item.ts';
import { credentialOf } from '../../node/calls.ts';
import { type NodeType, defineNode } from '../../node/kit.ts';
import { oneCallAnItem, transformNode } from '../../node/transform.ts';
import { objectOf } from '../field-list.ts';
import { ALGORITHMS } from './algorithms.ts';

export const node: NodeType = defineNode({
  type: 'totp',
  title: 'One-time password',
  summary: 'Gives the code an authenticator app would show now (TOTP).',
  group: 'data',
  icon: 'shield-check',
  n8n: { type: 'n8n-nodes-base.totp', versions: [1] },
  version: 1,
  fields: [
    { name: 'operation', label: 'Operation', type: 'options', default: 'generateSecret', options: ['generateSecret'] },
    { name: 'options.algorithm', label: 'Digest', type: 'options', default: 'SHA1', options: [...ALGORITHMS.keys()] },
    { name: 'options.digits', label: 'Digits', type: 'number', default: 6 },
    { name: 'options.period', label: 'Seconds a code lives', type: 'number', default: 30 },
  ],
  inputs: 1,
  credential: () => 'otpApi',
  compile(kit) {
    const options = kit.param<Json>('options', {});
    return transformNode({
      transform: 'totp',
      credential: () => credentialOf(kit, 'otpApi'),
      callsOf: oneCallAnItem((step, itemIndex) => ({
        parameters: { options: objectOf(options.at(step.scope(itemIndex))) },
        files: {},
      })),
    });
  },
});
