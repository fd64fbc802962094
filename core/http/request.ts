import type { BinaryRef, Json, JsonObject } from '../data/item.ts';

export type HttpBody =
  | { kind: 'json'; value: Json }
  | { kind: 'text'; text: string; mimeType: string }
  | { kind: 'form'; fields: [string, string][] }
  | { kind: 'multipart'; parts: HttpPart[] }
  | { kind: 'file'; file: BinaryRef; mimeType?: string };

export type HttpPart = { name: string; value: string } | { name: string; file: BinaryRef };

/** One request, as the executor performs it. `itemIndex` says for which input item. */
export interface HttpCall {
  itemIndex: number;
  method: string;
  url: string;
  /** Appended to the URL's own query, encoded by the executor. */
  query: [string, string][];
  headers: [string, string][];
  body?: HttpBody;
  /** Sent as `Idempotency-Key`: the same for every attempt of this request. */
  idempotencyKey?: string;
  /** Reference to a stored credential; the executor resolves it, its values never come near the workflow. */
  credential?: { type: string; ref: Json };
}

export type HttpFormat = 'autodetect' | 'json' | 'text' | 'file';

export interface HttpOptions {
  format: HttpFormat;
  /** The answer is a text that comes piece by piece: `{output}` is the whole of it. */
  spoken?: true;
  /** Answers with status ≥ 400 are results, not failures. */
  neverError: boolean;
  /** Statuses that are results whatever `neverError` says (the end of a pagination). */
  acceptStatuses: number[];
  timeoutMs: number;
  redirect: { follow: boolean; max: number };
  /** Requests sent at once and the pause between such batches. `size` 0: no batches. */
  batch: { size: number; intervalMs: number };
  /** Pause before the first request (pagination interval). */
  delayMs: number;
  /** Failed requests become results instead of failing the whole effect. */
  continueOnFail: boolean;
}

/** Payload of an effect of kind `http`. `state` comes back unchanged in the reply. */
export interface HttpPayload {
  requests: HttpCall[];
  options: HttpOptions;
  state: Json;
}

export interface HttpAnswer {
  ok: true;
  itemIndex: number;
  status: number;
  statusText: string;
  /** Lower-case names; repeated ones joined with `, `, `set-cookie` a list. */
  headers: JsonObject;
  /** What was made of the body under the wanted format. */
  body: { kind: 'json'; value: Json } | { kind: 'text'; text: string } | { kind: 'file'; file: BinaryRef };
}

interface HttpRefusal {
  ok: false;
  itemIndex: number;
  error: { code: string; message: string; retryable: boolean; status?: number };
}

export type HttpResult = HttpAnswer | HttpRefusal;

/** Value of a successful reply; `results` in the order of `requests`. */
export interface HttpReplyValue {
  results: HttpResult[];
  state: Json;
  meta: { requests: number; bytesIn: number; bytesOut: number };
}
