import type { Json, JsonObject } from '../../data/item.ts';
import { asObject, objectsIn, own } from '../n8n/json.ts';

/** A step of a zap, its parts checked. */
export interface Step {
  id: string;
  /** Absent for the trigger. */
  parent?: string;
  /** App without the suffixes of its version. */
  app: string;
  action: string;
  params: JsonObject;
  title?: string;
}

export interface Made {
  type: string;
  version: number;
  parameters: JsonObject;
  reason?: string;
}

type Text = (raw: Json | undefined) => string;
type Make = (step: Step, text: Text) => Made;

const webhook: Make = ({ id }) => ({
  type: 'webhook',
  version: 2,
  parameters: { httpMethod: 'POST', path: `zap-${id}`, options: {} },
  reason: 'It has a new address, and its fields lie under body.',
});

const send =
  (method: string): Make =>
  ({ params }, text) => {
    const data = asObject(own(params, 'data')) ?? {};
    const headers = asObject(own(params, 'headers')) ?? {};
    const pairs = (from: JsonObject): JsonObject => ({
      parameters: Object.entries(from).map(([name, value]) => ({ name, value: text(value) })),
    });
    const made: JsonObject = {
      method: String(own(params, 'method') ?? method),
      url: text(own(params, 'url')),
      options: {},
    };
    if (Object.keys(headers).length > 0) Object.assign(made, { sendHeaders: true, headerParameters: pairs(headers) });
    if (Object.keys(data).length > 0) {
      if (made.method === 'GET') Object.assign(made, { sendQuery: true, queryParameters: pairs(data) });
      else Object.assign(made, { sendBody: true, bodyParameters: pairs(data) });
    }
    return { type: 'http-request', version: 4.2, parameters: made };
  };

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** `3pm`, `11am`. */
function hourOf(raw: Json | undefined): number {
  const [, hour, half] = /^(\d{1,2})\s*(am|pm)?$/i.exec(String(raw ?? '')) ?? [];
  const number = Number(hour ?? 0) % (half ? 12 : 24);
  return half?.toLowerCase() === 'pm' ? number + 12 : number;
}

const schedule =
  (rule: (params: JsonObject) => JsonObject): Make =>
  ({ params }) => ({ type: 'schedule', version: 1.2, parameters: { rule: { interval: [rule(params)] } } });

const MATCHES: Readonly<Record<string, { type: string; operation: string; singleValue?: true }>> = {
  exact: { type: 'string', operation: 'equals' },
  iexact: { type: 'string', operation: 'equals' },
  icontains: { type: 'string', operation: 'contains' },
  istartswith: { type: 'string', operation: 'startsWith' },
  iendswith: { type: 'string', operation: 'endsWith' },
  igreater: { type: 'number', operation: 'gt' },
  iless: { type: 'number', operation: 'lt' },
  exists: { type: 'string', operation: 'notEmpty', singleValue: true },
  true: { type: 'boolean', operation: 'true', singleValue: true },
  false: { type: 'boolean', operation: 'false', singleValue: true },
};

const filter: Make = ({ params }, text) => {
  const criteria = objectsIn(own(params, 'filter_criteria'));
  const groups = new Set(criteria.map((each) => String(own(each, 'group'))));
  const conditions = criteria.map((each, index): JsonObject => {
    const match = String(own(each, 'match') ?? 'exists');
    const isNot = match.startsWith('not_');
    const found = MATCHES[isNot ? match.slice(4) : match];
    const operator = Object.hasOwn(MATCHES, isNot ? match.slice(4) : match)
      ? { ...found }
      : { type: 'string', operation: 'equals' };
    if (isNot && operator.operation !== undefined) operator.operation = negated(operator.operation);
    const key = String(own(each, 'key') ?? '');
    return {
      id: `c${index}`,
      leftValue: text(`{{${key}}}`),
      rightValue: text(own(each, 'value')),
      operator: operator as JsonObject,
    };
  });
  return {
    type: 'filter',
    version: 2.2,
    parameters: {
      conditions: {
        options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 },
        combinator: groups.size > 1 ? 'or' : 'and',
        conditions,
      },
    },
    ...(groups.size > 1 && groups.size < criteria.length
      ? { reason: 'Its groups of conditions were put into one: check them.' }
      : {}),
  };
};

const negated = (operation: string): string =>
  operation === 'notEmpty' ? 'empty' : `not${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;

/** Zapier's code reads `inputData` and gives `output`, or returns it. */
const javaScript: Make = ({ params }, text) => {
  const input = asObject(own(params, 'input')) ?? asObject(own(params, 'inputs')) ?? {};
  const fields = Object.entries(input).map(([key, value]) => `  ${JSON.stringify(key)}: ${codeOf(text(value))},`);
  const code = String(own(params, 'code') ?? '');
  const lines = [
    'const inputData = {',
    ...fields,
    '};',
    'let output;',
    'const given = await (async () => {',
    code,
    '})();',
  ];
  return {
    type: 'code',
    version: 2,
    parameters: { mode: 'runOnceForEachItem', jsCode: `${lines.join('\n')}\nreturn given ?? output;` },
    reason: 'Its code is kept; what only Zapier offers to code (StoreClient, fetch) is not there.',
  };
};

/** A parameter as an expression of the code: text with segments becomes a template literal. */
function codeOf(parameter: string): string {
  if (!parameter.startsWith('=')) return JSON.stringify(parameter);
  const parts = parameter.slice(1).split(/\{\{ (.*?) \}\}/s);
  return parts.map((part, index) => (index % 2 === 0 ? JSON.stringify(part) : part)).join(' + ');
}

/** Steps that a node of ours stands for, by app and action. */
export const STEPS: ReadonlyMap<string, Make> = new Map<string, Make>([
  ...['hook', 'hook_v2', 'hook_raw', 'catch'].map((action): [string, Make] => [`WebHook.${action}`, webhook]),
  ['WebHook.post', send('POST')],
  ['WebHook.put', send('PUT')],
  ['WebHook.get', send('GET')],
  ['WebHook.custom_request', send('GET')],
  ['Schedule.every_hour', schedule(() => ({ field: 'hours' }))],
  ['Schedule.every_day', schedule((params) => ({ field: 'days', triggerAtHour: hourOf(own(params, 'hod')) }))],
  [
    'Schedule.every_week',
    schedule((params) => ({
      field: 'weeks',
      triggerAtDay: [Math.max(0, DAYS.indexOf(String(own(params, 'dow') ?? '').toLowerCase()))],
      triggerAtHour: hourOf(own(params, 'hod')),
    })),
  ],
  ['Schedule.every_month', schedule((params) => ({ field: 'months', triggerAtHour: hourOf(own(params, 'hod')) }))],
  ['Filter.filter', filter],
  ['Code.run', javaScript],
  ['Code.javascript', javaScript],
]);
