import { auditOf } from '../../../durable-objects/stubs.ts';
import type { SearchCall } from '../../../durable-objects/audit/protocol.ts';
import { area, readActions } from '../../kit/area.ts';
import { problemsOf } from '../../kit/problem.ts';
import { newSink, refuseMore } from '../../vault/new-sink.ts';
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
    const { actor, action, target, outcome, request, only, since, until, limit, cursor } = query;
    const call: SearchCall = {
      limit,
      ...(actor === undefined ? {} : { actor }),
      ...(action === undefined ? {} : { action }),
      ...(target === undefined ? {} : { target }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(request === undefined ? {} : { requestId: request }),
      ...(only === undefined ? {} : { reads: readActions() }),
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
  sinks: async (_, { env, tenant }) => ({ sinks: await auditOf(env, tenant).sinks() }),
  addSink: async ({ body }, context) => {
    const { env, tenant } = context;
    const log = auditOf(env, tenant);
    refuseMore(await log.sinks());
    const { id, secret } = await newSink(context, body.url);
    const after = body.from === 'start' ? 0 : (await log.ends()).head.seq;
    await log.addSink({ id, url: body.url, after });
    context.touched({ target: id, after: { url: body.url } });
    return { id, url: body.url, secret };
  },
  removeSink: async ({ params }, context) => {
    if (!(await auditOf(context.env, context.tenant).removeSink(params.id))) {
      throw problem('sink-unknown', { hint: 'GET /v1/audit/sinks lists them.' });
    }
    context.touched({ before: { id: params.id } });
  },
});

export { audit as area };
