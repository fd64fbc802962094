import { auditOf } from '../../../durable-objects/stubs.ts';
import type { SearchCall } from '../../../durable-objects/audit/protocol.ts';
import { area } from '../../kit/area.ts';
import { problemsOf } from '../../kit/problem.ts';
import { contract, errors } from './contract.ts';

const problem = problemsOf(errors);

function positionIn(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) {
    throw problem('cursor-invalid', { hint: 'Give back the cursor of the page before, unchanged.' });
  }
  return Number(cursor);
}

const audit = area('audit', contract, errors).handle({
  search: async ({ query }, { env, tenant }) => {
    const { actor, action, target, outcome, request, since, until, limit, cursor } = query;
    const call: SearchCall = {
      limit,
      ...(actor === undefined ? {} : { actor }),
      ...(action === undefined ? {} : { action }),
      ...(target === undefined ? {} : { target }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(request === undefined ? {} : { requestId: request }),
      ...(since === undefined ? {} : { sinceMs: since }),
      ...(until === undefined ? {} : { untilMs: until }),
      ...(cursor === undefined ? {} : { before: positionIn(cursor) }),
    };
    const { records, next } = await auditOf(env, tenant).search(call);
    return next === undefined ? { records } : { records, cursor: String(next) };
  },
  export: async ({ query }, { env, tenant }) => {
    const log = auditOf(env, tenant);
    const [records, ends] = await Promise.all([log.page(query.after, query.limit), log.ends()]);
    return { records, ...ends };
  },
});

export { audit as area };
