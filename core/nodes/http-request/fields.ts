import type { Field } from '../../node/kit.ts';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

export const fields: readonly Field[] = [
  { name: 'method', label: 'Method', type: 'options', default: 'GET', options: METHODS },
  { name: 'url', label: 'URL', type: 'string', required: true, default: '' },
  {
    name: 'authentication',
    label: 'Authentication',
    type: 'options',
    default: 'none',
    options: ['none', 'genericCredentialType', 'predefinedCredentialType'],
  },
  { name: 'sendQuery', label: 'Send query parameters', type: 'boolean', default: false },
  { name: 'specifyQuery', label: 'Query as', type: 'options', default: 'keypair', options: ['keypair', 'json'] },
  { name: 'queryParameters', label: 'Query parameters', type: 'collection', default: {} },
  { name: 'jsonQuery', label: 'Query (JSON)', type: 'json' },
  { name: 'sendHeaders', label: 'Send headers', type: 'boolean', default: false },
  { name: 'specifyHeaders', label: 'Headers as', type: 'options', default: 'keypair', options: ['keypair', 'json'] },
  { name: 'headerParameters', label: 'Headers', type: 'collection', default: {} },
  { name: 'jsonHeaders', label: 'Headers (JSON)', type: 'json' },
  { name: 'sendBody', label: 'Send body', type: 'boolean', default: false },
  {
    name: 'contentType',
    label: 'Body type',
    type: 'options',
    default: 'json',
    options: ['json', 'form-urlencoded', 'multipart-form-data', 'binaryData', 'raw'],
  },
  {
    name: 'specifyBody',
    label: 'Body as',
    type: 'options',
    default: 'keypair',
    options: ['keypair', 'json', 'string'],
  },
  { name: 'bodyParameters', label: 'Body fields', type: 'collection', default: {} },
  { name: 'jsonBody', label: 'Body (JSON)', type: 'json' },
  { name: 'body', label: 'Body (text)', type: 'string' },
  { name: 'rawContentType', label: 'Media type', type: 'string' },
  { name: 'inputDataFieldName', label: 'Binary field', type: 'string' },
  {
    name: 'options',
    label: 'Options',
    type: 'collection',
    default: {},
    description:
      'response, batching, timeout, redirect, pagination, and idempotencyKey: false to send POST and PATCH without an Idempotency-Key.',
  },
];
