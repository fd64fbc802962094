import type { Json, JsonObject } from '../../data/item.ts';
import type { Scope } from '../../expression/scope.ts';
import type { HttpAnswer, HttpCall } from '../../http/request.ts';
import type { CompileKit, Param } from '../../node/kit.ts';
import { NodeError } from '../../node/kit.ts';
import { isObject, rowsOf, textOf } from './parameters.ts';

/** Pages per item when the author sets no limit: a server that never ends must not run for ever. */
export const MAX_PAGES = 1_000;
/** Equal answers in a row after which the parameter evidently has no effect. */
const MAX_EQUAL_ANSWERS = 5;
const ROOT = 'options.pagination.pagination';

interface Paging {
  acceptStatuses: number[];
  intervalMs: number;
  /** The first request, with the page parameters of page 0. */
  first(call: HttpCall, scope: Scope): HttpCall;
  /** The next request, or undefined when the pages are complete. `keep`: whether this answer is a page. */
  next(call: HttpCall, answer: HttpAnswer, scope: Scope, page: number): { call?: HttpCall; keep: boolean };
}

/** A scope with the roots of pagination. Spelled out: a spread would lose the methods of a class. */
function extended(scope: Scope, extra: JsonObject): Scope {
  return {
    items: scope.items,
    itemIndex: scope.itemIndex,
    runIndex: scope.runIndex,
    node: scope.node,
    workflow: scope.workflow,
    execution: scope.execution,
    vars: scope.vars,
    nowMs: scope.nowMs,
    zone: scope.zone,
    random: () => scope.random(),
    run: scope.run,
    extra: { ...scope.extra, ...extra },
  };
}

const bodyOf = (answer: HttpAnswer): Json =>
  answer.body.kind === 'json' ? answer.body.value : answer.body.kind === 'text' ? answer.body.text : {};

/** What `$response` and `$request` read. */
function roots(call: HttpCall, answer: HttpAnswer | undefined, pages: number): JsonObject {
  const request: JsonObject = {
    url: call.url,
    method: call.method,
    headers: Object.fromEntries(call.headers),
    qs: Object.fromEntries(call.query),
  };
  const response: JsonObject = answer
    ? { statusCode: answer.status, statusMessage: answer.statusText, headers: answer.headers, body: bodyOf(answer) }
    : {};
  return { $request: request, $response: response, $pageCount: pages };
}

function setPair(pairs: readonly [string, string][], name: string, value: string): [string, string][] {
  return [...pairs.filter(([key]) => key.toLowerCase() !== name.toLowerCase()), [name, value]];
}

function setBody(call: HttpCall, name: string, value: Json): HttpCall {
  if (call.body?.kind === 'form') {
    return { ...call, body: { kind: 'form', fields: setPair(call.body.fields, name, textOf(value)) } };
  }
  const before = call.body?.kind === 'json' && isObject(call.body.value) ? call.body.value : {};
  return { ...call, body: { kind: 'json', value: Object.fromEntries([...Object.entries(before), [name, value]]) } };
}

function withParameters(call: HttpCall, rows: Param<Json>, scope: Scope): HttpCall {
  let next = call;
  for (const row of rowsOf(rows.at(scope))) {
    const name = textOf(row['name']);
    const value = row['value'];
    if (name === '' || value === undefined || value === null) continue;
    if (row['type'] === 'body') next = setBody(next, name, value);
    else if (row['type'] === 'headers') next = { ...next, headers: setPair(next.headers, name, textOf(value)) };
    else next = { ...next, query: setPair(next.query, name, textOf(value)) };
  }
  return next;
}

function isEmpty(value: Json): boolean {
  if (value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Reads the pagination settings; undefined when there is none. */
export function compilePaging(kit: CompileKit): Paging | undefined {
  if (kit.raw(ROOT) === undefined) return undefined;
  const mode = textOf(kit.raw(`${ROOT}.paginationMode`) ?? 'updateAParameterInEachRequest');
  if (mode === 'off') return undefined;
  const when = textOf(kit.raw(`${ROOT}.paginationCompleteWhen`) ?? 'responseIsEmpty');
  const nextUrl = kit.param<Json>(`${ROOT}.nextURL`, '');
  const rows = kit.param<Json>(`${ROOT}.parameters.parameters`, []);
  const complete = kit.param<Json>(`${ROOT}.completeExpression`, false);
  const limited = kit.raw(`${ROOT}.limitPagesFetched`) === true;
  const asked = Number(kit.raw(`${ROOT}.maxRequests`) ?? 100);
  const maxPages = limited && asked > 0 ? Math.min(asked, MAX_PAGES) : MAX_PAGES;
  const statuses =
    when === 'receiveSpecificStatusCodes'
      ? textOf(kit.raw(`${ROOT}.statusCodesWhenComplete`))
          .split(',')
          .map((each) => Number(each.trim()))
          .filter((each) => each >= 100)
      : [];
  const interval = Number(kit.raw(`${ROOT}.requestInterval`) ?? 0);
  const updates = mode === 'updateAParameterInEachRequest';

  const isComplete = (answer: HttpAnswer, scope: Scope): boolean => {
    if (when === 'receiveSpecificStatusCodes') return statuses.includes(answer.status);
    if (when === 'other') return complete.at(scope) === true || complete.at(scope) === 'true';
    return isEmpty(bodyOf(answer));
  };

  return {
    acceptStatuses: statuses,
    intervalMs: Number.isFinite(interval) && interval > 0 ? interval : 0,
    first: (call, scope) => (updates ? withParameters(call, rows, extended(scope, roots(call, undefined, 0))) : call),
    next(call, answer, scope, page) {
      const here = extended(scope, roots(call, answer, page));
      const ended = isComplete(answer, here);
      // The empty or the refused page only says that there is no more.
      if (ended) return { keep: when === 'other' };
      if (page >= maxPages) {
        if (limited) return { keep: true };
        throw new NodeError(
          'pagination-limit',
          `Pagination did not end after ${MAX_PAGES} pages; set a limit or a completion rule`,
        );
      }
      if (updates) return { call: withKey(withParameters(call, rows, here), page), keep: true };
      const url = textOf(nextUrl.at(here)).trim();
      if (url === '') return { keep: true };
      // The next URL usually carries the query already: ours would double it.
      const taken = new Set([...url.matchAll(/[?&]([^=&#]+)=/g)].map((match) => match[1]));
      const query = call.query.filter(([name]) => !taken.has(name));
      return { call: withKey({ ...call, url, query }, page), keep: true };
    },
  };
}

/** Every page is an effect of its own. */
function withKey(call: HttpCall, page: number): HttpCall {
  if (call.idempotencyKey === undefined) return call;
  return { ...call, idempotencyKey: `${call.idempotencyKey.replace(/:page-\d+$/, '')}:page-${page}` };
}

/** Counts equal answers in a row. @throws NodeError `pagination-loop`. */
export function countEqual(previous: HttpAnswer | undefined, answer: HttpAnswer, count: number): number {
  if (!previous || JSON.stringify(previous.body) !== JSON.stringify(answer.body)) return 1;
  if (count + 1 < MAX_EQUAL_ANSWERS) return count + 1;
  throw new NodeError(
    'pagination-loop',
    `The server gave the same answer ${MAX_EQUAL_ANSWERS} times; the pagination parameter has no effect`,
  );
}
