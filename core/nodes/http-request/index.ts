import { MAX_SAID_CHARS } from '../../chat/told.ts';
import type { Item, Json, JsonObject } from '../../data/item.ts';
import type { HttpAnswer, HttpCall, HttpOptions, HttpPayload, HttpReplyValue } from '../../http/request.ts';
import type { CompileKit, NodeExecutor, NodeType, StepContext, StepResult } from '../../node/kit.ts';
import { defineNode, NodeError } from '../../node/kit.ts';
import { fields } from './fields.ts';
import { itemsOfAnswer } from './output.ts';
import { compilePaging, countEqual } from './pagination.ts';
import { isObject, responseShape, textOf } from './parameters.ts';
import { compileRequest } from './request.ts';

const DEFAULT_TIMEOUT_MS = 300_000;

/** What a pagination carries from page to page, per input item. */
interface PageState {
  itemIndex: number;
  call: HttpCall;
  /** Pages so far, and the number of requests made. */
  pages: HttpAnswer[];
  requests: number;
  equal: number;
  error?: string;
  done: boolean;
}

/** Items whose request could not even be made; they wait in the state until the others answered. */
interface State {
  failed: { itemIndex: number; message: string }[];
  paging: PageState[];
}

const number = (value: Json | undefined, fallback: number): number => {
  const asked = typeof value === 'string' ? Number(value) : value;
  return typeof asked === 'number' && Number.isFinite(asked) && asked >= 0 ? asked : fallback;
};

/** Redirects: followed by default since version 4, and for GET before. */
function redirects(kit: CompileKit): HttpOptions['redirect'] {
  const { version } = kit.node;
  if (version < 3) {
    const method = textOf(kit.raw('requestMethod') ?? 'GET');
    const follow =
      kit.raw('options.followAllRedirects') === true ||
      (kit.raw('options.followRedirect') !== false && (method === 'GET' || method === 'HEAD'));
    return { follow, max: 21 };
  }
  const asked = kit.raw('options.redirect.redirect.followRedirects');
  const follow = kit.raw('options.redirect.redirect') === undefined ? version >= 4 : asked !== false;
  return { follow, max: number(kit.raw('options.redirect.redirect.maxRedirects'), 21) };
}

function refuseUnsupported(kit: CompileKit): void {
  if (kit.raw('options.allowUnauthorizedCerts') === true || kit.raw('allowUnauthorizedCerts') === true) {
    throw new NodeError('insecure-tls', 'Certificates are always checked; "Ignore SSL issues" cannot be used here');
  }
  if (textOf(kit.raw('options.proxy')) !== '') {
    throw new NodeError('proxy-unsupported', 'Requests through a proxy are not supported');
  }
}

/** What the answers of a step that streams say together. */
const saidIn = (items: readonly Item[]): string =>
  items
    .flatMap(({ json }) => {
      const { output } = isObject(json.body) ? json.body : json;
      return typeof output === 'string' && output !== '' ? [output] : [];
    })
    .join('\n\n')
    .slice(0, MAX_SAID_CHARS);

