import { MAX_JSON_BYTES, readBytes, readJson } from '../kit/body.ts';
import type { AnyRoute } from '../kit/contract.ts';
import { common } from '../kit/problem.ts';
import type { Fault } from '../kit/problem.ts';
import { queryOf, refuseFaults, validate } from '../kit/validate.ts';
import type { Arrival } from './dispatch.ts';

/** Validates every part and reports all faults at once. A part the route does not declare must be empty. */
export async function callOf(route: AnyRoute, { request, params }: Arrival): Promise<Record<string, unknown>> {
  const faults: Fault[] = [];
  const call: Record<string, unknown> = {};
  if (route.params) call['params'] = await validate(route.params, params, 'params', faults);
  const query = queryOf(new URL(request.url).search);
  if (route.query) call['query'] = await validate(route.query, query, 'query', faults);
  else {
    for (const name of Object.keys(query)) {
      faults.push({ pointer: `?${name}`, code: 'unknown-field', message: 'There is no such parameter here' });
    }
  }
  if (route.body) {
    call['body'] = await validate(route.body, await bodyOf(route, request), 'body', faults);
  }
  refuseFaults(faults);
  return call;
}

function bodyOf(route: AnyRoute, request: Request): Promise<unknown> {
  if (route.accepts === 'bytes') return readBytes(request, route.maxBytes ?? MAX_JSON_BYTES);
  const type = request.headers.get('content-type') ?? '';
  if (request.body && type !== '' && !/^(application\/([\w.-]+\+)?json|text\/plain)\b/i.test(type)) {
    throw common('media-type-unsupported', { detail: `Not ${type.slice(0, 80)}.`, hint: 'Send application/json.' });
  }
  return readJson(request, route.duplicateKeys);
}
