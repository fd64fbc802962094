import type { Item, Json } from '../../core/data/item.ts';
import { fieldReader } from '../../core/data/path.ts';
import { lastItems } from '../../core/shard/calls.ts';
import type { Run } from '../../core/engine/run.ts';
import type { HttpReply } from '../../core/node/kit.ts';
import type { HookAnswer, ResponseMode } from '../../core/nodes/webhook/route.ts';

type Headers = [string, string][];

/** Whether the first node that replies is the answer. */
export const listens = (mode: ResponseMode): boolean => mode === 'responseNode' || mode === 'streaming';

/** A header the author names takes the place of ours. */
const withType = (type: string, headers: Headers): Headers =>
  headers.some(([name]) => name.toLowerCase() === 'content-type') ? headers : [['content-type', type], ...headers];

const json = (status: number, value: Json, headers: Headers = []): HttpReply => ({
  status,
  headers: withType('application/json; charset=utf-8', headers),
  body: JSON.stringify(value),
});

const text = (status: number, body: string, headers: Headers): HttpReply => ({
  status,
  headers: withType('text/html; charset=utf-8', headers),
  body,
});

/** Answer of a webhook that replies at once. */
export function acceptedReply({ responseData, responseCode, responseHeaders, responseText }: HookAnswer): HttpReply {
  if (responseData === 'noData') return { status: responseCode, headers: responseHeaders, body: '' };
  if (responseText !== undefined) return text(responseCode, responseText, responseHeaders);
  return json(responseCode, { message: 'Workflow was started' }, responseHeaders);
}

export function problemReply(status: number, code: string, detail: string, run: string): HttpReply {
  const body = JSON.stringify({ type: 'about:blank', status, code, title: code, detail, run });
  return { status, headers: [['content-type', 'application/problem+json']], body };
}

/** Answer when the run is over, or waits without a date, before any node replied. */
export function restReply(answer: HookAnswer, run: Run): HttpReply {
  if (!run.final) {
    const { active } = run;
    if (active?.state.kind === 'wait' && active.state.signal === 'chat') {
      return json(200, { output: active.said ?? '' }, answer.responseHeaders);
    }
    return json(202, {
      message: 'Workflow is waiting',
      run: run.id,
      waitingFor: run.active?.state.kind === 'wait' ? (run.active.state.signal ?? 'time') : 'decision',
    });
  }
  if (run.final.status === 'error') {
    return problemReply(500, run.final.err?.code ?? 'run-failed', run.final.err?.message ?? 'The run failed.', run.id);
  }
  if (run.final.status !== 'success') {
    return problemReply(409, run.final.status, `The run ended as ${run.final.status}.`, run.id);
  }
  if (answer.responseMode !== 'responseNode') return lastNodeReply(answer, run);
  if (!canReply(run)) {
    const detail = 'The webhook answers with a "Respond to webhook" node, and the workflow has none.';
    return problemReply(500, 'no-response', detail, run.id);
  }
  return json(200, { message: 'The workflow ended without reaching a "Respond to webhook" node', run: run.id });
}

const canReply = ({ program }: Run): boolean =>
  program.graph.nodes.some(({ def }) => !def.disabled && program.registry.get(def.type)?.replies === true);

function lastNodeReply(answer: HookAnswer, run: Run): HttpReply {
  const items = lastItems(run);
  const { responseCode: status, responseHeaders: headers } = answer;
  if (answer.responseData === 'noData') return { status, headers, body: '' };
  if (answer.responseData === 'allEntries') {
    return json(
      status,
      items.map((item) => item.json),
      headers,
    );
  }
  const [first] = items;
  if (answer.responseData === 'firstEntryBinary') return fileReply(answer, first, run);
  return first ? firstReply(answer, first) : json(status, { message: 'No item to return was found' }, headers);
}

/** The first item, or one field of it: text as text, with the content type asked for. */
function firstReply(answer: HookAnswer, { json: item }: Item): HttpReply {
  const { responseCode: status, responseHeaders, responseProperty, responseContentType } = answer;
  const value = responseProperty === undefined ? item : (fieldReader(responseProperty)(item) ?? null);
  const headers: Headers =
    responseContentType === undefined ? responseHeaders : withType(responseContentType, responseHeaders);
  return typeof value === 'string' ? text(status, value, headers) : json(status, value, headers);
}

function fileReply(
  { responseCode: status, responseHeaders: headers, responseBinary }: HookAnswer,
  item: Item | undefined,
  run: Run,
): HttpReply {
  const files = item?.binary ?? {};
  const names = Object.keys(files);
  // Named or not, a lone file is what is meant.
  const name = responseBinary !== undefined && names.includes(responseBinary) ? responseBinary : names[0];
  const isWrong = responseBinary !== undefined && name !== responseBinary && names.length > 1;
  const file = name === undefined || isWrong ? undefined : files[name];
  if (!file) {
    const detail = `The last node gave no file${responseBinary === undefined ? '' : ` ${JSON.stringify(responseBinary)}`} to answer with; it gave: ${names.join(', ') || 'none'}.`;
    return problemReply(500, 'no-binary', detail, run.id);
  }
  const binary = file.id ?? `data:${file.mimeType};base64,${file.data ?? ''}`;
  return { status, headers, body: { binary, mimeType: file.mimeType } };
}
