import { faultsOf, itemOf } from '../../core/forms/answers.ts';
import type { RunnerRpc, Visit } from '../../durable-objects/runner/protocol.ts';
import { problemsOf } from '../kit/problem.ts';
import { valueOf } from '../kit/refusal.ts';
import { queryOf } from '../kit/validate.ts';
import type { FilePlace } from '../hooks/files.ts';
import { decidedResponse, earlyResponse, membersResponse } from './decision.ts';
import { endResponse, failedResponse, workingResponse } from './ending.ts';
import { lostOf } from './form.ts';
import { formResponse, prefill } from './forms.ts';
import { seeOther } from './layout.ts';
import { refuseForeign } from './origin.ts';
import type { Reader } from './reader.ts';
import { readSubmission } from './submission.ts';

const problem = problemsOf({
  'page-answered': { status: 409, title: 'There is nothing to answer here now' },
});

/** The query of who answered when somebody else had: their answer was not taken, and they are told. */
const LATE = 'late=1';

export interface RunVisit {
  /** Origin of the app, empty where the pages are on it too. */
  app: string;
  runner: RunnerRpc;
  run: string;
  token: string;
  query: string;
  place: FilePlace;
  reader: Reader;
}

/** A run's own address, for people: the page it asks now, how it ended, or that it is still at work. */
export async function serveRunPage(request: Request, shown: Visit, visit: RunVisit): Promise<Response> {
  const { reader, query, place } = visit;
  if (request.method === 'POST') return answer(request, shown, visit);
  switch (shown.kind) {
    case 'form': {
      const values = prefill(shown.page, { ...shown.query, ...queryOf(query) });
      return formResponse({ page: shown.page, values, faults: [], key: crypto.randomUUID(), step: shown.step }, reader);
    }
    case 'ended':
      return endResponse(shown.end, { reader, query, place });
    case 'failed':
      return failedResponse(shown.title, reader);
    case 'working':
      return workingResponse(shown, reader);
    case 'decided':
      return decidedResponse(shown, query === LATE, reader);
    case 'early':
      return earlyResponse(shown.title, reader);
    case 'members':
      return membersResponse(shown.title, `${visit.app}/runs/${visit.run}`, reader);
    case 'call':
      throw problem('page-answered');
  }
}

async function answer(request: Request, shown: Visit, visit: RunVisit): Promise<Response> {
  refuseForeign(request);
  const { runner, run, token, place, reader } = visit;
  const sent = await readSubmission(request);
  const here = new URL(request.url).pathname;
  // A page that was answered before, from the history or by a second click: the visitor is led to where the run is.
  if (shown.kind !== 'form' || (sent.step !== undefined && sent.step !== shown.step)) {
    return seeOther(shown.kind === 'decided' ? `${here}?${LATE}` : here, reader);
  }
  const { page, step } = shown;
  const faults = faultsOf(page, sent, reader.words.faults);
  if (faults.length > 0) {
    return formResponse({ page, values: sent.values, faults, key: sent.key, step, lost: lostOf(page, sent) }, reader);
  }
  const item = itemOf(page, sent, await sent.store(place), { nowMs: Date.now(), zone: 'UTC' });
  const taken = await runner.resume(run, { token, items: [item], step });
  if (!taken.ok && taken.error.status !== 409) valueOf(taken);
  return seeOther(taken.ok ? here : `${here}?${LATE}`, reader);
}
