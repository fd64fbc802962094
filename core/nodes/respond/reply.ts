import { numberOf, textOf } from '../../data/text.ts';
import { asText, parseRelaxed, shown } from '../../conditions/index.ts';
import type { Json } from '../../data/item.ts';
import { putOwn } from '../../data/path.ts';
import type { Scope } from '../../expression/scope.ts';
import { type CompileKit, type HttpReply, NodeError, type StepContext } from '../../node/kit.ts';
import { objectsOf } from '../field-list.ts';
import { fileBody } from './file.ts';

export interface Content {
  body: HttpReply['body'];
  type?: string;
  headers?: [string, string][];
  /** Unless the node names another. */
  status?: number;
}

export const JSON_TYPE = 'application/json; charset=utf-8';

/** The answer a Respond node gives; items other than the first matter only for `allIncomingItems`. */
export function compileReply(kit: CompileKit): (step: StepContext) => HttpReply {
  const finish = compileFinish(kit);
  const content = compileContent(kit);
  return (step) => finish(step, content(step, step.scope(0)));
}

/** Status and headers around what is answered. */
export function compileFinish(kit: CompileKit): (step: StepContext, made: Content) => HttpReply {
  const status = kit.param('options.responseCode', null);
  const headers = objectsOf(kit.raw('options.responseHeaders.entries')).map((entry) => ({
    name: kit.value(entry.name ?? ''),
    value: kit.value(entry.value ?? ''),
  }));
  return (step, made) => {
    const scope = step.scope(0);
    const named = headers
      .map(({ name, value }): [string, string] => [textOf(name.at(scope)).trim(), asText(value.at(scope) ?? '')])
      .filter(([name]) => name !== '');
    // A header the author sets replaces ours.
    const isSet = new Set(named.map(([name]) => name.toLowerCase()));
    const own = [
      ...(made.headers ?? []),
      ...(made.type === undefined ? [] : [['content-type', made.type] as [string, string]]),
    ];
    return {
      status: statusOf(status.at(scope), made.status ?? 200),
      headers: [...own.filter(([name]) => !isSet.has(name)), ...named],
      body: made.body,
    };
  };
}

function statusOf(value: Json, initial: number): number {
  if (value === null || value === undefined || value === '') return initial;
  const status = numberOf(value);
  if (Number.isInteger(status) && status >= 100 && status <= 599) return status;
  throw new NodeError('bad-status', `'${shown(value)}' is not an HTTP status: use 100 to 599.`);
}

function compileContent(kit: CompileKit): (step: StepContext, scope: Scope) => Content {
  const respondWith = textOf(kit.raw('respondWith'), 'firstIncomingItem');
  const body = kit.param('responseBody', '');
  const key = kit.param('options.responseKey', '');
  const json = (value: Json, scope: Scope): Content => ({
    body: JSON.stringify(keyed(value, textOf(key.at(scope)))),
    type: JSON_TYPE,
  });
  switch (respondWith) {
    case 'firstIncomingItem':
      return (step, scope) => json(step.items[0]?.json ?? {}, scope);
    case 'allIncomingItems':
      return (step, scope) =>
        json(
          step.items.map((item) => item.json),
          scope,
        );
    case 'json':
      return (_step, scope) => json(asJson(body.at(scope)), scope);
    case 'text':
      return (_step, scope) => ({ body: asText(body.at(scope) ?? ''), type: 'text/html; charset=utf-8' });
    case 'noData':
      return () => ({ body: null });
    case 'redirect': {
      const url = kit.param('redirectURL', '');
      return (_step, scope) => ({ body: null, status: 307, headers: [['location', textOf(url.at(scope))]] });
    }
    case 'binary': {
      const file = fileBody(kit);
      return (step, scope) => file(step.items[0], scope);
    }
    default:
      throw new NodeError('unknown-mode', `A webhook cannot be answered with "${respondWith.slice(0, 80)}".`, {
        description: 'Choose one of the ways the node lists.',
      });
  }
}

function keyed(value: Json, key: string): Json {
  if (key === '') return value;
  const made = {};
  putOwn(made, key, value);
  return made;
}

function asJson(value: Json | undefined): Json {
  if (typeof value !== 'string') return value ?? null;
  const parsed = parseRelaxed(value);
  if (parsed !== undefined) return parsed;
  throw new NodeError('bad-json', "The 'Response Body' is not valid JSON.", {
    description: `It is: ${shown(value)}. Text inside it needs quotes; wrap values in JSON.stringify to be safe.`,
  });
}
