import type { Item, Json, JsonObject } from '../../data/item.ts';
import type { Scope } from '../../expression/scope.ts';
import type { HttpAnswer, HttpCall, HttpOptions, HttpPayload, HttpReplyValue } from '../../http/request.ts';
import { type CompileKit, type NodeExecutor, type NodeType, NodeError, defineNode } from '../../node/kit.ts';
import { isObject } from '../field-list.ts';
import { compileCredential } from '../http-request/credential.ts';
import { rowsOf, textOf } from '../http-request/parameters.ts';
import { fields } from './fields.ts';

interface State {
  failed: { itemIndex: number; message: string }[];
}

export const node: NodeType = defineNode({
  type: 'graphql',
  title: 'GraphQL',
  summary: 'Sends a GraphQL query or mutation per item.',
  group: 'action',
  icon: 'waypoints',
  n8n: { type: 'n8n-nodes-base.graphql', versions: [1, 1.1] },
  version: 1.1,
  fields,
  defaults: (version) => ({
    requestMethod: 'POST',
    requestFormat: version < 1.1 ? 'graphql' : 'json',
    responseFormat: 'json',
    dataPropertyName: 'data',
  }),
  inputs: 1,
  usesSecrets: () => true,
  compile,
});

function compile(kit: CompileKit): NodeExecutor {
  const makeCall = compileCall(kit);
  const isText = kit.raw('responseFormat') === 'string';
  const property = textOf(kit.raw('dataPropertyName')) || 'data';
  const method = kit.param<Json>('requestMethod', 'POST');
  const idempotent = method.constant && kit.raw('requestMethod') === 'GET';

  return {
    outputs: 1,
    run(step) {
      if (kit.raw('allowUnauthorizedCerts') === true) {
        throw new NodeError(
          'insecure-tls',
          'Certificates are always checked; "Ignore SSL issues" cannot be used here.',
        );
      }
      const state: State = { failed: [] };
      const requests: HttpCall[] = [];
      for (const itemIndex of step.items.keys()) {
        try {
          requests.push(makeCall(step.scope(itemIndex), itemIndex, step.stepKey));
        } catch (error) {
          if (!step.continueOnFail) throw error;
          state.failed.push({ itemIndex, message: error instanceof Error ? error.message : String(error) });
        }
      }
      if (requests.length === 0) return { kind: 'output', outputs: [inOrder(new Map(), state)] };
      const options: HttpOptions = {
        format: 'text',
        neverError: false,
        acceptStatuses: [],
        timeoutMs: 300_000,
        redirect: { follow: true, max: 21 },
        batch: { size: 0, intervalMs: 0 },
        delayMs: 0,
        continueOnFail: step.continueOnFail,
      };
      const payload: HttpPayload = { requests, options, state: state as unknown as Json };
      const effect = { kind: 'http', class: idempotent ? ('idempotent' as const) : ('keyed' as const) };
      return { kind: 'effect', effect: { ...effect, payload: payload as unknown as JsonObject } };
    },
    resume(step, wake) {
      if (wake.kind !== 'reply') throw new NodeError('bad-wake', `GraphQL cannot continue after '${wake.kind}'.`);
      const reply = wake.value as unknown as HttpReplyValue;
      const made = new Map<number, Item>();
      for (const result of reply.results) {
        const { itemIndex } = result;
        const pairedItem = { item: itemIndex };
        try {
          if (!result.ok) throw new NodeError(result.error.code, result.error.message, { itemIndex });
          made.set(itemIndex, { json: isText ? { [property]: textBody(result) } : answerOf(result), pairedItem });
        } catch (error) {
          if (!step.continueOnFail) throw error;
          made.set(itemIndex, { json: { error: error instanceof Error ? error.message : String(error) }, pairedItem });
        }
      }
      return { kind: 'output', outputs: [inOrder(made, reply.state as unknown as State)] };
    },
  };
}

function inOrder(made: Map<number, Item>, { failed }: State): Item[] {
  for (const { itemIndex, message } of failed) {
    made.set(itemIndex, { json: { error: message }, pairedItem: { item: itemIndex } });
  }
  return [...made.entries()].sort(([a], [b]) => a - b).map(([, item]) => item);
}

/** One request of an item, as its method and format say. */
function compileCall(kit: CompileKit): (scope: Scope, itemIndex: number, stepKey: string) => HttpCall {
  const read = (name: string, fallback: Json): ReturnType<typeof kit.param> => kit.param<Json>(name, fallback);
  const method = read('requestMethod', 'POST');
  const endpoint = read('endpoint', '');
  const format = read('requestFormat', 'json');
  const query = read('query', '');
  const variables = read('variables', '');
  const operation = read('operationName', '');
  const rows = read('headerParametersUi.parameter', []);
  const credential = compileCredential(kit);
  return (scope, itemIndex, stepKey) => {
    const url = textOf(endpoint.at(scope)).trim();
    if (url === '') throw new NodeError('bad-url', 'The endpoint is empty.', { itemIndex });
    const text = textOf(query.at(scope));
    const operationName = textOf(operation.at(scope));
    const values = variablesOf(variables.at(scope), itemIndex);
    const isGet = method.at(scope) === 'GET';
    const call: HttpCall = {
      itemIndex,
      method: isGet ? 'GET' : 'POST',
      url,
      query: [],
      headers: rowsOf(rows.at(scope)).map((row): [string, string] => [textOf(row['name']), textOf(row['value'])]),
    };
    const reference = credential();
    if (reference) call.credential = reference;
    if (isGet) {
      call.query = [
        ['query', text],
        ...(operationName === '' ? [] : [['operationName', operationName] as [string, string]]),
        ...(values === undefined ? [] : [['variables', JSON.stringify(values)] as [string, string]]),
      ];
      return call;
    }
    call.idempotencyKey = `${stepKey}:${itemIndex}`;
    if (format.at(scope) === 'graphql') {
      call.body = { kind: 'text', text, mimeType: 'application/graphql' };
      return call;
    }
    const body: JsonObject = { query: text, variables: values ?? {} };
    call.body = { kind: 'json', value: { ...body, operationName: operationName === '' ? null : operationName } };
    return call;
  };
}

function variablesOf(value: Json | undefined, itemIndex: number): JsonObject | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value.trim() === '') return undefined;
  let read: Json = value;
  try {
    if (typeof value === 'string') read = JSON.parse(value) as Json;
  } catch {
    read = null;
  }
  if (isObject(read)) return read;
  throw new NodeError('bad-json-parameter', 'The variables are not a JSON object.', { itemIndex });
}

const textBody = ({ body }: HttpAnswer): string =>
  body.kind === 'text' ? body.text : body.kind === 'json' ? JSON.stringify(body.value) : '';

/** An answer with errors is a failure, as in n8n, whatever its status says. */
function answerOf(answer: HttpAnswer): JsonObject {
  const { itemIndex } = answer;
  const text = textBody(answer);
  let read: Json = null;
  try {
    read = JSON.parse(text) as Json;
  } catch {
    throw new NodeError('bad-json', 'Response body is not valid JSON. Change "Response Format" to "String".', {
      itemIndex,
      description: text.slice(0, 200),
    });
  }
  const json = isObject(read) ? read : { data: read };
  const errors = Object.hasOwn(json, 'errors') ? json['errors'] : undefined;
  if (!Array.isArray(errors) || errors.length === 0) return json;
  const messages = errors.map((error) => (isObject(error) ? textOf(error['message']) : textOf(error)));
  throw new NodeError('graphql-errors', messages.join(', ').slice(0, 2000), { itemIndex });
}
