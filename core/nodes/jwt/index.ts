import { JWT_ALGORITHMS } from '../../credentials/jwt-algorithms.ts';
import type { Json, JsonObject } from '../../data/item.ts';
import { credentialOf } from '../../node/calls.ts';
import { type Field, when } from '../../node/field.ts';
import { type NodeType, NodeError, defineNode } from '../../node/kit.ts';
import { oneCallAnItem, transformNode } from '../../node/transform.ts';
import { objectOf } from '../field-list.ts';

const CLAIMS: readonly Field[] = [
  { name: 'audience', label: 'Audience', type: 'string' },
  { name: 'expiresIn', label: 'Expires in (seconds)', type: 'number' },
  { name: 'issuer', label: 'Issuer', type: 'string' },
  { name: 'jwtid', label: 'Token ID', type: 'string' },
  { name: 'notBefore', label: 'Not before (seconds from now)', type: 'number' },
  { name: 'subject', label: 'Subject', type: 'string' },
];

export const node: NodeType = defineNode({
  type: 'jwt',
  title: 'JWT',
  summary: 'Signs, checks and reads JSON Web Tokens.',
  group: 'data',
  icon: 'key-round',
  n8n: { type: 'n8n-nodes-base.jwt', versions: [1] },
  version: 1,
  fields: [
    { name: 'operation', label: 'Operation', type: 'options', default: 'sign', options: ['sign', 'decode', 'verify'] },
    ...when({ operation: ['sign'] }, [
      { name: 'useJson', label: 'Claims as JSON', type: 'boolean', default: false },
      { name: 'claims', label: 'Claims', type: 'collection', fields: CLAIMS, show: { useJson: [false] } },
      { name: 'claimsJson', label: 'Claims (JSON)', type: 'json', default: '{}', show: { useJson: [true] } },
    ]),
    {
      name: 'token',
      label: 'Token',
      type: 'string',
      required: true,
      show: { operation: ['decode', 'verify'] },
    },
    ...when({ operation: ['sign', 'verify'] }, [
      {
        name: 'options.algorithm',
        label: 'Algorithm',
        type: 'options',
        options: JWT_ALGORITHMS,
        description: 'Instead of the one the credential names.',
      },
    ]),
    { name: 'options.kid', label: 'Key ID', type: 'string', default: '', show: { operation: ['sign'] } },
    {
      name: 'options.complete',
      label: 'With header and signature',
      type: 'boolean',
      default: false,
      show: { operation: ['decode', 'verify'] },
    },
    ...when({ operation: ['verify'] }, [
      { name: 'options.ignoreExpiration', label: 'Accept expired tokens', type: 'boolean', default: false },
      { name: 'options.ignoreNotBefore', label: 'Accept early tokens', type: 'boolean', default: false },
      { name: 'options.clockTolerance', label: 'Clock tolerance (seconds)', type: 'number', default: 0 },
    ]),
  ],
  inputs: 1,
  credential: ({ operation }) => (operation === 'decode' ? undefined : 'jwtAuth'),
  compile(kit) {
    const operation = kit.raw('operation') ?? 'sign';
    const token = kit.param<Json>('token', '');
    const usesJson = kit.param<Json>('useJson', false);
    const claims = kit.param<Json>('claims', {});
    const claimsJson = kit.param<Json>('claimsJson', '{}');
    const options = kit.param<Json>('options', {});
    return transformNode({
      transform: 'jwt',
      // Reading a token needs no key.
      ...(operation === 'decode' ? {} : { credential: () => credentialOf(kit, 'jwtAuth') }),
      callsOf: oneCallAnItem((step, itemIndex) => {
        const scope = step.scope(itemIndex);
        const parameters: JsonObject = { operation, options: objectOf(options.at(scope)) };
        if (operation !== 'sign') return { parameters: { ...parameters, token: token.at(scope) ?? '' }, files: {} };
        const written = usesJson.at(scope) === true ? { claimsJson: parsed(claimsJson.at(scope), itemIndex) } : {};
        return { parameters: { ...parameters, claims: objectOf(claims.at(scope)), ...written }, files: {} };
      }),
    });
  },
});

function parsed(value: Json | undefined, itemIndex: number): JsonObject {
  let read = value;
  try {
    if (typeof value === 'string') read = JSON.parse(value) as Json;
  } catch {
    read = null;
  }
  if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read;
  throw new NodeError('bad-json-parameter', 'The claims are not a JSON object.', { itemIndex });
}
