import type { Json, JsonObject } from '../../data/item.ts';
import { asObject, own } from '../n8n/json.ts';
import type { Source } from './formula.ts';

/** A module of a blueprint, its parts checked. */
export interface Module {
  id: string;
  module: string;
  parameters: JsonObject;
  mapper: JsonObject;
  label: string | undefined;
  position: [number, number];
}

/** What a module becomes. `text` translates formulas. */
export interface Made {
  type: string;
  version: number;
  parameters: JsonObject;
  reason?: string;
  needsCredential?: true;
  /** Where its fields lie; by default at the top. */
  fields?: Source['fields'];
}

type Text = (raw: Json | undefined) => string;
type Make = (module: Module, text: Text) => Made;

const rows = (raw: Json | undefined, text: Text, key = 'name'): JsonObject[] =>
  (Array.isArray(raw) ? raw : []).flatMap((entry) => {
    const row = asObject(entry);
    return row ? [{ name: text(own(row, key)), value: text(own(row, 'value')) }] : [];
  });

const assignments = (values: JsonObject[]): JsonObject => ({
  assignments: { assignments: values.map((row, index) => ({ id: `a${index}`, type: 'string', ...row })) },
  options: {},
});

const http: Make = ({ module, mapper, parameters }, text) => {
  const headers = rows(own(mapper, 'headers'), text);
  const query = rows(own(mapper, 'qs'), text);
  const bodyType = own(mapper, 'bodyType');
  const made: JsonObject = {
    method: String(own(mapper, 'method') ?? 'get').toUpperCase(),
    url: text(own(mapper, 'url')),
    options: { response: { response: { fullResponse: true, neverError: own(parameters, 'handleErrors') !== true } } },
  };
  if (headers.length > 0) Object.assign(made, { sendHeaders: true, headerParameters: { parameters: headers } });
  if (query.length > 0) Object.assign(made, { sendQuery: true, queryParameters: { parameters: query } });
  if (bodyType === 'raw') {
    const rawContentType = String(own(mapper, 'contentType') ?? 'text/plain');
    Object.assign(made, { sendBody: true, contentType: 'raw', rawContentType, body: text(own(mapper, 'data')) });
  } else if (bodyType === 'x_www_form_urlencoded') {
    const fields = rows(own(mapper, 'fields'), text, 'key');
    Object.assign(made, { sendBody: true, contentType: 'form-urlencoded', bodyParameters: { parameters: fields } });
  }
  const auth = /BasicAuth|APIKeyAuth|OAuth|ClientCert/.exec(module)?.[0];
  if (auth !== undefined) {
    made.authentication = 'genericCredentialType';
    made.genericAuthType =
      auth === 'BasicAuth' ? 'httpBasicAuth' : auth === 'APIKeyAuth' ? 'httpHeaderAuth' : 'oAuth2Api';
  }
  return {
    type: 'http-request',
    version: 4.2,
    parameters: made,
    fields: { data: ['body'] },
    ...(auth === undefined ? {} : { needsCredential: true as const, reason: `Choose a credential: ${auth}.` }),
  };
};

const setVariables = (values: JsonObject[]): Made => ({ type: 'set', version: 3.4, parameters: assignments(values) });

/** Modules that a node of ours stands for. */
export const MODULES: ReadonlyMap<string, Make> = new Map<string, Make>([
  ['http:ActionSendData', http],
  ['http:ActionSendDataBasicAuth', http],
  ['http:ActionSendDataAPIKeyAuth', http],
  ['http:ActionSendDataOAuth2', http],
  ['http:MakeRequest', http],
  ['util:SetVariables', ({ mapper }, text) => setVariables(rows(own(mapper, 'variables'), text))],
  [
    'util:SetVariable2',
    ({ mapper }, text) => setVariables([{ name: text(own(mapper, 'name')), value: text(own(mapper, 'value')) }]),
  ],
  [
    'util:FunctionSleep',
    ({ mapper }, text) => ({
      type: 'wait',
      version: 1.1,
      parameters: { amount: text(own(mapper, 'duration')), unit: 'seconds' },
    }),
  ],
  [
    'json:ParseJSON',
    ({ mapper }, text) => ({
      type: 'set',
      version: 3.4,
      parameters: { mode: 'raw', jsonOutput: text(own(mapper, 'json')), options: {} },
    }),
  ],
  ['builtin:BasicRouter', () => ({ type: 'no-op', version: 1, parameters: {} })],
  [
    'builtin:BasicAggregator',
    () => ({
      type: 'aggregate',
      version: 1,
      parameters: { aggregate: 'aggregateAllItemData', destinationFieldName: 'array', options: {} },
      reason: 'It gathers whole items; choose the fields if Make gathered some.',
    }),
  ],
  [
    'gateway:CustomWebHook',
    ({ id }) => ({
      type: 'webhook',
      version: 2,
      parameters: { httpMethod: 'POST', path: `make-${id}`, options: {} },
      reason: 'It has a new address.',
      fields: { '*': ['body'] },
    }),
  ],
  [
    'gateway:WebhookRespond',
    ({ mapper }, text) => ({
      type: 'respond',
      version: 1.1,
      parameters: {
        respondWith: 'text',
        responseBody: text(own(mapper, 'body')),
        options: {
          responseCode: Number(own(mapper, 'status') ?? 200) || 200,
          responseHeaders: { entries: rows(own(mapper, 'headers'), text, 'key') },
        },
      },
    }),
  ],
]);
