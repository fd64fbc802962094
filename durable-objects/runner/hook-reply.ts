import { lastItems } from '../../core/shard/calls.ts';
import type { Run } from '../../core/engine/run.ts';
import type { HttpReply } from '../../core/node/kit.ts';
import type { HookCall } from './protocol.ts';

const JSON_HEADER: [string, string] = ['content-type', 'application/json; charset=utf-8'];
const PROBLEM_HEADER: [string, string] = ['content-type', 'application/problem+json'];

const json = (status: number, value: unknown, headers: [string, string][] = []): HttpReply => ({
  status,
  headers: [JSON_HEADER, ...headers],
  body: JSON.stringify(value),
});

/** Answer of a webhook that replies at once. */
export function acceptedReply(call: HookCall): HttpReply {
  if (call.responseData === 'noData') return { status: call.responseCode, headers: call.responseHeaders, body: '' };
  if (call.responseText !== undefined) {
    return {
      status: call.responseCode,
      headers: [['content-type', 'text/plain; charset=utf-8'], ...call.responseHeaders],
      body: call.responseText,
    };
  }
  return json(call.responseCode, { message: 'Workflow was started' }, call.responseHeaders);
}

export function problemReply(status: number, code: string, detail: string, run: string): HttpReply {
  const body = JSON.stringify({ type: 'about:blank', status, code, title: code, detail, run });
  return { status, headers: [PROBLEM_HEADER], body };
}

/** Answer when the run is over, or waits without a date, before any node replied. */
export function restReply(call: HookCall, run: Run): HttpReply {
  if (!run.final) {
    return json(202, {
      message: 'Workflow is waiting',
      run: run.id,
      waitingFor: run.active?.state.kind === 'wait' ? run.active.state.signal : 'decision',
    });
  }
  if (run.final.status === 'error') {
    return problemReply(500, run.final.err?.code ?? 'run-failed', run.final.err?.message ?? 'The run failed.', run.id);
  }
  if (run.final.status !== 'success') {
    return problemReply(409, run.final.status, `The run ended as ${run.final.status}.`, run.id);
  }
  if (call.responseMode === 'responseNode') {
    return problemReply(500, 'no-response', 'The workflow ended without reaching a "Respond to webhook" node.', run.id);
  }
  return lastNodeReply(call, run);
}

function lastNodeReply(call: HookCall, run: Run): HttpReply {
  const items = lastItems(run);
  const { responseCode: status, responseHeaders: headers } = call;
  if (call.responseData === 'noData') return { status, headers, body: '' };
  if (call.responseData === 'allEntries') {
    return json(
      status,
      items.map((item) => item.json),
      headers,
    );
  }
  const [first] = items;
  if (call.responseData === 'firstEntryBinary') {
    const file = Object.values(first?.binary ?? {})[0];
    if (!file) return problemReply(500, 'no-binary', 'The last node gave no binary data to answer with.', run.id);
    if (file.id !== undefined) return { status, headers, body: { binary: file.id, mimeType: file.mimeType } };
    return {
      status,
      headers,
      body: { binary: `data:${file.mimeType};base64,${file.data ?? ''}`, mimeType: file.mimeType },
    };
  }
  return first ? json(status, first.json, headers) : json(status, { message: 'No item to return was found' }, headers);
}