function compile(kit: CompileKit): NodeExecutor {
  const maker = compileRequest(kit);
  const shape = responseShape(kit);
  const paging = compilePaging(kit);
  const modern = kit.node.version >= 3;
  const batchRoot = modern ? 'options.batching.batch' : 'options';
  const batched = modern ? kit.raw(batchRoot) !== undefined : kit.raw('options.batchSize') !== undefined;
  const batchSize = kit.param<Json>(`${batchRoot}.batchSize`, 50);
  const batchInterval = kit.param<Json>(`${batchRoot}.batchInterval`, modern ? 1000 : 0);
  const timeout = kit.param<Json>('options.timeout', DEFAULT_TIMEOUT_MS);
  const redirect = redirects(kit);
  const speaks = kit.raw('options.stream') === true;

  const effectOf = (step: StepContext, requests: HttpCall[], state: State, delayMs: number): StepResult => {
    const scope = step.scope(0);
    const options: HttpOptions = {
      format: shape.format,
      neverError: shape.neverError,
      acceptStatuses: paging?.acceptStatuses ?? [],
      timeoutMs: number(timeout.at(scope), DEFAULT_TIMEOUT_MS) || DEFAULT_TIMEOUT_MS,
      redirect,
      batch: batched
        ? { size: Math.max(0, number(batchSize.at(scope), 50)), intervalMs: number(batchInterval.at(scope), 0) }
        : { size: 0, intervalMs: 0 },
      delayMs,
      continueOnFail: step.continueOnFail,
    };
    if (speaks) options.spoken = true;
    const payload: HttpPayload = { requests, options, state: state as unknown as Json };
    const effect = { kind: 'http', class: maker.class, payload: payload as unknown as JsonObject };
    return { kind: 'effect', effect: speaks ? { ...effect, tells: true } : effect };
  };

  const failure = (itemIndex: number, message: string): Item => ({
    json: { error: message },
    pairedItem: { item: itemIndex },
  });

  const finish = (made: Map<number, Item[]>, failed: State['failed']): StepResult => {
    for (const { itemIndex, message } of failed) made.set(itemIndex, [failure(itemIndex, message)]);
    const order = [...made.keys()].sort((a, b) => a - b);
    const items = order.flatMap((index) => made.get(index) ?? []);
    const say = speaks ? saidIn(items) : '';
    return { kind: 'output', outputs: [items], ...(say === '' ? {} : { say }) };
  };

  return {
    outputs: 1,
    run(step) {
      refuseUnsupported(kit);
      const state: State = { failed: [], paging: [] };
      const requests: HttpCall[] = [];
      for (const [itemIndex, item] of step.items.entries()) {
        try {
          const scope = step.scope(itemIndex);
          const call = maker.make(scope, item, { itemIndex, stepKey: step.stepKey });
          requests.push(paging ? paging.first(call, scope) : call);
        } catch (error) {
          if (!step.continueOnFail) throw error;
          state.failed.push({ itemIndex, message: error instanceof Error ? error.message : String(error) });
        }
      }
      if (paging) {
        state.paging = requests.map((call) => ({
          itemIndex: call.itemIndex,
          call,
          pages: [],
          requests: 0,
          equal: 0,
          done: false,
        }));
      }
      return requests.length === 0 ? finish(new Map(), state.failed) : effectOf(step, requests, state, 0);
    },

    resume(step, wake) {
      if (wake.kind !== 'reply') {
        throw new NodeError('bad-wake', `An HTTP request cannot continue after '${wake.kind}'`);
      }
      const reply = wake.value as unknown as HttpReplyValue;
      const state = reply.state as unknown as State;
      const made = new Map<number, Item[]>();
      if (!paging) {
        for (const result of reply.results) {
          made.set(
            result.itemIndex,
            result.ok
              ? itemsOfAnswer(result, shape, step.items[result.itemIndex])
              : [failure(result.itemIndex, result.error.message)],
          );
        }
        return finish(made, state.failed);
      }
      const answers = new Map(reply.results.map((result) => [result.itemIndex, result]));
      const pagesOf = state.paging.map((page): PageState => {
        const result = answers.get(page.itemIndex);
        if (page.done || !result) return page;
        if (!result.ok) return { ...page, done: true, error: result.error.message };
        try {
          const equal = countEqual(page.pages.at(-1), result, page.equal);
          const requests = page.requests + 1;
          const { call, keep } = paging.next(page.call, result, step.scope(page.itemIndex), requests);
          const pages = keep ? [...page.pages, result] : page.pages;
          return { ...page, pages, requests, equal, ...(call ? { call } : {}), done: call === undefined };
        } catch (error) {
          if (!step.continueOnFail) throw error;
          return { ...page, done: true, error: error instanceof Error ? error.message : String(error) };
        }
      });
      const open = pagesOf.filter((page) => !page.done);
      if (open.length > 0) {
        return effectOf(
          step,
          open.map((page) => page.call),
          { ...state, paging: pagesOf },
          paging.intervalMs,
        );
      }
      for (const page of pagesOf) {
        const items = page.pages.flatMap((answer) => itemsOfAnswer(answer, shape, step.items[page.itemIndex]));
        made.set(page.itemIndex, page.error === undefined ? items : [...items, failure(page.itemIndex, page.error)]);
      }
      return finish(made, state.failed);
    },
  };
}

export const node: NodeType = defineNode({
  type: 'http-request',
  title: 'HTTP Request',
  summary: 'Sends an HTTP request per item and turns the answers into items.',
  group: 'action',
  icon: 'globe',
  n8n: { type: 'n8n-nodes-base.httpRequest', versions: [1, 2, 3, 4, 4.1, 4.2, 4.3, 4.4] },
  version: 4.4,
  fields,
  usesSecrets: () => true,
  compile,
});
