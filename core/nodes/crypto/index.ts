import type { Json, JsonObject } from '../../data/item.ts';
import { textOf } from '../../data/text.ts';
import { credentialOf } from '../../node/calls.ts';
import { type CompileKit, type NodeType, defineNode } from '../../node/kit.ts';
import { fileOf, inField, oneCallAnItem, transformNode } from '../../node/transform.ts';
import { fields } from './fields.ts';

/** Version 1 has them in the document, or reads them from secret variables. */
const KEYS = ['secret', 'privateKey'];

/** From version 2 secrets live in a credential; before, the document holds them. */
const secretsAreStored = (kit: CompileKit, action: Json | undefined): boolean =>
  kit.node.version >= 2 && (action === 'hmac' || action === 'sign');

export const node: NodeType = defineNode({
  type: 'crypto',
  title: 'Crypto',
  summary: 'Hashes, signs and makes random texts.',
  group: 'data',
  icon: 'lock-keyhole',
  n8n: { type: 'n8n-nodes-base.crypto', versions: [1, 2] },
  version: 2,
  fields,
  defaults: () => ({ action: 'hash', type: 'MD5', dataPropertyName: 'data', binaryPropertyName: 'data' }),
  inputs: 1,
  usesSecrets: ({ action }, parameter) => (action === 'hmac' || action === 'sign') && KEYS.includes(parameter),
  compile(kit) {
    const action = kit.raw('action');
    const stored = secretsAreStored(kit, action);
    const parameter = (name: string, fallback: Json): [string, ReturnType<typeof kit.param>] => [
      name,
      kit.param<Json>(name, fallback),
    ];
    const read = new Map([
      parameter('type', 'MD5'),
      parameter('encoding', 'hex'),
      parameter('algorithm', ''),
      parameter('encodingType', 'uuid'),
      parameter('stringLength', 32),
      ...(stored ? [] : [parameter('secret', ''), parameter('privateKey', '')]),
    ]);
    const value = kit.param<Json>('value', '');
    const isFile = kit.param<Json>('binaryData', false);
    const fileName = kit.param<Json>('binaryPropertyName', 'data');
    const destination = kit.param<Json>('dataPropertyName', 'data');
    return transformNode({
      transform: 'crypto',
      ...(stored ? { credential: () => credentialOf(kit, 'crypto') } : { keys: KEYS }),
      callsOf: oneCallAnItem((step, itemIndex, item) => {
        const scope = step.scope(itemIndex);
        const parameters: JsonObject = { action: action ?? 'hash' };
        for (const [name, param] of read) parameters[name] = param.at(scope) ?? null;
        if ((action === 'hash' || action === 'hmac') && isFile.at(scope) === true) {
          return { parameters, files: { file: fileOf(item, fileName.at(scope), itemIndex) } };
        }
        return { parameters: { ...parameters, value: value.at(scope) ?? '' }, files: {} };
      }),
      finish: (step, results) => inField(step, results, (index) => textOf(destination.at(step.scope(index))), 'made'),
    });
  },
});
