import type { Field } from '../../node/kit.ts';

const HASH_TYPES = ['MD5', 'SHA1', 'SHA256', 'SHA384', 'SHA512', 'SHA3-256', 'SHA3-384', 'SHA3-512'] as const;

export const fields: readonly Field[] = [
  {
    name: 'action',
    label: 'Action',
    type: 'options',
    default: 'hash',
    options: ['generate', 'hash', 'hmac', 'sign'],
  },
  {
    name: 'type',
    label: 'Digest',
    type: 'options',
    default: 'MD5',
    options: HASH_TYPES,
    show: { action: ['hash', 'hmac'] },
  },
  { name: 'binaryData', label: 'Of a file', type: 'boolean', default: false, show: { action: ['hash', 'hmac'] } },
  {
    name: 'binaryPropertyName',
    label: 'File',
    type: 'file',
    default: 'data',
    description: 'Name of the file.',
    show: { binaryData: [true] },
  },
  {
    name: 'value',
    label: 'Value',
    type: 'string',
    default: '',
    show: { action: ['hash', 'hmac', 'sign'], binaryData: [false] },
  },
  { name: 'dataPropertyName', label: 'Field for the result', type: 'string', default: 'data' },
  {
    name: 'secret',
    label: 'Secret',
    type: 'string',
    default: '',
    description: 'Version 1 only: from version 2 it is in a credential of type crypto.',
  },
  {
    name: 'encoding',
    label: 'Written as',
    type: 'options',
    default: 'hex',
    options: ['hex', 'base64'],
    show: { action: ['hash', 'hmac', 'sign'] },
  },
  {
    name: 'algorithm',
    label: 'Signature',
    type: 'string',
    default: '',
    description: 'Example: RSA-SHA256.',
    show: { action: ['sign'] },
  },
  {
    name: 'privateKey',
    label: 'Private key',
    type: 'string',
    default: '',
    description: 'PEM. Version 1 only: from version 2 it is in a credential of type crypto.',
  },
  {
    name: 'encodingType',
    label: 'Random text',
    type: 'options',
    default: 'uuid',
    options: ['ascii', 'base64', 'hex', 'uuid'],
    show: { action: ['generate'] },
  },
  {
    name: 'stringLength',
    label: 'Length',
    type: 'number',
    default: 32,
    show: { encodingType: ['ascii', 'base64', 'hex'] },
  },
];
