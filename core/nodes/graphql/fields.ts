import { NAME_VALUE, when } from '../../node/field.ts';
import type { Field } from '../../node/kit.ts';

const BESIDES: readonly Field[] = [
  { name: 'variables', label: 'Variables', type: 'json' },
  { name: 'operationName', label: 'Operation', type: 'string', default: '' },
];

export const fields: readonly Field[] = [
  {
    name: 'authentication',
    label: 'Authentication',
    type: 'options',
    default: 'none',
    options: ['none', 'basicAuth', 'customAuth', 'digestAuth', 'headerAuth', 'oAuth1', 'oAuth2', 'queryAuth'],
  },
  { name: 'requestMethod', label: 'Method', type: 'options', default: 'POST', options: ['GET', 'POST'] },
  { name: 'endpoint', label: 'Endpoint', type: 'string', default: '', required: true },
  {
    name: 'requestFormat',
    label: 'Sent as',
    type: 'options',
    default: 'json',
    options: ['graphql', 'json'],
    description: 'Variables and an operation name need json.',
    show: { requestMethod: ['POST'] },
  },
  { name: 'query', label: 'Query', type: 'text', default: '', required: true },
  ...when({ requestMethod: ['GET'] }, BESIDES),
  ...when({ requestFormat: ['json'] }, BESIDES),
  { name: 'responseFormat', label: 'Answer as', type: 'options', default: 'json', options: ['json', 'string'] },
  {
    name: 'dataPropertyName',
    label: 'Field for a text answer',
    type: 'string',
    default: 'data',
    show: { responseFormat: ['string'] },
  },
  {
    name: 'headerParametersUi.parameter',
    label: 'Headers',
    type: 'list',
    fields: NAME_VALUE,
  },
];
