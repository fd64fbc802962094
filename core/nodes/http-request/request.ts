import type { Item, Json } from '../../data/item.ts';
import type { Scope } from '../../expression/scope.ts';
import type { HttpCall } from '../../http/request.ts';
import type { CompileKit, EffectClass } from '../../node/kit.ts';
import { NodeError } from '../../node/kit.ts';
import { compileBody, jsonOf } from './body.ts';
import { compileCredential } from './credential.ts';
import { METHODS } from './fields.ts';
import { isObject, rowsOf, shapeOf, textOf } from './parameters.ts';

interface RequestMaker {
  class: EffectClass;
  make(scope: Scope, item: Item | undefined, where: { itemIndex: number; stepKey: string }): HttpCall;
}

type PairMaker = (scope: Scope, itemIndex: number) => [string, string][];

/** Name–value rows or a JSON object, as one list. Lists repeat the name. */
function compilePairs(
  kit: CompileKit,
  paths: { rows: string; json: string; asJson: boolean; label: string },
): PairMaker {
  const rows = kit.param<Json>(paths.rows, []);
  const json = kit.param<Json>(paths.json, '');
  return (scope, itemIndex) => {
    if (!paths.asJson) {
      return rowsOf(rows.at(scope))
        .map((row): [string, string] => [textOf(row['name']), textOf(row['value'])])
        .filter(([name]) => name !== '');
    }
    const value = jsonOf(json.at(scope), paths.label, itemIndex);
    if (!isObject(value)) {
      throw new NodeError('bad-json-parameter', `The "${paths.label}" field must hold an object`, { itemIndex });
    }
    return Object.entries(value).flatMap(([name, each]): [string, string][] =>
      Array.isArray(each) ? each.map((one) => [name, textOf(one)]) : each === null ? [] : [[name, textOf(each)]],
    );
  };
}

/** PUT and DELETE name the state they want; GET and its kin want none. The rest is safe only with a key. */
function classOf(method: string, keyed: boolean): EffectClass {
  if (method === 'POST' || method === 'PATCH') return keyed ? 'keyed' : 'unsafe';
  return 'idempotent';
}

export function compileRequest(kit: CompileKit): RequestMaker {
  const shape = shapeOf(kit.node.version);
  const method = textOf(kit.raw(shape.method) ?? 'GET');
  const methodParam = kit.param<string>(shape.method, 'GET');
  const url = kit.param<string>('url', '');
  const oldJson = !shape.modern && kit.raw('jsonParameters') === true;
  const query = compilePairs(kit, {
    rows: shape.query,
    json: shape.modern ? 'jsonQuery' : 'queryParametersJson',
    asJson: shape.modern ? kit.raw('specifyQuery') === 'json' : oldJson,
    label: 'JSON Query',
  });
  const headers = compilePairs(kit, {
    rows: shape.headers,
    json: shape.modern ? 'jsonHeaders' : 'headerParametersJson',
    asJson: shape.modern ? kit.raw('specifyHeaders') === 'json' : oldJson,
    label: 'JSON Headers',
  });
  const sendsQuery = !shape.modern || kit.raw('sendQuery') === true;
  const sendsHeaders = !shape.modern || kit.raw('sendHeaders') === true;
  const body = compileBody(kit, shape);
  const credential = compileCredential(kit);
  const keyed = kit.raw('options.idempotencyKey') !== false;
  return {
    // A method that only a run knows is treated as the least forgiving one.
    class: classOf(methodParam.constant ? method : 'POST', keyed),
    make(scope, item, { itemIndex, stepKey }) {
      const verb = textOf(methodParam.at(scope)).toUpperCase();
      if (!METHODS.some((known) => known === verb)) {
        throw new NodeError('bad-method', `Unknown HTTP method '${verb}'`, { itemIndex });
      }
      const target = textOf(url.at(scope)).trim();
      if (target === '') throw new NodeError('bad-url', `The URL is empty [item ${itemIndex}]`, { itemIndex });
      const call: HttpCall = {
        itemIndex,
        method: verb,
        url: /^[a-z][a-z0-9+.-]*:/i.test(target) && !/^[^/?#]*\.[^/?#]*:\d/.test(target) ? target : `http://${target}`,
        query: sendsQuery ? query(scope, itemIndex) : [],
        headers: sendsHeaders ? headers(scope, itemIndex) : [],
      };
      const reference = credential();
      if (reference) call.credential = reference;
      // Before version 3 the form hid the body of these two; what a file still holds of one was never sent.
      const hidden = !shape.modern && (verb === 'GET' || verb === 'HEAD');
      const content = hidden ? undefined : body(scope, item, itemIndex);
      if (content) call.body = content;
      if (keyed && (verb === 'POST' || verb === 'PATCH')) call.idempotencyKey = `${stepKey}:${itemIndex}`;
      return call;
    },
  };
}
