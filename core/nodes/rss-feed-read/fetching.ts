import type { Json, JsonObject } from '../../data/item.ts';
import type { HttpCall, HttpOptions, HttpPayload, HttpReplyValue } from '../../http/request.ts';
import { NodeError, type StepContext, type StepResult, type Wake } from '../../node/kit.ts';
import type { TransformCall, TransformPayload, TransformReplyValue, TransformResult } from '../../node/transform.ts';

/** A feed to get, for an input item. */
export interface FeedWish {
  itemIndex: number;
  url: string;
  customFields: string[];
}

const OPTIONS: Omit<HttpOptions, 'continueOnFail'> = {
  // As a file: feeds say their encoding themselves.
  format: 'file',
  neverError: false,
  acceptStatuses: [],
  timeoutMs: 60_000,
  redirect: { follow: true, max: 10 },
  batch: { size: 0, intervalMs: 0 },
  delayMs: 0,
};

const ACCEPT = 'application/rss+xml, application/atom+xml, application/rdf+xml, application/xml;q=0.9, */*;q=0.5';

/** First effect: gets the feeds. */
export function getFeeds(step: StepContext, wishes: FeedWish[], failed: TransformResult[]): StepResult {
  const requests = wishes.map(({ itemIndex, url }): HttpCall => ({
    itemIndex,
    method: 'GET',
    url,
    query: [],
    headers: [['accept', ACCEPT]],
  }));
  const state = { wishes, failed } as unknown as Json;
  const payload: HttpPayload = { requests, options: { ...OPTIONS, continueOnFail: step.continueOnFail }, state };
  return { kind: 'effect', effect: { kind: 'http', class: 'idempotent', payload: payload as unknown as JsonObject } };
}

/** After the first effect the second, which reads what came; after that the results, in the order of the items. */
export function continueFeeds(step: StepContext, wake: Wake): StepResult | TransformResult[] {
  if (wake.kind !== 'reply') throw new NodeError('bad-wake', `A feed cannot be read after '${wake.kind}'.`);
  const reply = wake.value as unknown as HttpReplyValue | TransformReplyValue;
  if (!('state' in reply)) return reply.results.toSorted((a, b) => a.itemIndex - b.itemIndex);
  const { wishes, failed } = reply.state as unknown as { wishes: FeedWish[]; failed: TransformResult[] };
  const calls = reply.results.map((result): TransformCall => {
    const { itemIndex } = result;
    if (!result.ok) return { itemIndex, parameters: {}, files: {}, error: result.error };
    const { customFields = [] } = wishes.find((wish) => wish.itemIndex === itemIndex) ?? {};
    const { body } = result;
    return body.kind === 'file'
      ? { itemIndex, parameters: { customFields }, files: { feed: body.file } }
      : { itemIndex, parameters: { customFields, text: body.kind === 'text' ? body.text : '' }, files: {} };
  });
  for (const result of failed) {
    if (!result.ok) calls.push({ itemIndex: result.itemIndex, parameters: {}, files: {}, error: result.error });
  }
  const { continueOnFail, nowMs, zone } = step;
  const payload: TransformPayload = { transform: 'rss-feed-read', calls, continueOnFail, nowMs, zone };
  return { kind: 'effect', effect: { kind: 'transform', class: 'pure', payload: payload as unknown as JsonObject } };
}

/** @throws NodeError `bad-url`. */
export function feedUrl(value: Json | undefined, itemIndex: number): string {
  const url = typeof value === 'string' ? value.trim() : '';
  if (url === '') throw new NodeError('bad-url', 'The parameter "URL" has to be set!', { itemIndex });
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return url;
  throw new NodeError('bad-url', `"${url.slice(0, 200)}" is not the URL of a feed.`, {
    itemIndex,
    description: 'It starts with https:// or http://.',
  });
}
