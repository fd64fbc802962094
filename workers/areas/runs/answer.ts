import type { JsonObject } from '../../../core/data/item.ts';
import type { ControlCall, RunView } from '../../../durable-objects/runner/protocol.ts';
import { problemsOf } from '../../kit/problem.ts';
import { errors } from './contract.ts';

const problem = problemsOf(errors);

interface RunAnswer {
  approved?: boolean | undefined;
  remark?: string | undefined;
  data?: unknown;
  step?: number | undefined;
}

/** The order that tells a waiting run what somebody said; `by` is who. */
export function answerOf(view: RunView, given: RunAnswer, by: string): ControlCall {
  const waiting = view.nodes.findLast(({ status }) => status === 'waiting');
  const token = view.resumeUrls?.[0]?.url.split('/').at(-1);
  if (!waiting || token === undefined || (given.step !== undefined && given.step !== waiting.index)) {
    throw problem('run-not-waiting', {
      detail: `The run is ${view.status}${waiting ? `, at step ${waiting.index}` : ''}.`,
      hint: 'Read the run again: it may have been answered, or its time may be over.',
    });
  }
  return { kind: 'signal', token, step: waiting.index, items: [{ json: said(view, given, by) }] };
}

function said(
  { waitingFor, data: begun }: RunView,
  { approved, remark = '', data }: RunAnswer,
  by: string,
): JsonObject {
  if (waitingFor === 'approval') {
    if (approved === undefined) {
      throw problem('run-not-waiting', {
        detail: 'It waits for an approval.',
        hint: 'Send `approved`: true or false.',
      });
    }
    return { decision: approved ? 'Approve' : 'Decline', remark, by };
  }
  if (waitingFor === 'form') {
    throw problem('run-not-waiting', { detail: 'It waits for a form.', hint: 'Open the address in `resumeUrls`.' });
  }
  if (waitingFor === 'chat') {
    // in the place of who chats: as their next message
    const [first] = begun['items'] as { json?: JsonObject }[];
    return { sessionId: first?.json?.['sessionId'] ?? '', action: 'sendMessage', chatInput: remark };
  }
  const query = { ...(approved === undefined ? {} : { approved: String(approved) }), ...(remark && { remark }) };
  // SAFETY: it came as JSON.
  return { headers: {}, params: {}, query, body: (data ?? {}) as JsonObject };
}
